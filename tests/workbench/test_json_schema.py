"""The schemas are read off the types: what a rule or a field says there is in the schema, and nothing else is."""

import dataclasses
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import oncue
from oncue.domain.conditions import When
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import STEP_KINDS, TYPE_HELP
from oncue.domain.triggers import Trigger
from oncue.domain.values import key_of, summary
from oncue.domain.workspace import CheckSettings, Instance, SimulationSettings, WorkspaceConfig
from oncue.workbench.json_schema import schema_of, schema_text

ROOTS = {"workspace": WorkspaceConfig, "flow": Flow, "scenario": Scenario, "event": Event}
VALUES = (
    Hours,
    When,
    Instance,
    SimulationSettings,
    CheckSettings,
    Trigger,
    ScenarioEvent,
    ExpectedEffects,
    Participant,
    Message,
)
BY_NAME: dict[str, Any] = {
    cls.__name__: cls for cls in (*ROOTS.values(), *VALUES, *(kind.cls for kind in STEP_KINDS.values()))
}
SLUG, FLOW_ID = "^[a-z0-9][a-z0-9_-]{0,63}$", "^[a-z0-9][a-z0-9-]{0,63}$"


def schemas() -> Iterator[tuple[type, dict[str, Any]]]:
    for name, root in ROOTS.items():
        schema = schema_of(name)
        yield root, schema
        yield from ((BY_NAME[key], part) for key, part in schema["$defs"].items())


def test_every_value_and_key_is_described_by_its_class_and_field() -> None:
    found = dict(schemas())
    assert set(found) == set(BY_NAME.values())
    for cls, schema in found.items():
        fields = {key_of(field): field for field in dataclasses.fields(cls) if field.init}
        assert schema["description"] == summary(cls)
        for key, part in schema["properties"].items():
            meaning = TYPE_HELP if "const" in part else fields[key].metadata["description"]
            assert part["description"] == meaning


@pytest.mark.parametrize(
    ("cls", "key", "pattern"),
    [
        (Instance, "id", SLUG),
        (Instance, "channel", SLUG),
        (Trigger, "channel", SLUG),
        (Trigger, "instance", SLUG),
        (ScenarioEvent, "instance", SLUG),
        (Trigger, "event", None),
        (Event, "instance", None),
    ],
)
def test_names_have_the_pattern_of_their_rule(cls: type, key: str, pattern: str | None) -> None:
    assert dict(schemas())[cls]["properties"][key].get("pattern") == pattern


def test_patterns_of_items_and_keys() -> None:
    found = dict(schemas())
    assert found[ScenarioEvent]["properties"]["expect"]["items"] == {"type": "string", "pattern": FLOW_ID}
    channels = found[WorkspaceConfig]["properties"]["channels"]
    assert (channels["propertyNames"], channels["additionalProperties"]["minLength"]) == ({"pattern": SLUG}, 1)


@pytest.mark.parametrize(
    "at", ["2026-01-01", "2026-01-01T10:00Z", "2026-01-01 10:00:00.5+01:00", "soon", "20260101", "1"]
)
def test_a_moment_has_the_pattern_of_what_is_read(at: str) -> None:
    pattern = dict(schemas())[Event]["properties"]["at"]["anyOf"][0]["pattern"]
    try:
        Event(event="message_created", at=at)  # type: ignore[arg-type]  # as it is in a recording
        read = True
    except ValueError:
        read = False
    assert bool(re.search(pattern, at)) is read


def test_a_step_of_unknown_type_is_refused_for_its_type() -> None:
    items = dict(schemas())[Flow]["properties"]["steps"]["items"]
    assert items["properties"]["type"] == {"enum": list(STEP_KINDS)}
    assert len(items["oneOf"]) == len(STEP_KINDS)


def test_a_type_may_be_listed_twice_as_in_the_files() -> None:
    assert "uniqueItems" not in json.dumps([schema for _, schema in schemas()])


@pytest.mark.parametrize(("cls", "key"), [(Trigger, "message_types"), (ScenarioEvent, "message"), (Event, "message")])
def test_what_only_messages_have(cls: type, key: str) -> None:
    schema = next(schema for each, schema in schemas() if each is cls)
    assert schema["if"] == {"properties": {"event": {"const": "message_created"}}}
    assert list(schema["else"]["properties"]) == [key]


@pytest.mark.parametrize("name", [*ROOTS, "bundle"])
def test_the_files_of_the_package_are_made_of_the_types(name: str) -> None:
    file = Path(oncue.__file__).parent / "schemas" / f"{name}.json"
    if os.environ.get("ONCUE_UPDATE"):
        file.write_text(f"{schema_text(name)}\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == schema_of(name)


def test_in_a_bundle_flows_and_scenarios_have_their_ids() -> None:
    kinds = schema_of("bundle")["$defs"]
    for kind in ("Flow", "Scenario"):
        assert kinds[kind]["required"][0] == "id"
        alone = schema_of(kind.lower())
        assert {key: part for key, part in kinds[kind]["properties"].items() if key != "id"} == alone["properties"]
