import pytest
from tests import strategies

from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench import bulk_editing
from oncue.workbench.state import State
from oncue.workbench.store import Store

ALL = ("alpha", "beta", "gamma")


@pytest.fixture
def store() -> Store:
    workspace = Workspace(strategies.CONFIG, {})
    for name in ("Alpha", "Beta", "Gamma"):
        workspace, _ = edits.new_flow(workspace, name)
    return Store(State.start(Session.start(workspace, "beta")))


def states(store: Store) -> list[bool]:
    return [flow.enabled for flow in store.state.workspace.flows.values()]


def test_many_flows_are_switched_in_one_step(store: Store) -> None:
    bulk_editing.switch(store, ["alpha"])
    bulk_editing.switch(store, ALL)
    assert states(store) == [False, False, False], "those that are on go off"
    bulk_editing.switch(store, ALL)
    assert states(store) == [True, True, True]
    assert store.undo() == "Switch 3 flows on"
    assert store.undo() == "Switch 3 flows off"
    assert states(store) == [False, True, True]


def test_tags_are_added_and_taken_away(store: Store) -> None:
    bulk_editing.tag(store, ALL, ["vip", "new"])
    bulk_editing.tag(store, ("alpha", "gone"), ["-vip", "new"])
    flows = store.state.workspace.flows
    assert [flows[each].tags for each in ALL] == [("new",), ("vip", "new"), ("vip", "new")]
    assert store.undo() == "Tag 1 flow"
    before = store.session
    bulk_editing.tag(store, ALL, ["vip"])
    assert store.session is before, "nothing to undo where nothing changed"


def test_what_follows_is_open_after_many_were_deleted(store: Store) -> None:
    bulk_editing.delete(store, ["alpha", "beta"])
    assert (list(store.state.workspace.flows), store.session.selected) == (["gamma"], "gamma")
    assert store.undo() == "Delete 2 flows"
    assert (tuple(store.state.workspace.flows), store.session.selected) == (ALL, "beta")
    bulk_editing.delete(store, ALL)
    assert store.session.selected is None


def test_copies_stay_where_their_flows_are(store: Store) -> None:
    assert bulk_editing.duplicate(store, ["alpha", "beta"], {"alpha-copy"}) == ["alpha-copy-2", "beta-copy"]
    assert store.undo() == "Duplicate 2 flows"
    assert tuple(store.state.workspace.flows) == ALL
    assert bulk_editing.duplicate(store, ["gone"]) == []


def test_copies_go_to_another_place_and_are_off(store: Store) -> None:
    made = bulk_editing.duplicate_to(store, ["alpha", "gamma"], "whatsapp", "wa-2")
    assert made == ["alpha-copy", "gamma-copy"]
    flows = store.state.workspace.flows
    assert {flows[each].trigger.instance for each in made} == {"wa-2"}
    assert not any(flows[each].enabled for each in made)
    assert store.session.selected == "alpha-copy"
    store.undo()
    assert tuple(store.state.workspace.flows) == ALL
    (every,) = bulk_editing.duplicate_to(store, ["alpha"], "whatsapp", None)
    assert store.state.workspace.flows[every].trigger.instance is None
