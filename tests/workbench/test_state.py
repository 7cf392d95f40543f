"""The state that follows an edit is the state that a start from scratch would give."""

from collections.abc import Callable
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.builders import as_text

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import EditError
from oncue.matching.matcher import compile_matcher
from oncue.simulation.timeline import Replay, Timeline, replay
from oncue.workbench.state import State

Edit = Callable[[Session], Session]


def _edited(change: Callable[[Workspace, str], Workspace], session: Session) -> Session:
    if session.selected not in session.workspace.flows or session.selected is None:
        return session
    try:
        workspace = change(session.workspace, session.selected)
    except EditError:
        return session
    return session.edit("Edit", workspace, {session.selected})


def _new(session: Session) -> Session:
    workspace, flow_id = edits.new_flow(session.workspace)
    return session.edit("New", workspace, {flow_id}, flow_id)


def _renamed(new_id: str, session: Session) -> Session:
    old = session.selected
    if old is None or old not in session.workspace.flows:
        return session
    try:
        workspace = edits.rename_flow(session.workspace, old, new_id)
    except EditError:
        return session
    return session.edit("Rename", workspace, {old, new_id}, new_id)


def _selected(flow_id: str, session: Session) -> Session:
    return session.select(flow_id if flow_id in session.workspace.flows else None)


def _reloaded(flow_id: str, session: Session) -> Session:
    saved = session.saved.without_flow(flow_id) if flow_id in session.saved.flows else session.saved
    return session.reloaded(saved)


changes: st.SearchStrategy[Edit] = st.one_of(
    st.sampled_from([_new, Session.undo, Session.redo, Session.settle]),
    st.builds(partial, st.just(_renamed), strategies.flow_ids),
    st.builds(partial, st.just(_selected), strategies.flow_ids),
    st.builds(partial, st.just(_reloaded), strategies.flow_ids),
    st.builds(
        lambda change: partial(_edited, change),
        st.one_of(
            st.sampled_from([edits.toggle_enabled, edits.delete_flow]),
            st.builds(lambda kind: partial(edits.set_event, event=kind), strategies.event_kinds),
            st.builds(lambda types: partial(edits.set_participant_types, types=types), strategies.some_participants),
            st.builds(
                lambda instance: partial(edits.set_instance, instance=instance),
                st.none() | st.sampled_from([*strategies.INSTALLED, "gone"]),
            ),
        ),
    ),
)


def seen(replayed: Replay, workspace: Workspace) -> object:
    """What can be seen of a replay."""
    told = [(each.number, each.refusal, as_text(each.traces, workspace)) for each in replayed.results]
    return told, replayed.conversation


def same(one: State, other: State) -> None:
    """All that can be seen of them is the same."""
    assert one.session is other.session
    assert one.flow_problems == other.flow_problems
    assert one.problems == other.problems
    for key in [key for flow in one.workspace.flows.values() for key in _keys(flow.trigger)]:
        matchers = (one.analysis.edited.matcher, other.analysis.edited.matcher)
        assert matchers[0].match_key(key) == matchers[1].match_key(key)


def _keys(trigger: object) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    event, channel, instance = (getattr(trigger, name) for name in ("event", "channel", "instance"))
    return [
        (event, channel, where, who, what)
        for where in (instance, "wa-1", None)
        for who in ("contact", "agent", None)
        for what in ("text", None)
    ]


@settings(max_examples=60, deadline=None)
@given(
    strategies.workspaces(strategies.flows(), 6),
    st.lists(changes, max_size=12),
    st.lists(strategies.events(), max_size=3),
)
def test_after_an_edit_it_is_as_if_it_was_started_anew(
    workspace: Workspace, made: list[Edit], happened: list[Event]
) -> None:
    timeline = Timeline("wa-1")
    for event in happened:
        timeline = timeline.append(event)
    state = State.start(Session.start(workspace, min(workspace.flows, default=None)), (timeline,))
    for edit in made:
        state = state.after(edit(state.session))
        restart = State.start(state.session, state.timelines, state.at)
        same(state, restart)
        assert state.timeline is not None
        assert state.replay is not None
        expected = seen(replay(state.timeline, state.workspace, compile_matcher(state.workspace)), state.workspace)
        assert seen(state.replay, state.workspace) == expected
        assert (state.before is not None) == bool(state.session.dirty)
        if state.before is not None and state.saved is not None:
            saved = state.session.saved
            assert state.saved.workspace is saved
            assert seen(state.before, saved) == seen(replay(state.timeline, saved, compile_matcher(saved)), saved)


def test_the_conversation_goes_on_where_its_instance_is_still_there() -> None:
    config = strategies.CONFIG
    session = Session.start(Workspace(config, {}))
    state = State.start(session, (Timeline("mail"),))
    without = WorkspaceConfig(name="T", instances=tuple(each for each in config.instances if each.id != "mail"))
    after = state.after(session.reloaded(Workspace(without, {})))
    assert after.timeline is not None
    assert after.timeline.instance == "wa-1"
    nothing = state.after(session.reloaded(Workspace(WorkspaceConfig(name="T"), {})))
    assert (nothing.timeline, nothing.replay) == (None, None)


def test_a_simulator_in_which_nothing_happened_goes_where_the_open_flow_listens() -> None:
    flows = {
        each: Flow(
            id=each, name=each, trigger=Trigger(event="conversation_created", channel=channel, instance=instance)
        )
        for each, channel, instance in (("a", "whatsapp", "wa-1"), ("b", "email", "mail"))
    }
    state = State.start(Session.start(Workspace(strategies.CONFIG, flows), "a"))
    at_b = state.after(state.session.select("b"))
    assert [timeline.instance for timeline in at_b.timelines] == ["mail"]
    used = state.simulating(lambda simulator: simulator.sent(Event(event="conversation_created")))
    assert [timeline.instance for timeline in used.after(used.session.select("b")).timelines] == ["wa-1"]


def test_opening_another_flow_plays_nothing_again() -> None:
    flows = {
        each: Flow(id=each, name=each, trigger=Trigger(event="conversation_created", channel="whatsapp"))
        for each in ("a", "b")
    }
    state = State.start(Session.start(Workspace(strategies.CONFIG, flows), "a"), (Timeline("wa-2"),))
    state = state.simulating(lambda simulator: simulator.sent(Event(event="conversation_created")))
    assert state.after(state.session.select("b")).replay is state.replay


def test_what_changes_nothing_is_the_same_state() -> None:
    state = State.start(Session.start(Workspace(strategies.CONFIG, {})))
    assert state.after(state.session) is state
    assert state.simulating(lambda simulator: simulator) is state
