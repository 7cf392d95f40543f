"""The bundle is what its schema says, and holds everything."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests import strategies
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, exported, flow, hostile, workspace_of

from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.errors import ExportError
from oncue.exporters.registry import run
from oncue.storage.codec import flow_from
from oncue.workbench.json_schema import schema_of


def bundle_of(workspace: Workspace) -> dict[str, Any]:
    (text,) = exported("json", workspace).files.values()
    assert text.isascii()
    found: dict[str, Any] = json.loads(text)
    return found


@thorough
@given(strategies.workspaces(strategies.flows(), max_size=3))
def test_every_flow_is_in_it_whole(workspace: Workspace) -> None:
    found = bundle_of(workspace)
    read = {each["id"]: flow_from(each, "oncue.json") for each in found["flows"]}
    assert read == workspace.flows
    assert list(read) == sorted(workspace.flows)


@thorough
@given(strategies.workspaces(strategies.flows(), max_size=3))
def test_it_is_valid_by_its_schema(workspace: Workspace) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema_of("bundle"))
    # An empty list of types is a problem of the flow, which its schema refuses, too.
    kept = [each for each in workspace.flows.values() if not _has_empty_list(each)]
    assert list(validator.iter_errors(bundle_of(workspace_of(kept, workspace.config)))) == []


def _has_empty_list(each: Any) -> bool:
    steps = [step.participant_types for step in each.steps if hasattr(step, "participant_types")]
    return frozenset() in (each.trigger.participant_types, each.trigger.message_types, *steps)


def test_the_schema_refuses_what_is_not_a_bundle() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema_of("bundle"))
    found = bundle_of(workspace_of([flow("a")]))
    assert validator.is_valid(found)
    for change in ({"version": 2}, {"format": "x"}, {"more": 1}, {"flows": [{"name": "no id"}]}):
        assert not validator.is_valid(found | change)


def test_a_choice_of_flows_is_without_scenarios() -> None:
    from tests.builders import scenario

    workspace = Workspace.of(workspace_of([]).config, [flow("a")], [scenario()])
    assert len(json.loads(run("json", workspace).files["oncue.json"])["scenarios"]) == 1
    assert json.loads(run("json", workspace, is_whole=False).files["oncue.json"])["scenarios"] == []


def test_what_json_cannot_say_is_refused() -> None:
    from oncue.domain.steps import UpdateContact

    each = replaced(flow("a"), steps=(UpdateContact(attributes={"x": float("inf")}),))
    with pytest.raises(ExportError, match="inf or nan"):
        exported("json", workspace_of([each]))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_were(name: str) -> None:
    assert all(each["description"] == name for each in bundle_of(hostile(name))["flows"])
