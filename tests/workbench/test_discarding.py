from tests import strategies

from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench.discarding import discard, restore
from oncue.workbench.state import State
from oncue.workbench.store import Store


def started() -> Store:
    workspace, flow_id = edits.new_flow(Workspace(strategies.CONFIG, {}), "Welcome")
    return Store(State.start(Session.start(workspace, flow_id)))


def test_an_edited_a_new_and_a_deleted_flow_become_what_is_saved() -> None:
    store = started()
    store.edit("x", lambda workspace: edits.toggle_enabled(workspace, "welcome"), ["welcome"])
    discard(store, "welcome")
    assert not store.session.dirty
    store.edit("x", lambda workspace: edits.new_flow(workspace, "Other")[0], ["other"])
    discard(store, "other")
    assert list(store.session.workspace.flows) == ["welcome"]
    store.edit("x", lambda workspace: edits.delete_flow(workspace, "welcome"), ["welcome"])
    discard(store, "welcome")
    assert list(store.session.workspace.flows) == ["welcome"]
    store.undo()
    assert not store.session.workspace.flows


def test_an_earlier_flow_comes_back_and_is_opened() -> None:
    store = started()
    flow = store.session.workspace.flows["welcome"]
    store.edit("x", lambda workspace: edits.delete_flow(workspace, "welcome"), ["welcome"])
    restore(store, flow)
    assert store.session.flow == flow
