"""What happens at its place in the script, and when flows hear of it: once, twice, swapped and late."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.builders import ANNA, JANE, flow, workspace

from oncue.domain.events import Message
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, AssignAgent, CloseConversation, SendMessage
from oncue.domain.vocabulary import Delivery, EventKind
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation.runner import ScenarioResult, run_scenario
from oncue.simulation.simulation import Simulation
from oncue.simulation.transcript import as_text

WHERE = workspace(
    flow("answer", "message_created", SendMessage(text="Got: {{message.text}}"), by="contact"),
    flow("greet", "conversation_created", SendMessage(text="Welcome"), AssignAgent(agent="Anna")),
    flow("bye", "participant_removed", CloseConversation(), by="agent"),
)


def said(kind: EventKind, delivery: Delivery | None = None, **more: object) -> ScenarioEvent:
    return ScenarioEvent(event=kind, delivery=delivery, **{"instance": "wa", "participant": JANE, **more})  # type: ignore[arg-type]


def wrote(text: str, delivery: Delivery | None = None, **more: object) -> ScenarioEvent:
    return said("message_created", delivery, message=Message(type="text", text=text), **more)


def played(*events: ScenarioEvent, where: Workspace = WHERE, delivery: Delivery = "once") -> ScenarioResult:
    scenario = Scenario(id="s", name="S", events=events, delivery=delivery)
    return run_scenario(scenario, where, compile_matcher(where))


def heard(result: ScenarioResult) -> list[int]:
    """The numbers of the events in the order in which flows heard of them."""
    return [each.number for each in result.events]


CREATED = said("conversation_created")


def test_an_event_that_comes_twice_happens_once_and_runs_its_flows_twice() -> None:
    (result,) = played(said("conversation_created", "twice")).events
    assert result.effects.messages == ("Welcome", "Welcome")
    first, second = result.traces
    assert [step.done for step in first.runs[0].steps] == [True, True]
    assert [step.done for step in second.runs[0].steps] == [True, False], "Anna is responsible already"
    assert second.note == "delivered a second time"
    assert second.conversation.participants == first.conversation.participants


def test_a_join_that_came_with_a_message_does_not_come_again() -> None:
    joins = workspace(flow("hello", "participant_added", AddNote(text="x")))
    _, result = played(CREATED, wrote("hi", "twice", participant=ANNA), where=joins).events
    assert [len(trace.joined) for trace in result.traces] == [1, 0]


def test_a_swapped_event_is_heard_of_after_the_next_one_of_its_conversation() -> None:
    other = said("conversation_created", instance="mail")
    result = played(CREATED, wrote("a", "swapped"), other, wrote("b"), wrote("c"))
    assert heard(result) == [1, 3, 4, 2, 5]
    assert [each.effects.messages for each in result.events[2:]] == [("Got: b",), ("Got: a",), ("Got: c",)]
    assert result.events[3].trace is not None
    assert result.events[3].trace.note == "delivered late, 2 events after it happened"


def test_a_late_event_is_heard_of_last_in_the_conversation_as_it_is_then() -> None:
    result = played(CREATED, wrote("a", "late"), said("participant_removed", participant=ANNA))
    assert heard(result) == [1, 3, 2]
    assert result.events[-1].effects.messages == (), "the agent who left closed the conversation"
    assert "○ not sent: the conversation is closed" in as_text(result.traces[-1:], WHERE)


def test_a_late_event_happened_at_its_place() -> None:
    result = played(said("conversation_created", "late"), wrote("a"))
    assert heard(result) == [2, 1]
    assert result.ok, "the conversation was there when the message came"
    second, first = (trace.event.at for trace in result.traces)
    assert first is not None and second is not None and first < second


def test_all_events_of_a_scenario_can_come_twice_or_swapped_in_pairs() -> None:
    twice = played(CREATED, wrote("a"), delivery="twice")
    assert [len(each.traces) for each in twice.events] == [2, 2]
    swapped = played(CREATED, wrote("a"), wrote("b"), wrote("c"), wrote("d"), delivery="swapped")
    assert heard(swapped) == [2, 1, 4, 3, 5]
    own = played(CREATED, wrote("a", "once"), delivery="twice")
    assert [len(each.traces) for each in own.events] == [2, 1], "what the event says comes first"


def test_the_last_event_that_waits_is_delivered_at_the_end() -> None:
    result = played(CREATED, wrote("a", "swapped"))
    assert heard(result) == [1, 2]
    assert result.events[1].trace is not None
    assert result.events[1].trace.note == "delivered in its turn: nothing has come after it"


def test_what_cannot_happen_is_refused_at_its_place_and_delivers_nothing() -> None:
    result = played(CREATED, wrote("a", "swapped"), said("conversation_created"), wrote("b"))
    assert [(each.number, each.refusal is None) for each in result.events] == [
        (1, True),
        (3, False),
        (4, True),
        (2, True),
    ]


def test_what_starts_no_flow_says_so_late_as_well() -> None:
    result = played(CREATED, said("participant_added", "late", participant=JANE), wrote("a"))
    assert result.traces[-1].note == (
        "delivered late, 1 event after it happened; already there, so nothing happened and no flow was started"
    )


def test_a_copy_goes_its_own_way() -> None:
    simulation = Simulation(WHERE, compile_matcher(WHERE))
    simulation.send(CREATED)
    simulation.send(wrote("a", "late"))
    other = simulation.copy()
    assert len(other.flush()) == 1
    other.send(wrote("b"))
    assert len(simulation.waiting) == 1
    assert simulation.conversations["c-1"].messages < other.conversations["c-1"].messages


@settings(max_examples=60, deadline=None)
@given(strategies.workspaces(strategies.flows()), strategies.scenarios(), st.sampled_from(["once", "late", "swapped"]))
def test_each_event_is_answered_exactly_once(where: Workspace, scenario: Scenario, delivery: Delivery) -> None:
    events = tuple(
        ScenarioEvent(
            event=each.event,
            instance=each.instance,
            participant=each.participant,
            message=each.message,
            delivery=delivery if number % 2 else None,
        )
        for number, each in enumerate(scenario.events)
    )
    result = run_scenario(Scenario(id="s", name="S", events=events), where, compile_matcher(where))
    assert sorted(heard(result)) == list(range(1, len(events) + 1))
    again = run_scenario(Scenario(id="s", name="S", events=events), where, compile_matcher(where))
    assert as_text(result.traces, where) == as_text(again.traces, where)


@pytest.mark.parametrize("delivery", ["once", "twice", "swapped", "late"])
def test_events_happen_a_minute_apart_however_they_are_delivered(delivery: Delivery) -> None:
    result = played(CREATED, wrote("a"), wrote("b"), delivery=delivery)
    happened = sorted({trace.event.at for trace in result.traces if trace.event.at is not None})
    assert [(at - happened[0]).seconds for at in happened] == [0, 60, 120]
