"""The schemas say of the files what the reader does."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.cli.conftest import Oncue

from oncue.cli.commands.schema import NAMES
from oncue.domain.rules import check_flow_id, check_slug
from oncue.domain.steps import STEP_TYPES
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.workbench.json_schema import DIALECT, schema_of


def objects(name: str) -> Iterator[dict[str, Any]]:
    schema = schema_of(name)
    yield schema
    yield from schema["$defs"].values()


@pytest.mark.parametrize("name", NAMES)
def test_prints_json(oncue: Oncue, name: str) -> None:
    ran = oncue("schema", name)
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == schema_of(name)
    assert json.loads(ran.out)["$schema"] == DIALECT


def test_an_unknown_name(oncue: Oncue) -> None:
    message = "oncue: NAME: 'flwo' is not a known value; did you mean 'flow'? (see oncue schema --help)\n"
    assert oncue("schema", "flwo") == (2, "", message)


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_a_title_and_a_meaning(name: str) -> None:
    for schema in objects(name):
        assert schema["title"]
        assert schema["description"]
        assert schema["additionalProperties"] is False
        assert set(schema["required"]) <= set(schema["properties"])
        for key, value in schema["properties"].items():
            assert value["title"], key
            assert value["description"], key
            assert re.search(r"``|`[a-z]", value["description"]) is None, key


def test_what_is_not_in_the_files_is_not_in_the_schemas() -> None:
    assert "id" not in schema_of("flow")["properties"]
    assert "id" not in schema_of("scenario")["properties"]
    assert "key" not in schema_of("event")["properties"]
    assert "null" not in json.dumps([schema_of(name) for name in NAMES if name != "event"])


def test_the_words_are_those_of_the_vocabulary() -> None:
    trigger = schema_of("flow")["$defs"]["Trigger"]["properties"]
    assert trigger["event"]["enum"] == list(EVENT_KINDS)
    assert trigger["participant_types"]["items"]["enum"] == list(PARTICIPANT_TYPES)
    assert trigger["message_types"]["items"]["enum"] == list(MESSAGE_TYPES)
    assert trigger["participant_types"]["minItems"] == 1
    assert "- contact: the customer\n" in trigger["participant_types"]["description"]


def test_every_step_demands_its_type() -> None:
    steps = [schema for kind, schema in schema_of("flow")["$defs"].items() if kind not in ("Trigger", "When")]
    assert len(steps) == len(STEP_TYPES)
    assert all(step["required"][0] == "type" and "const" in step["properties"]["type"] for step in steps)


@pytest.mark.parametrize("text", ["a", "a-1", "a_1", "-a", "_a", "A", "", "a" * 64, "a" * 65, "a.b", "é", "0"])
def test_patterns_are_those_of_the_reader(text: str) -> None:
    slug = schema_of("workspace")["$defs"]["Instance"]["properties"]["id"]["pattern"]
    flow_id = schema_of("scenario")["$defs"]["ScenarioEvent"]["properties"]["expect"]["items"]["pattern"]
    for pattern, check in ((slug, check_slug), (flow_id, check_flow_id)):
        assert bool(re.search(pattern, text)) is accepts(check, text)


def accepts(check: Any, text: str) -> bool:
    try:
        return bool(check(text) == text)
    except ValueError:
        return False
