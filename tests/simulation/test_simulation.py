"""Events happen when they are sent, and are delivered once, twice, swapped or late."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.builders import (
    ANNA,
    CREATED,
    JANE,
    added,
    as_text,
    flow,
    message,
    removed,
    rows,
    run,
    scenario,
    scripted,
    workspace,
)

from oncue.domain.events import Participant
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, AssignAgent, CloseConversation, SendMessage
from oncue.domain.values import replaced
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation.results import ScenarioResult
from oncue.simulation.simulation import NOTHING_AFTER, Simulation

WHERE = workspace(
    flow("answer", "message_created", SendMessage(text="Got: {{message.text}}"), by="contact"),
    flow("greet", "conversation_created", SendMessage(text="Welcome"), AssignAgent(agent="Anna")),
    flow("bye", "participant_removed", CloseConversation(), by="agent"),
)


def wrote(text: str, delivery: Delivery | None = None, who: Participant = JANE) -> ScenarioEvent:
    return scripted(message(who, text), delivery=delivery)


def result_of(*events: ScenarioEvent, where: Workspace = WHERE, delivery: Delivery = "once") -> ScenarioResult:
    return run(where, scenario(*events, delivery=delivery))[0]


def order_of(result: ScenarioResult) -> list[int]:
    """The numbers of the events in the order of their delivery."""
    return [each.number for each in result.events]


START = scripted(CREATED)


def test_an_event_delivered_twice_happens_once_and_starts_its_flows_twice() -> None:
    (result,) = result_of(scripted(CREATED, delivery="twice")).events
    assert result.effects.messages == ("Welcome", "Welcome")
    first, second = result.traces
    assert [step.done for step in first.runs[0].steps] == [True, True]
    assert [step.done for step in second.runs[0].steps] == [True, False], "Anna is responsible already"
    assert second.note == "delivered a second time"
    assert second.conversation.participants == first.conversation.participants


def test_a_join_that_came_with_a_message_is_delivered_once() -> None:
    joins = workspace(flow("hello", "participant_added", AddNote(text="x")))
    _, result = result_of(START, wrote("hi", "twice", ANNA), where=joins).events
    assert [len(trace.joined) for trace in result.traces] == [1, 0]


def test_a_swapped_event_is_delivered_after_the_next_one_of_its_conversation() -> None:
    other = scripted(CREATED, instance="mail")
    result = result_of(START, wrote("a", "swapped"), other, wrote("b"), wrote("c"))
    assert order_of(result) == [1, 3, 4, 2, 5]
    assert [each.effects.messages for each in result.events[2:]] == [("Got: b",), ("Got: a",), ("Got: c",)]
    assert result.events[3].trace is not None
    assert result.events[3].trace.note == "delivered late, 2 events after it happened"


def test_a_late_event_is_delivered_last_in_the_conversation_as_it_is_then() -> None:
    result = result_of(START, wrote("a", "late"), scripted(removed(ANNA)))
    assert order_of(result) == [1, 3, 2]
    assert result.events[-1].effects.messages == (), "the agent who left closed the conversation"
    assert "○ not sent: the conversation is closed" in as_text(result.traces[-1:], WHERE)


def test_a_late_event_happens_when_it_is_sent() -> None:
    result = result_of(scripted(CREATED, delivery="late"), wrote("a"))
    assert order_of(result) == [2, 1]
    assert result.ok, "the conversation was there when the message came"
    second, first = (trace.event.at for trace in result.traces)
    assert first is not None and second is not None and first < second


def test_all_events_of_a_scenario_can_be_delivered_twice_or_swapped_in_pairs() -> None:
    twice = result_of(START, wrote("a"), delivery="twice")
    assert [len(each.traces) for each in twice.events] == [2, 2]
    swapped = result_of(START, wrote("a"), wrote("b"), wrote("c"), wrote("d"), delivery="swapped")
    assert order_of(swapped) == [2, 1, 4, 3, 5]
    own = result_of(START, wrote("a", "once"), delivery="twice")
    assert [len(each.traces) for each in own.events] == [2, 1], "what the event says comes first"


def test_the_last_event_that_waits_is_delivered_at_the_end() -> None:
    result = result_of(START, wrote("a", "swapped"))
    assert order_of(result) == [1, 2]
    assert result.events[1].trace is not None
    assert result.events[1].trace.note == f"delivered in its turn: {NOTHING_AFTER}"


def notes_of(result: ScenarioResult) -> list[tuple[int, str]]:
    """The number and the note of each event, in the order of delivery."""
    return [(each.number, each.trace.note if each.trace else "") for each in result.events]


def test_a_late_event_does_not_release_a_swapped_one() -> None:
    result = result_of(START, wrote("a", "swapped"), wrote("b", "late"), wrote("c"))
    assert notes_of(result)[1:] == [
        (4, ""),
        (2, "delivered late, 2 events after it happened"),
        (3, "delivered late, 1 event after it happened"),
    ]


def test_the_second_of_two_swapped_events_says_why_it_was_in_its_turn() -> None:
    result = result_of(START, wrote("a", "swapped"), wrote("b", "swapped"))
    assert notes_of(result)[1:] == [
        (3, "delivered in its turn: event 2 waits for it"),
        (2, "delivered late, 1 event after it happened"),
    ]


def test_a_swapped_event_that_only_other_conversations_follow_is_delivered_before_the_late_ones() -> None:
    mail = scripted(CREATED, instance="mail")
    result = result_of(START, wrote("z", "late"), wrote("a", "swapped"), mail)
    assert notes_of(result)[1:] == [
        (4, ""),
        (3, f"delivered late, 1 event after it happened: {NOTHING_AFTER}"),
        (2, "delivered late, 2 events after it happened"),
    ]


REFUSING: dict[str, Any] = {"message_in_closed_conversation": "refused"}
STARTING: dict[str, Any] = {"message_in_closed_conversation": "new_conversation"}


@pytest.mark.parametrize("name", [None, "ada"])
def test_a_message_in_a_closed_conversation_starts_a_new_one_where_it_does(name: str | None) -> None:
    flows = (*WHERE.flows.values(), flow("z-brief", "participant_added", AddNote(text="x"), by="contact"))
    where = workspace(*flows, **STARTING, initial_participants_fire_participant_added=True)
    events = [START, scripted(removed(ANNA)), wrote("again"), wrote("and again")]
    result = result_of(*(replaced(each, conversation=name) for each in events), where=where)
    first, second = ("c-1", "c-2") if name is None else ("ada", "ada-2")
    assert [each.conversation for each in result.events] == [first, first, second, second]
    assert as_text(result.events[2].traces, where) == rows(
        """
        ● Contact Jane wrote: "again"
          i starts a new conversation (message_in_closed_conversation = "new_conversation")
          ● Contact Jane started a conversation on WhatsApp · Support
            ● Contact Jane joined
              ▶ z-brief (Z-Brief)
                · noted "x"
            ▶ greet (Greet)
              · sent "Welcome"
                ● Flow Greet wrote: "Welcome"
              · assigned Anna, who joins
                ● Agent Anna joined
          ▶ answer (Answer)
            · sent "Got: again"
              ● Flow Answer wrote: "Got: again"
        """
    )
    assert result.events[2].fired == ("answer",)


def test_the_message_that_starts_a_new_conversation_may_belong_to_its_start() -> None:
    where = workspace(*WHERE.flows.values(), **STARTING, first_message_fires_message_created=False)
    result = result_of(START, scripted(removed(ANNA)), wrote("again", "twice"), where=where)
    assert [(trace.fires, len(trace.joined)) for trace in result.events[2].traces] == [(False, 1), (False, 0)]


def test_where_messages_in_closed_conversations_are_refused_the_reason_says_what_to_do() -> None:
    where = workspace(*WHERE.flows.values(), **REFUSING)
    result = result_of(START, scripted(removed(ANNA)), wrote("again"), START, wrote("now"), where=where)
    assert [each.refusal for each in result.events if each.refusal] == [
        'conversation c-1 is closed (message_in_closed_conversation = "refused"); '
        'to start another one play conversation_created (conversation = "…" gives it a name)'
    ]
    assert [each.conversation for each in result.events[3:]] == ["c-2", "c-2"]


def test_an_impossible_event_is_refused_when_it_is_sent_and_delivers_nothing() -> None:
    result = result_of(START, wrote("a", "swapped"), START, wrote("b"))
    assert [(each.number, each.refusal is None) for each in result.events] == [
        (1, True),
        (3, False),
        (4, True),
        (2, True),
    ]


def test_the_note_of_an_event_that_starts_no_flow_is_kept_when_it_is_late() -> None:
    result = result_of(START, scripted(added(JANE), delivery="late"), wrote("a"))
    assert result.traces[-1].note == (
        "delivered late, 1 event after it happened; already there, so nothing happened and no flow was started"
    )


def test_a_copy_is_independent() -> None:
    simulation = Simulation(WHERE, compile_matcher(WHERE))
    simulation.send(START)
    simulation.send(wrote("a", "late"))
    other = simulation.copy()
    assert len(other.flush()) == 1
    other.send(wrote("b"))
    assert len(simulation.waiting) == 1
    assert simulation.conversations["c-1"].messages < other.conversations["c-1"].messages


@settings(max_examples=60, deadline=None)
@given(strategies.workspaces(strategies.flows()), strategies.scenarios(), st.sampled_from(["once", "late", "swapped"]))
def test_each_event_has_exactly_one_result(where: Workspace, drawn: Scenario, delivery: Delivery) -> None:
    events = tuple(
        replaced(each, delivery=delivery if number % 2 else None, expect=None, expect_effects=None)
        for number, each in enumerate(drawn.events)
    )
    result, again = (result_of(*events, where=where) for _ in range(2))
    assert sorted(order_of(result)) == list(range(1, len(events) + 1))
    assert as_text(result.traces, where) == as_text(again.traces, where)


@pytest.mark.parametrize("delivery", ["once", "twice", "swapped", "late"])
def test_events_happen_a_minute_apart_however_they_are_delivered(delivery: Delivery) -> None:
    result = result_of(START, wrote("a"), wrote("b"), delivery=delivery)
    happened = sorted({trace.event.at for trace in result.traces if trace.event.at is not None})
    assert [(at - happened[0]).seconds for at in happened] == [0, 60, 120]


def test_a_refused_event_does_not_decide_where_its_conversation_is() -> None:
    refused = ScenarioEvent(event="message_created", instance="wa", conversation="x", participant=JANE)
    created = ScenarioEvent(event="conversation_created", instance="mail", conversation="x", participant=JANE)
    result = result_of(refused, created)
    assert [each.refusal is None for each in result.events] == [False, True]
    assert [(each.instance, each.channel, each.open) for each in result.conversations] == [("mail", "email", True)]


@pytest.mark.parametrize("name", ["ada", None])
def test_a_refused_event_belongs_to_the_conversation_that_its_name_means(name: str | None) -> None:
    where = workspace(
        flow("end", "message_created", CloseConversation()), message_in_closed_conversation="new_conversation"
    )
    events = (START, wrote("a"), wrote("b"), scripted(added(ANNA)))
    result = result_of(*(replaced(each, conversation=name) for each in events), where=where)
    assert result.events[-1].refusal is not None
    assert result.events[-1].conversation == result.events[-2].conversation == ("ada-2" if name else "c-2")
