"""A session remembers every edit, knows what is unsaved by comparing, and is never changed."""

import copy
from collections.abc import Callable
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session

A = Flow(id="a", name="A", trigger=Trigger(event="message_created", channel="whatsapp"))
B = replaced(A, id="b", name="B")
WORKSPACE = Workspace(CONFIG, {"a": A, "b": B})
START = Session.start(WORKSPACE, "a")


def named(session: Session, name: str, flow_id: str = "a", merge: str | None = None) -> Session:
    return session.edit(f"Name {name}", edits.set_name(session.workspace, flow_id, name), [flow_id], merge=merge)


def typed(session: Session, text: str) -> Session:
    return reduce(lambda now, end: named(now, text[:end], merge="a.name"), range(1, len(text) + 1), session)


def name_of(session: Session, flow_id: str = "a") -> str:
    return session.workspace.flows[flow_id].name


@st.composite
def edited(draw: st.DrawFn, session: Session) -> Session:
    """One random change of the flows: added, replaced or removed."""
    flow_id = draw(st.sampled_from(["a", "b", "c"]))
    if flow_id in session.workspace.flows and draw(st.booleans()):
        workspace = edits.delete_flow(session.workspace, flow_id)
    else:
        workspace = edits.replace_flow(session.workspace, draw(strategies.listeners(st.just(flow_id))))
    selected = draw(st.sampled_from([None, *workspace.flows]))
    return session.edit("Edit", workspace, [flow_id], selected, merge=draw(st.sampled_from([None, None, "m"])))


def differing(session: Session) -> set[str]:
    now, saved = session.workspace.flows, session.saved.flows
    return {flow_id for flow_id in {*now, *saved} if now.get(flow_id) != saved.get(flow_id)}


@given(st.data())
def test_undoing_and_redoing_everything(data: st.DataObject) -> None:
    session = START
    for _ in range(data.draw(st.integers(0, 8))):
        session = data.draw(edited(session))
    last, steps = session, 0
    while session.undo_label is not None:
        session, steps = session.undo(), steps + 1
    assert session.workspace is START.workspace
    assert session.selected == START.selected
    assert session.undo() is session
    for _ in range(steps):
        session = session.redo()
    assert session.workspace is last.workspace
    assert session.selected == last.selected
    assert session.redo() is session


@given(st.data())
def test_dirty_is_what_differs_from_what_is_saved(data: st.DataObject) -> None:
    session = START
    for _ in range(data.draw(st.integers(1, 12))):
        match data.draw(st.sampled_from(["edit", "edit", "undo", "redo", "save", "select"])):
            case "edit":
                session = data.draw(edited(session))
            case "undo":
                session = session.undo()
            case "redo":
                session = session.redo()
            case "save":
                some = data.draw(st.sets(st.sampled_from(["a", "b", "c"])))
                session = session.mark_saved(some)
                assert not some & session.dirty
            case "select":
                session = session.select(data.draw(st.sampled_from([None, *session.workspace.flows])))
        assert session.dirty == differing(session)
        assert all(session.is_dirty(flow_id) == (flow_id in session.dirty) for flow_id in "abc")
        assert session.selected is None or session.selected in session.workspace.flows


@given(st.data())
def test_reading_the_folder_again_keeps_unsaved_edits_and_takes_everything_else(data: st.DataObject) -> None:
    session = START
    for _ in range(data.draw(st.integers(0, 4))):
        session = data.draw(edited(session))
    fresh = data.draw(strategies.workspaces(strategies.listeners(st.sampled_from("abcd"))))
    again = session.reloaded(fresh)
    assert again.saved is fresh
    for flow_id in "abcd":
        source = session.workspace if flow_id in session.dirty else fresh
        assert again.workspace.flows.get(flow_id) == source.flows.get(flow_id)
    assert again.dirty == differing(again)
    assert again.selected is None or again.selected in again.workspace.flows
    assert again.workspace.config is fresh.config
    while again.undo_label is not None:
        before, again = again, again.undo()
        assert again.workspace.flows != before.workspace.flows, "every step of undo takes something back"
        assert again.dirty == differing(again)
        assert again.workspace.config is fresh.config
    for flow_id in session.dirty:
        if session.saved.flows.get(flow_id) == START.workspace.flows.get(flow_id):
            assert again.workspace.flows.get(flow_id) == fresh.flows.get(flow_id), "what is undone follows the disk"


def test_undo_and_redo_go_on_over_what_another_program_changed() -> None:
    session = named(named(named(START, "One"), "Two"), "Three").undo()
    other = replace(WORKSPACE, flows={"a": A, "b": replaced(B, name="Theirs"), "c": replaced(A, id="c")})
    again = session.reloaded(other)
    assert (again.undo_label, again.redo_label) == ("Name Two", "Name Three")
    for moved, name in ((again.redo(), "Three"), (again.undo(), "One"), (again.undo().undo(), "A")):
        assert name_of(moved) == name
        assert name_of(moved, "b") == "Theirs"
        assert "c" in moved.workspace.flows
        assert moved.dirty == ({"a"} - ({"a"} if name == "A" else set()))
    assert again.undo().undo().undo_label is None


def test_undo_does_not_take_back_what_another_program_did() -> None:
    """Neither by an edit that was saved here and is overwritten there, nor by one of the flow that is given up."""
    session = named(START, "Saved").mark_saved(["a"])
    again = session.reloaded(replace(WORKSPACE, flows={"a": replaced(A, name="Theirs"), "b": B}))
    assert (again.undo_label, name_of(again)) == (None, "Theirs")
    session = named(named(START, "Mine"), "Other", "b")
    again = session.reloaded(replace(WORKSPACE, flows={"a": replaced(A, name="Theirs"), "b": B}), drop="a")
    assert again.undo_label == "Name Other"
    assert name_of(again) == name_of(again.undo()) == "Theirs"


def test_an_edit_that_is_undone_follows_the_disk() -> None:
    again = named(START, "Mine").reloaded(replace(WORKSPACE, flows={"a": replaced(A, name="Theirs"), "b": B}))
    assert name_of(again) == "Mine"
    assert again.dirty == {"a"}
    assert name_of(again.undo()) == "Theirs"
    assert not again.undo().dirty
    assert name_of(again.undo().redo()) == "Mine"


def test_the_edits_of_one_flow_can_be_given_up() -> None:
    session = named(named(START, "New A"), "New B", "b")
    again = session.reloaded(WORKSPACE, drop="a")
    assert (name_of(again), name_of(again, "b")) == ("A", "New B")
    assert again.dirty == {"b"}


def test_a_new_session_is_clean() -> None:
    assert START.dirty == frozenset()
    assert START.flow is A
    assert (START.undo_label, START.redo_label) == (None, None)
    assert START.undo() is START.redo() is START.settle() is START
    assert Session.start(WORKSPACE).flow is None


def test_labels() -> None:
    session = named(named(START, "1"), "2")
    assert session.undo_label == "Name 2"
    back = session.undo()
    assert (back.undo_label, back.redo_label) == ("Name 1", "Name 2")


def test_an_edit_that_changes_nothing_is_none() -> None:
    assert START.edit("Nothing", edits.set_name(WORKSPACE, "a", "A"), ["a"], selected="b") is START


def test_an_edit_taken_back_by_hand_is_clean() -> None:
    session = named(named(START, "New"), "A")
    assert session.dirty == frozenset()
    assert session.undo().dirty == {"a"}


def test_an_edit_after_undo_forgets_what_was_undone() -> None:
    session = named(named(named(START, "1"), "2").undo(), "3")
    assert session.redo_label is None
    assert name_of(session.undo()) == "1"


def test_typing_is_one_step_of_undo() -> None:
    session = typed(named(START, "Before"), "Hello")
    assert (name_of(session), name_of(session.undo()), name_of(session.undo().redo())) == ("Hello", "Before", "Hello")
    assert session.undo_label == "Name H"


def test_typing_elsewhere_is_another_step() -> None:
    session = named(typed(START, "Hello"), "Other", "b", merge="b.name")
    assert name_of(session.undo(), "b") == "B"
    assert name_of(session.undo()) == "Hello"


def test_typing_says_whether_it_can_go_on() -> None:
    session = typed(START, "Hello")
    assert START.typing is None
    assert session.typing == "a.name"
    assert session.settle().typing is session.undo().typing is session.undo().redo().typing is None
    assert named(session, "Other").typing is None


INTERRUPTIONS: dict[str, Callable[[Session], Session]] = {
    "settle": Session.settle,
    "select": lambda session: session.select("b").select("a"),
    "save": lambda session: session.mark_saved(["a"]),
    "undo": lambda session: session.undo().redo(),
}


@pytest.mark.parametrize("interrupt", INTERRUPTIONS.values(), ids=list(INTERRUPTIONS))
def test_a_run_of_typing_ends(interrupt: Callable[[Session], Session]) -> None:
    session = typed(interrupt(typed(START, "one")), "two")
    assert name_of(session.undo()) == "one"
    assert name_of(session.undo().undo()) == "A"


def test_typing_after_undo_does_not_touch_what_was_before() -> None:
    session = typed(named(typed(START, "one"), "two").undo(), "three")
    assert name_of(session.undo()) == "one"
    assert name_of(session.undo().undo()) == "A"


def test_merged_edits_take_back_every_flow_that_they_touched() -> None:
    session = named(named(START, "1", merge="m"), "2", "b", merge="m")
    assert session.undo().workspace is WORKSPACE
    assert session.undo().dirty == frozenset()


def test_selecting_is_no_edit() -> None:
    session = START.select("b")
    assert session.flow is B
    assert session.undo_label is None
    assert session.select("b") is session


def test_undo_opens_the_flow_that_was_open() -> None:
    workspace, flow_id = edits.new_flow(WORKSPACE)
    session = START.edit("New flow", workspace, [flow_id], selected=flow_id)
    assert session.selected == flow_id
    assert (session.undo().selected, session.undo().redo().selected) == ("a", flow_id)


def test_a_deleted_flow_is_not_open_any_more() -> None:
    session = START.edit("Delete", edits.delete_flow(WORKSPACE, "a"), ["a"])
    assert session.flow is None
    assert session.dirty == {"a"}
    assert session.undo().flow is A


def test_renaming_touches_two_flows() -> None:
    session = START.edit("Rename", edits.rename_flow(WORKSPACE, "a", "c"), ["a", "c"], selected="c")
    assert session.dirty == {"a", "c"}
    saved = session.mark_saved(["a", "c"])
    assert saved.dirty == frozenset()
    assert saved.undo().dirty == {"a", "c"}


def test_a_renamed_flow_is_known_by_the_id_that_it_was_loaded_under() -> None:
    once = START.edit("Rename", edits.rename_flow(WORKSPACE, "a", "c"), ["a", "c"], "c", derived=("a", "c"))
    twice = once.edit("Rename", edits.rename_flow(once.workspace, "c", "d"), ["c", "d"], "d", derived=("c", "d"))
    assert twice.identities["d"].flow == "a"
    assert twice.dirty == {"a", "d"}


def test_undo_takes_back_flows_and_nothing_else() -> None:
    session = named(START, "New")
    scenarios = {"s": Scenario(id="s", name="S")}
    edited, saved = replace(session.workspace, scenarios=scenarios), replace(session.saved, scenarios=scenarios)
    recorded = replace(session, workspace=edited, saved=saved)
    assert name_of(recorded.undo()) == "A"
    assert list(recorded.undo().workspace.scenarios) == ["s"]
    assert name_of(recorded.undo().redo()) == "New"


def test_undo_reaches_past_what_was_saved() -> None:
    session = named(named(START, "1").mark_saved(["a"]), "2")
    assert session.dirty == {"a"}
    assert session.undo().dirty == frozenset()
    assert session.undo().undo().dirty == {"a"}


def test_undo_has_no_limit() -> None:
    session = START
    for number in range(5_000):
        session = named(session, str(number))
    for deep in (session, session.undo_chain):
        assert repr(deep)
        assert deep != copy.copy(deep)
    for _ in range(5_000):
        session = session.undo()
    assert session.workspace is WORKSPACE
    for _ in range(5_000):
        session = session.redo()
    assert name_of(session) == "4999"


def test_the_open_flow_is_the_same_after_it_was_renamed() -> None:
    session = START
    renamed = session.edit(
        "Rename", edits.rename_flow(session.workspace, "a", "z"), {"a", "z"}, selected="z", derived=("a", "z")
    )
    assert renamed.open_identity == session.open_identity
    assert renamed.select("b").open_identity != session.open_identity
    assert session.select(None).open_identity is None
