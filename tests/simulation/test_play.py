"""A play is what was sent; all else is found by replaying it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.simulation.stage import ANNA, CREATED, added, flow, message, removed, workspace

from oncue.domain.events import Event
from oncue.domain.steps import AddNote, CloseConversation, RemoveParticipant
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation.play import BEGIN, Play, Refused, Replay, advance, as_scenario, replay
from oncue.simulation.turns import Turn

NOTE = workspace(flow("note", "message_created", AddNote(text="x")))
CLOSE = workspace(flow("close", "conversation_created", CloseConversation()))
THROW_OUT = workspace(flow("out", "participant_added", RemoveParticipant(participant_type="agent")))


def played(where: Workspace, *events: Event) -> Replay:
    return replay(Play("wa", events), where, compile_matcher(where))


def seen(replayed: Replay) -> object:
    """What can be seen of a replay."""
    turns = [turn if isinstance(turn, Refused) else (turn.event, turn.matched) for turn in replayed.turns]
    return turns, replayed.conversation


def test_a_minute_passes_between_two_events() -> None:
    turns = played(NOTE, CREATED, message(), message()).turns
    times = [turn.event.at for turn in turns]
    assert times[0] == BEGIN
    assert [(at - BEGIN).total_seconds() for at in times if at is not None] == [0, 60, 120]


def test_one_more_event_is_the_same_as_playing_all() -> None:
    matcher = compile_matcher(NOTE)
    state = played(NOTE, CREATED)
    assert seen(advance(state, message(), NOTE, matcher)) == seen(played(NOTE, CREATED, message()))
    assert len(state.turns) == 1, "what was is not changed"


def test_stepping_back_leaves_out_the_last_event() -> None:
    play = Play("wa").and_then(CREATED).and_then(message())
    assert play.events == (CREATED, message())
    assert play.back().events == (CREATED,)
    assert play.back().back().back().events == ()
    assert (play.seed, play.instance) == (play.back().seed, "wa")


def test_what_an_edit_made_impossible_is_refused_and_the_rest_goes_on() -> None:
    events = (CREATED, message(), message())
    assert all(isinstance(turn, Turn) for turn in played(NOTE, *events).turns)
    first, *rest = played(CLOSE, *events).turns
    assert isinstance(first, Turn)
    assert all(isinstance(turn, Refused) and "closed" in turn.reason for turn in rest)
    gone = played(THROW_OUT, CREATED, added(ANNA), removed(ANNA), message())
    assert [isinstance(turn, Refused) for turn in gone.turns] == [False, False, True, False]


def test_random_events_depend_on_the_seed_and_the_play_alone() -> None:
    def random(seed: int) -> tuple[Event, ...]:
        play, matcher = Play("wa", seed=seed), compile_matcher(NOTE)
        for _ in range(12):
            play = play.and_then(play.random(replay(play, NOTE, matcher)))
        assert not any(isinstance(turn, Refused) for turn in replay(play, NOTE, matcher).turns)
        return play.events

    assert random(1) == random(1)
    assert random(1) != random(2)


def test_a_scenario_expects_what_fired() -> None:
    play = Play("wa", (CREATED, message(), removed(ANNA)))
    scenario = as_scenario(play, replay(play, NOTE, compile_matcher(NOTE)), "s", "S")
    assert [event.expect for event in scenario.events] == [played(NOTE, CREATED).turns[0].matched, ("note",)]  # type: ignore[union-attr]
    assert {event.instance for event in scenario.events} == {"wa"}
    assert [event.event for event in scenario.events] == ["conversation_created", "message_created"]


@settings(max_examples=40, deadline=None)
@given(
    strategies.workspaces(strategies.flows()),
    st.sampled_from(strategies.INSTALLED),
    st.lists(strategies.events(), max_size=4),
)
def test_any_events_can_be_played_and_always_in_the_same_way(
    where: Workspace, instance: str, happened: list[Event]
) -> None:
    play, matcher = Play(instance, tuple(happened)), compile_matcher(where)
    whole = replay(play, where, matcher)
    assert len(whole.turns) == len(happened)
    assert seen(whole) == seen(replay(play, where, matcher))
    if happened:
        step = advance(replay(play.back(), where, matcher), happened[-1], where, matcher)
        assert seen(step) == seen(whole)


def test_triggers_of_another_instance_stay_quiet() -> None:
    other = flow("other", "conversation_created", AddNote(text="x"))
    elsewhere = type(other)(
        id="other", name="x", trigger=Trigger(event="conversation_created", channel="email", instance="mail")
    )
    where = workspace(elsewhere)
    turn = played(where, CREATED).turns[0]
    assert isinstance(turn, Turn)
    assert turn.matched == ()
