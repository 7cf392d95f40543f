"""A bundle comes back as it was, and one with something wrong in it says what."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests import strategies
from tests.analysis.states import CONFIG, thorough
from tests.builders import scenario
from tests.exporters.space import exported, flow, workspace_of

from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.errors import ExportError, UnreadableError
from oncue.exporters.reading.registry import read

EMPTY = WorkspaceConfig(name="Empty")


@pytest.mark.parametrize("target", ["json", "toml"])
def test_what_was_exported_comes_back(target: str) -> None:
    @thorough
    @given(strategies.workspaces(strategies.flows(), max_size=3))
    def check(workspace: Workspace) -> None:
        whole = Workspace.of(CONFIG, workspace.flows, [scenario()])
        (text,) = exported(target, whole).files.values()
        found = read(target, text.encode(), EMPTY)
        assert {each.id: each for each in found.flows} == workspace.flows
        assert (found.config, found.scenarios, found.not_understood) == (CONFIG, (scenario(),), ())

    check()


def bundle(**changes: Any) -> bytes:
    (text,) = exported("json", workspace_of([flow("a")])).files.values()
    return json.dumps(json.loads(text) | changes).encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "not JSON"),
        (b"[]", "expected an object"),
        (bundle(format="x"), "no bundle of oncue"),
        (bundle(version=2), "version 2; this oncue reads 1"),
        (bundle(flows=3), "lists, or tables by id"),
        (bundle(flows=[3]), "expected an object"),
        (bundle(workspace=[]), "workspace: expected an object"),
    ],
)
def test_what_is_no_bundle(data: bytes, why: str) -> None:
    with pytest.raises(ExportError, match=why):
        read("json", data, EMPTY)


def test_a_flow_that_is_wrong_is_listed_and_the_others_are_read() -> None:
    flows = [*json.loads(bundle())["flows"], {"id": "b", "name": "B", "trigger": {"event": "gone", "channel": "x"}}]
    found = read("json", bundle(flows=flows), EMPTY)
    assert [each.id for each in found.flows] == ["a"]
    assert "flow b" in str(found.not_understood[0])


@pytest.mark.parametrize("hours", [[{"id": "x"}], [3], [{"id": "x", "closed_on": ["soon"]}], "x"])
def test_a_config_that_is_wrong_is_refused(hours: Any) -> None:
    with pytest.raises(UnreadableError):
        read("json", bundle(workspace={"name": "x", "hours": hours}), EMPTY)
