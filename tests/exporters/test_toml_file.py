"""One file with everything, which the TOML reader of oncue reads back."""

import tomllib

import pytest
from hypothesis import given
from tests import strategies
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import HOSTILE, exported, flow, hostile, workspace_of

from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.storage.codec import flow_from
from oncue.storage.toml.read import read_toml


@thorough
@given(strategies.workspaces(strategies.flows(), max_size=3))
def test_every_flow_is_in_it_whole(workspace: Workspace) -> None:
    (text,) = exported("toml", workspace).files.values()
    for tables in (tomllib.loads(text), read_toml(text.encode(), "x.toml").values):
        read = {name: flow_from({"id": name, **values}, "x.toml") for name, values in tables["flows"].items()}
        assert read == workspace.flows


def test_hours_and_their_dates_are_in_it() -> None:
    (text,) = exported("toml", workspace_of([flow("a")], CONFIG)).files.values()
    assert WorkspaceConfig(**read_toml(text.encode(), "x.toml").values["workspace"]) == CONFIG


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_were(name: str) -> None:
    (text,) = exported("toml", hostile(name)).files.values()
    assert all(each["description"] == name for each in tomllib.loads(text)["flows"].values())
