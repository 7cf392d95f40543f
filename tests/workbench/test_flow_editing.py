"""Whole flows: made, copied, switched, renamed and deleted, and ids that follow names."""

from functools import partial

import pytest
from tests import strategies

from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import EditError
from oncue.workbench.flow_editing import FlowEditing
from oncue.workbench.state import State
from oncue.workbench.store import Store

RESERVED = frozenset({"broken"})


@pytest.fixture
def store() -> Store:
    workspace = Workspace(strategies.CONFIG, {})
    for name in ("Alpha", "Beta", "Gamma"):
        workspace, _ = edits.new_flow(workspace, name)
    event = ScenarioEvent(event="conversation_created", instance="wa-1", expect=("beta",))
    workspace = Workspace(workspace.config, workspace.flows, {"s": Scenario(id="s", name="S", events=(event,))})
    return Store(State.start(Session.start(workspace, "beta")))


@pytest.fixture
def editing(store: Store) -> FlowEditing:
    return FlowEditing(store, lambda: RESERVED)


def call(store: Store, flow_id: str, name: str) -> None:
    """Type a name."""
    change = partial(edits.set_name, flow_id=flow_id, name=name)
    store.edit("Change the name", change, {flow_id}, merge="flow-name")


def saved(store: Store) -> None:
    store.resume(store.session.mark_saved(store.session.dirty))


def test_a_new_flow_is_open_and_its_id_follows_its_name(store: Store, editing: FlowEditing) -> None:
    assert editing.new() == "new-flow"
    assert store.session.selected == "new-flow"
    for name, flow_id in (("Alpha", "alpha-2"), ("Broken", "broken-2"), ("日本", "broken-2"), ("Delta", "delta")):
        call(store, str(store.session.selected), name)
        editing.follow_names()
        assert store.session.selected == flow_id, name
    store.undo()
    flow = store.state.flow
    assert flow is not None
    assert (flow.id, flow.name) == ("new-flow", "New flow"), "names and ids are one step"


def test_a_saved_flow_keeps_its_id(store: Store, editing: FlowEditing) -> None:
    editing.new()
    saved(store)
    call(store, "new-flow", "Delta")
    editing.follow_names()
    assert "new-flow" in store.state.workspace.flows


def test_the_id_of_a_flow_that_is_not_open_follows_too(store: Store, editing: FlowEditing) -> None:
    editing.new()
    call(store, "new-flow", "Delta")
    store.open("alpha")
    editing.follow_names()
    assert "delta" in store.state.workspace.flows
    assert store.session.selected == "alpha"


def test_an_id_that_was_chosen_follows_no_name(store: Store, editing: FlowEditing) -> None:
    editing.rename(editing.new(), "mine")
    call(store, "mine", "Delta")
    editing.follow_names()
    assert store.session.selected == "mine"


def test_a_copy_is_off_and_open(store: Store, editing: FlowEditing) -> None:
    assert editing.duplicate() == "beta-copy"
    flow = store.state.flow
    assert flow is not None
    assert (flow.id, flow.enabled) == ("beta-copy", False)
    editing.follow_names()
    assert store.session.selected == "beta-copy", "until its name is changed"


def test_without_an_open_flow_nothing_is_copied_or_switched(store: Store, editing: FlowEditing) -> None:
    store.resume(store.session.select(None))
    assert editing.duplicate() is None
    editing.toggle_enabled()
    assert not store.session.dirty


def test_switching_says_which_way(store: Store, editing: FlowEditing) -> None:
    editing.toggle_enabled()
    assert store.session.undo_label == "Switch a flow off"
    editing.toggle_enabled()
    assert store.session.undo_label == "Switch a flow on"


def test_renaming_is_refused_with_a_reason(store: Store, editing: FlowEditing) -> None:
    assert editing.problem_with("beta", "beta-2") is None
    assert "already" in (editing.problem_with("beta", "alpha") or "")
    assert "already" in (editing.problem_with("beta", "broken") or "")
    assert "cannot be a flow id" in (editing.problem_with("beta", "../x") or "")
    with pytest.raises(EditError, match="already"):
        editing.rename("beta", "alpha")
    before = store.state
    editing.rename("beta", "beta")
    assert store.state is before


def test_renaming_says_where_a_flow_came_from(store: Store, editing: FlowEditing) -> None:
    editing.rename("beta", "beta-2")
    assert store.session.identities["beta-2"].flow == "beta"
    assert store.session.selected == "beta-2"


@pytest.mark.parametrize(("gone", "opened"), [("alpha", "beta"), ("beta", "gamma"), ("gamma", "beta")])
def test_after_a_flow_is_deleted_its_neighbour_is_open(
    store: Store, editing: FlowEditing, gone: str, opened: str
) -> None:
    store.open(gone)
    editing.delete(gone)
    assert gone not in store.state.workspace.flows
    assert store.session.selected == opened


def test_a_flow_whose_file_went_while_the_user_was_asked(store: Store, editing: FlowEditing) -> None:
    store.reload(store.session.saved.without_flow("beta"))
    before = store.state
    editing.delete("beta")
    assert store.state is before
    assert editing.problem_with("beta", "beta-2") == "there is no flow 'beta' any more"
    with pytest.raises(EditError, match="any more"):
        editing.rename("beta", "beta-2")


def test_who_expects_a_flow(editing: FlowEditing) -> None:
    assert editing.expecting("beta") == ["s"]
    assert editing.expecting("alpha") == []


def test_where_nothing_is_installed_no_flow_can_be_made() -> None:
    store = Store(State.start(Session.start(Workspace(WorkspaceConfig(name="T"), {}))))
    with pytest.raises(EditError, match="no channel is installed"):
        FlowEditing(store, frozenset).new()
