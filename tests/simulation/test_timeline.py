"""A timeline holds the events that were sent; what came of them is found by replaying it."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.builders import ANNA, CREATED, added, as_text, flow, message, removed, run, workspace

from oncue.domain.events import Event
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, CloseConversation, RemoveParticipant, SendMessage, Wait
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation.clock import BEGIN
from oncue.simulation.runner import run_scenario
from oncue.simulation.timeline import Played, Replay, Timeline, advance, as_scenario, replay

NOTE = workspace(flow("note", "message_created", AddNote(text="x")))
CLOSE = workspace(flow("close", "conversation_created", CloseConversation()))
THROW_OUT = workspace(flow("out", "participant_added", RemoveParticipant(participant_type="agent")))


def sent(*events: Event, instance: str = "wa") -> Timeline:
    timeline = Timeline(instance)
    for event in events:
        timeline = timeline.append(event)
    return timeline


def events_of(steps: Iterable[Played]) -> list[ScenarioEvent]:
    return [each for each in steps if isinstance(each, ScenarioEvent)]


def replayed(where: Workspace, *events: Event) -> Replay:
    return replay(sent(*events), where, compile_matcher(where))


def refused(state: Replay) -> list[bool]:
    return [each.refusal is not None for each in state.results]


def seen(state: Replay, where: Workspace) -> object:
    """What can be seen of a replay."""
    results = [(each.number, each.refusal, as_text(each.traces, where)) for each in state.results]
    return results, state.conversation


def test_a_minute_passes_between_two_events() -> None:
    times = [trace.event.at for each in replayed(NOTE, CREATED, message(), message()).results for trace in each.traces]
    assert times[0] == BEGIN
    assert [(at - BEGIN).total_seconds() for at in times if at is not None] == [0, 60, 120]


def test_advancing_by_one_event_is_the_same_as_replaying_all() -> None:
    state = replayed(NOTE, CREATED)
    assert seen(advance(state, sent(CREATED, message())), NOTE) == seen(replayed(NOTE, CREATED, message()), NOTE)
    assert len(state.results) == 1, "what was is not changed"
    assert state.conversation.messages == 0


def test_stepping_back_moves_the_last_event_ahead_and_stepping_forward_sends_it_again() -> None:
    timeline = sent(CREATED, message(), added(ANNA))
    earlier = timeline.back().back()
    assert [event.event for event in events_of(earlier.events)] == ["conversation_created"]
    assert [event.event for event in events_of(earlier.ahead)] == ["message_created", "participant_added"]
    assert earlier.forward().forward() == timeline
    assert earlier.forward(100) == timeline
    assert earlier.back().back().back().events == ()
    assert timeline.forward() == timeline, "there is nothing ahead"


def test_sending_drops_what_was_stepped_back_over_but_nothing_of_a_scenario() -> None:
    timeline = sent(CREATED, message()).back()
    assert timeline.append(added(ANNA)).ahead == ()
    scenario = Timeline.of(
        Scenario(id="s", name="S", events=tuple(events_of((*timeline.events, *timeline.ahead)))), "wa"
    )
    assert [event.event for event in events_of(scenario.forward().append(added(ANNA)).forward().events)] == [
        "conversation_created",
        "participant_added",
        "message_created",
    ]
    assert scenario.forward(2).restart() == scenario
    assert sent(CREATED).restart() == Timeline("wa", seed=2)


def test_an_event_that_an_edit_made_impossible_is_refused_and_the_rest_goes_on() -> None:
    events = (CREATED, message(), message())
    assert refused(replayed(NOTE, *events)) == [False, False, False]
    closed = replayed(CLOSE, *events)
    assert refused(closed) == [False, False, False], "a contact opens it again"
    assert refused(replayed(CLOSE, CREATED, message(ANNA), message())) == [False, True, False]
    assert refused(replayed(THROW_OUT, CREATED, added(ANNA), removed(ANNA), message())) == [False, False, True, False]


def test_after_a_close_another_conversation_can_be_created() -> None:
    again = replayed(CLOSE, CREATED, CREATED)
    assert [each.conversation for each in again.results] == ["c-1", "c-2"]
    assert again.conversation.id == "c-2"


def test_random_events_depend_on_the_seed_and_the_timeline_alone() -> None:
    def random(seed: int) -> object:
        timeline, matcher = Timeline("wa", seed=seed), compile_matcher(NOTE)
        for _ in range(12):
            timeline = timeline.append(timeline.random(replay(timeline, NOTE, matcher)))
        assert not any(refused(replay(timeline, NOTE, matcher)))
        return timeline.events

    assert random(1) == random(1)
    assert random(1) != random(2)


def test_a_delivery_can_be_changed_afterwards() -> None:
    timeline = sent(CREATED, message(), message())
    twice = replay(timeline.with_delivery(2, "twice"), NOTE, compile_matcher(NOTE))
    assert [len(each.traces) for each in twice.results] == [1, 2, 1]
    late = timeline.with_delivery(2, "late")
    state = replay(late, NOTE, compile_matcher(NOTE))
    assert [each.number for each in state.results] == [1, 3, 2], "as if nothing followed"
    more = late.append(message())
    assert [each.number for each in advance(state, more).results] == [1, 3, 4, 2]


def test_a_scenario_expects_the_flows_that_started() -> None:
    timeline = sent(CREATED, message(), removed(ANNA)).with_delivery(2, "twice")
    scenario = as_scenario(timeline, replay(timeline, NOTE, compile_matcher(NOTE)), "s", "S")
    assert [event.expect for event in scenario.events] == [(), ("note",)], "who is not there cannot leave"
    assert {event.instance for event in scenario.events} == {"wa"}
    assert [event.delivery for event in scenario.events] == [None, "twice"]
    assert run_scenario(scenario, NOTE, compile_matcher(NOTE)).ok


def test_a_scenario_that_is_played_and_saved_again_keeps_what_it_checks() -> None:
    scenario = as_scenario(sent(CREATED, message()), replayed(NOTE, CREATED, message()), "s", "S")
    checked = replaced(scenario.events[1], conversation="x", expect_effects=ExpectedEffects(notes=("old",)))
    start = replaced(scenario.events[0], conversation="x")
    timeline = Timeline.of(replaced(scenario, events=(start, checked), delivery="twice"), "mail")
    assert (timeline.instance, timeline.events, timeline.scenario) == ("wa", (), "s")
    whole = timeline.forward(2).append(message())
    assert events_of(whole.events)[-1].conversation == "x", "it goes on where the scenario was"
    again = as_scenario(whole, replay(whole, NOTE, compile_matcher(NOTE)), "t", "T")
    assert again.events[1].expect_effects == ExpectedEffects(
        notes=("x", "x"), messages=(), assignee="", labels=(), closed=False
    )
    assert (again.delivery, again.events[2].expect_effects) == ("twice", None)


def test_a_scenario_without_events_can_be_opened() -> None:
    timeline = Timeline.of(Scenario(id="s", name="S"), "mail")
    assert replay(timeline, NOTE, compile_matcher(NOTE)).conversation.instance == "mail"


@settings(max_examples=40, deadline=None)
@given(
    strategies.workspaces(strategies.flows()),
    st.sampled_from(strategies.INSTALLED),
    st.lists(strategies.events(), max_size=4),
)
def test_any_events_can_be_replayed_with_the_same_result(
    where: Workspace, instance: str, happened: list[Event]
) -> None:
    timeline, matcher = sent(*happened, instance=instance), compile_matcher(where)
    whole = replay(timeline, where, matcher)
    assert len(whole.results) == len(happened)
    assert seen(whole, where) == seen(replay(timeline, where, matcher), where)
    if happened:
        step = advance(replay(timeline.back(), where, matcher), timeline)
        assert seen(step, where) == seen(whole, where)


def test_flows_of_another_instance_do_not_start() -> None:
    elsewhere = flow("other", "conversation_created", AddNote(text="x"), channel="email", instance="mail")
    assert replayed(workspace(elsewhere), CREATED).results[0].fired == ()


def test_a_message_that_starts_a_new_conversation_is_followed_there() -> None:
    close = CLOSE.flows.values()
    where = workspace(*close, message_in_closed_conversation="new_conversation")
    again = replayed(where, CREATED, message())
    assert [each.conversation for each in again.results] == ["c-1", "c-2"]
    assert again.conversation.id == "c-2"


def test_a_loop_that_was_played_is_expected_by_the_scenario_of_it() -> None:
    echo = workspace(flow("echo", "message_created", SendMessage(text="x")))
    timeline = sent(CREATED, message())
    recorded = as_scenario(timeline, replay(timeline, echo, compile_matcher(echo)), "s", "S")
    assert recorded.events[1].expect_effects == ExpectedEffects(loops=("echo",))
    assert run(echo, recorded)[0].ok


REMIND = workspace(
    flow(
        "remind",
        "conversation_created",
        Wait(for_="10m"),
        SendMessage(text="Still there?"),
        Wait(for_="1h"),
        AddNote(text="gone"),
    )
)


def texts(state: Replay) -> list[tuple[str, ...]]:
    return [each.effects.messages + each.effects.notes for each in state.results]


def test_time_passes_by_hand_and_back_and_as_in_one_replay() -> None:
    matcher, start = compile_matcher(REMIND), sent(CREATED)
    states = [replay(start, REMIND, matcher)]
    timeline = start
    for duration in ("5m", "5m", None):
        timeline = timeline.pass_time(duration)
        states.append(advance(states[-1], timeline))
    assert [texts(each) for each in states] == [[()], [()], [("Still there?",)], [("Still there?", "gone")]]
    assert [not each.simulation.waiting_flows for each in states] == [False, False, False, True]
    assert timeline.happened == 1
    for state in reversed(states):
        assert seen(replay(timeline, REMIND, matcher), REMIND) == seen(state, REMIND)
        timeline = timeline.back()


def test_what_is_recorded_happens_when_it_happened() -> None:
    matcher = compile_matcher(REMIND)
    timeline = sent(CREATED).pass_time("10m").append(message()).append(message()).pass_time().append(message())
    recorded = as_scenario(timeline, replay(timeline, REMIND, matcher), "s", "S")
    assert [event.after for event in recorded.events] == [None, "10m", None, "59m"]
    (played,) = run(REMIND, recorded)
    assert played.ok
    times = [each.at for each in replay(timeline, REMIND, matcher).results]
    assert [each.at for each in played.events] == times


def test_what_is_impossible_and_left_out_takes_its_time() -> None:
    timeline = sent(CREATED, removed(ANNA), message())
    recorded = as_scenario(timeline, replay(timeline, NOTE, compile_matcher(NOTE)), "s", "S")
    assert [event.after for event in recorded.events] == [None, "2m"]


def test_a_scenario_that_is_saved_while_a_flow_waits_passes() -> None:
    checked = ScenarioEvent(
        event="conversation_created",
        instance="wa",
        participant=CREATED.participant,
        expect_effects=ExpectedEffects(notes=()),
    )
    timeline = Timeline.of(Scenario(id="s", name="S", events=(checked,)), "wa").forward()
    state = replay(timeline, REMIND, compile_matcher(REMIND))
    assert (state.results[0].waits, state.complete[0].waits) == (1, 0)
    recorded = as_scenario(timeline, state, "s", "S")
    assert recorded.events[0].expect_effects == ExpectedEffects(
        messages=("Still there?",), notes=("gone",), assignee="", labels=(), closed=False
    )
    assert run(REMIND, recorded)[0].ok
