"""The store: what each change does, who is told, and in which order."""

from functools import partial

import pytest
from tests import strategies

from oncue.domain.events import Event
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import EditError, ImpossibleEvent
from oncue.workbench.state import State
from oncue.workbench.store import Store

CREATED = Event(event="conversation_created")


@pytest.fixture
def store() -> Store:
    workspace, flow_id = edits.new_flow(Workspace(strategies.CONFIG, {}))
    workspace, _ = edits.new_flow(workspace)
    return Store(State.start(Session.start(workspace, flow_id)))


class Listener:
    """Keeps what it is told."""

    def __init__(self, store: Store) -> None:
        self.calls: list[tuple[State, State]] = []
        self.leave = store.subscribe(lambda before, after: self.calls.append((before, after)))


def rename(store: Store, name: str, merge: str | None = None) -> None:
    change = partial(edits.set_name, flow_id="new-flow", name=name)
    store.edit("Change the name", change, {"new-flow"}, merge=merge)


def name_in(state: State) -> str:
    return state.workspace.flows["new-flow"].name


def test_an_edit_is_told_once_with_the_state_before_and_after_it(store: Store) -> None:
    before, listener, other = store.state, Listener(store), Listener(store)
    rename(store, "Hello")
    assert listener.calls == other.calls == [(before, store.state)]
    assert (name_in(before), name_in(store.state)) == ("New flow", "Hello")
    assert store.session.dirty == {"new-flow"}


def test_undo_and_redo_give_back_what_was_and_say_what_it_was(store: Store) -> None:
    assert (store.undo(), store.redo()) == (None, None)
    rename(store, "Hello")
    listener = Listener(store)
    assert store.undo() == "Change the name"
    assert name_in(store.state) == "New flow"
    assert not store.session.dirty
    assert store.redo() == "Change the name"
    assert name_in(store.state) == "Hello"
    assert len(listener.calls) == 2


def test_typing_is_one_step_until_it_is_settled(store: Store) -> None:
    for name in ("H", "He"):
        rename(store, name, merge="name")
    store.settle()
    rename(store, "Hel", merge="name")
    store.undo()
    assert name_in(store.state) == "He"
    store.undo()
    assert name_in(store.state) == "New flow"


def test_opening_another_flow_ends_a_run_of_typing(store: Store) -> None:
    rename(store, "H", merge="name")
    store.open("new-flow-2")
    assert store.session.selected == "new-flow-2"
    store.open("new-flow")
    rename(store, "He", merge="name")
    store.undo()
    assert name_in(store.state) == "H"


def test_what_changes_nothing_is_not_told(store: Store) -> None:
    listener = Listener(store)
    store.undo()
    store.redo()
    store.settle()
    store.open("new-flow")
    rename(store, "New flow")
    store.simulate(lambda simulator: simulator)
    store.resume(store.session)
    assert listener.calls == []


def test_what_cannot_be_done_is_raised_and_changes_nothing(store: Store) -> None:
    before, listener = store.state, Listener(store)
    with pytest.raises(EditError, match="needs a name"):
        rename(store, "")
    with pytest.raises(ImpossibleEvent, match="has not started"):
        store.simulate(lambda simulator: simulator.sent(Event(event="message_created")))
    assert store.state is before
    assert listener.calls == []


def test_the_simulator_changes_without_the_session(store: Store) -> None:
    listener = Listener(store)
    store.simulate(lambda simulator: simulator.sent(CREATED))
    ((before, after),) = listener.calls
    assert before.session is after.session
    assert [len(state.results) for state in (before, after)] == [0, 1]


def test_who_left_is_not_called_any_more(store: Store) -> None:
    listener = Listener(store)
    listener.leave()
    listener.leave()
    rename(store, "Hello")
    assert listener.calls == []


def test_a_subscriber_may_leave_or_dismiss_others_while_it_is_called(store: Store) -> None:
    seen: list[str] = []

    def once(_before: State, _after: State) -> None:
        seen.append("once")
        leave()
        last.leave()

    leave = store.subscribe(once)
    stays, last = Listener(store), Listener(store)
    rename(store, "Hello")
    rename(store, "Again")
    assert seen == ["once"]
    assert [name_in(after) for _, after in stays.calls] == ["Hello", "Again"]
    assert last.calls == [], "it was dismissed before its turn came"


def test_a_change_by_a_subscriber_comes_after_the_one_before_it(store: Store) -> None:
    def correct(_before: State, after: State) -> None:
        if name_in(after) == "Hello":
            rename(store, "Hello!")
            assert name_in(store.state) == "Hello!", "it holds at once"

    store.subscribe(correct)
    listener = Listener(store)
    rename(store, "Hello")
    assert [(name_in(before), name_in(after)) for before, after in listener.calls] == [
        ("New flow", "Hello"),
        ("Hello", "Hello!"),
    ]


def test_a_subscriber_that_fails_does_not_stop_the_next_change(store: Store) -> None:
    def fail(_before: State, _after: State) -> None:
        leave()
        raise ZeroDivisionError

    leave = store.subscribe(fail)
    listener = Listener(store)
    with pytest.raises(ZeroDivisionError):
        rename(store, "Hello")
    rename(store, "Again")
    assert [name_in(after) for _, after in listener.calls] == ["Again"]


def test_what_was_saved_is_adopted_and_later_edits_stay_unsaved(store: Store) -> None:
    rename(store, "Saved")
    saved = store.session.mark_saved(["new-flow"])
    rename(store, "Later")
    store.adopt(saved)
    assert store.session.dirty == {"new-flow"}
    store.undo()
    assert not store.session.dirty


def test_a_new_scenario_is_there_and_nothing_is_unsaved(store: Store) -> None:
    rename(store, "Unsaved")
    saved = Workspace(strategies.CONFIG, {}, {"s": Scenario(id="s", name="S", events=())})
    store.adopt_scenarios(saved)
    assert set(store.state.scenarios) == {"s"}
    assert store.session.dirty == {"new-flow"}
    store.undo()
    assert not store.session.dirty
    assert set(store.state.scenarios) == {"s"}, "undo takes no file away"


def test_reloading_keeps_unsaved_edits_but_for_those_that_are_given_up(store: Store) -> None:
    fresh = edits.set_name(store.session.saved, "new-flow-2", "Theirs")
    rename(store, "Mine")
    store.reload(fresh)
    assert name_in(store.state) == "Mine"
    assert store.state.workspace.flows["new-flow-2"].name == "Theirs"
    store.reload(fresh, drop="new-flow")
    assert name_in(store.state) == "New flow"


def test_who_waits_until_all_are_told_is_called_once(store: Store) -> None:
    listener = Listener(store)
    told: list[tuple[str, int]] = []
    store.when_told(lambda: told.append((name_in(store.state), len(listener.calls))))

    def correct(_before: State, after: State) -> None:
        if name_in(after) == "wrong":
            rename(store, "right")

    store.subscribe(correct)
    rename(store, "wrong")
    assert told == [("right", 2)], "both changes are made, and everybody has heard of them"
    store.settle()
    assert len(told) == 1, "nothing changed"
