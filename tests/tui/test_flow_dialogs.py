"""Renaming and deleting a flow: what is asked, and what is said afterwards."""

import pytest
from tests import strategies
from tests.tui.fakes import FakeUser

from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.tui.flow_dialogs import delete_flow, rename_flow
from oncue.workbench.flow_editing import FlowEditing
from oncue.workbench.state import State
from oncue.workbench.store import Store


@pytest.fixture
def store() -> Store:
    workspace, flow_id = edits.new_flow(Workspace(strategies.CONFIG, {}), "Alpha")
    event = ScenarioEvent(event="conversation_created", instance="wa-1", expect=("alpha",))
    scenarios = {each: Scenario(id=each, name=each, events=(event,)) for each in ("one", "two")}
    return Store(State.start(Session.start(Workspace(workspace.config, workspace.flows, scenarios), flow_id)))


@pytest.fixture
def editing(store: Store) -> FlowEditing:
    return FlowEditing(store, frozenset)


EXPECTED = "scenarios/one.toml, scenarios/two.toml still expect alpha; change it there, too."


async def test_a_flow_is_renamed(store: Store, editing: FlowEditing) -> None:
    user = FakeUser("omega")
    await rename_flow(editing, user)
    assert user.asked == ["Rename flows/alpha.toml"]
    assert set(store.state.workspace.flows) == {"omega"}
    assert user.said == ["Renamed in scenarios/one.toml, scenarios/two.toml, too; saving writes it all."]
    assert store.state.workspace.scenarios_expecting("omega") == ["one", "two"]


async def test_a_flow_is_deleted(store: Store, editing: FlowEditing) -> None:
    user = FakeUser("delete")
    await delete_flow(editing, user)
    assert user.asked == ["Delete a flow\nDelete Alpha (flows/alpha.toml)?"]
    assert not store.state.workspace.flows
    assert user.said == [EXPECTED]


async def test_who_thinks_better_of_it_changes_nothing(store: Store, editing: FlowEditing) -> None:
    before, user = store.state, FakeUser(None, "alpha", "keep")
    await rename_flow(editing, user)
    await rename_flow(editing, user)
    await delete_flow(editing, user)
    assert store.state is before
    assert user.said == []


async def test_without_an_open_flow_nothing_is_asked(store: Store, editing: FlowEditing) -> None:
    store.resume(store.session.select(None))
    user = FakeUser()
    await rename_flow(editing, user)
    await delete_flow(editing, user)
    assert user.asked == []


async def test_a_flow_whose_file_goes_while_the_user_is_asked(store: Store, editing: FlowEditing) -> None:
    gone = store.session.saved.without_flow("alpha")
    user = FakeUser("omega")
    user.before_answering = lambda: store.reload(gone)
    await rename_flow(editing, user)
    assert user.said == ["there is no flow 'alpha' any more"]
