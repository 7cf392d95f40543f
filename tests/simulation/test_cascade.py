"""Cascades: their order, their causes, and what the settings of the workspace change."""

from tests.builders import (
    ANNA,
    AT,
    CREATED,
    JANE,
    ROBIN,
    WA,
    added,
    flow,
    ids,
    message,
    play,
    rows,
    send,
    stops_in,
    transcript_of,
    workspace,
)

from oncue.domain.events import Event
from oncue.domain.steps import AddNote, AddParticipant, AssignAgent, CloseConversation, SendMessage
from oncue.matching.matcher import compile_matcher
from oncue.simulation.intake import new_conversation
from oncue.simulation.trace import every_trace

GREET = flow("greet", "message_created", AddNote(text="greeted"), by="contact")
BRIEF = flow("brief", "participant_added", AddNote(text="briefed"))


def test_a_conversation_starts_with_who_started_it() -> None:
    conversation = play(workspace(), CREATED)[0].conversation
    assert (conversation.started, conversation.open, conversation.participants) == (True, True, (JANE,))


def test_matched_flows_run_in_order_of_id_and_only_where_they_belong() -> None:
    flows = [flow("b", "conversation_created"), flow("a", "conversation_created"), flow("c", "message_created")]
    trace = play(workspace(*flows, flow("off", "conversation_created", enabled=False)), CREATED)[0]
    assert trace.matched == ("a", "b")
    assert [run.flow_id for run in trace.runs] == ["a", "b"]


def test_the_conversation_that_is_given_is_not_changed() -> None:
    where = workspace(flow("a", "conversation_created", CloseConversation()))
    before = new_conversation("c-1", WA)
    after = send(before, CREATED, where, compile_matcher(where)).conversation
    assert (before.started, after.started, after.open) == (False, True, False)


def test_what_a_step_causes_is_over_before_the_next_step() -> None:
    where = workspace(
        flow("ask", "conversation_created", AddParticipant(participant_type="bot", name="Robin"), AddNote(text="last")),
        flow("bot", "participant_added", AssignAgent(agent="Anna"), by="bot"),
        flow("anna", "participant_added", AddNote(text="for {{conversation.assignee}}"), by="agent"),
    )
    assert transcript_of(where, CREATED) == rows(
        """
        ● Contact Jane started a conversation on WhatsApp · Support
          ▶ ask (Ask)
            · added Bot Robin
              ● Bot Robin joined
                ▶ bot (Bot)
                  · assigned Anna, who joins
                    ● Agent Anna joined
                      ▶ anna (Anna)
                        · noted "for Anna"
            · noted "last"
        """
    )


def test_every_caused_event_knows_its_chain_and_time() -> None:
    where = workspace(
        flow("ask", "conversation_created", AddNote(text="x"), AddParticipant(participant_type="bot", name="Robin")),
        flow("bot", "participant_added", SendMessage(text="Hi"), by="bot"),
    )
    traces = list(every_trace(play(where, CREATED)[0]))
    assert [trace.event.event for trace in traces] == ["conversation_created", "participant_added", "message_created"]
    assert [[(cause.flow_id, cause.step) for cause in trace.chain] for trace in traces] == [
        [],
        [("ask", 2)],
        [("ask", 2), ("bot", 1)],
    ]
    assert traces[2].chain[1].event is traces[1].event
    assert {trace.event.at for trace in traces} == {AT}


def test_a_trace_has_the_conversation_after_everything_it_caused() -> None:
    where = workspace(
        flow("a", "conversation_created", SendMessage(text="1"), SendMessage(text="2")),
        flow("b", "message_created", AddNote(text="x"), by="flow"),
    )
    trace = play(where, CREATED)[0]
    first, second = (each.caused[0].conversation for each in trace.runs[0].steps)
    assert [(each.messages, each.notes) for each in (first, second, trace.conversation)] == [(1, 1), (2, 2), (2, 2)]


def test_a_flow_may_run_again_on_the_same_key_in_another_branch() -> None:
    where = workspace(
        flow("a", "conversation_created", SendMessage(text="1"), SendMessage(text="2")),
        flow("b", "message_created", AddNote(text="x"), by="flow"),
    )
    assert stops_in(play(where, CREATED)[0]) == ()


def test_first_message_fires_message_created_when_it_is_on() -> None:
    events = (CREATED, message(), message())
    assert ids(play(workspace(GREET), *events)) == [(), ("greet",), ("greet",)]
    off = workspace(GREET, first_message_fires_message_created=False)
    assert ids(play(off, *events)) == [(), (), ("greet",)]
    assert transcript_of(off, *events[:2]) == rows(
        """
        ● Contact Jane wrote: "hi"
          i belongs to the start of the conversation (first_message_fires_message_created = false)
        """
    )


def test_a_message_that_a_flow_sends_first_is_not_the_first_message() -> None:
    where = workspace(
        GREET,
        flow("welcome", "conversation_created", SendMessage(text="Hello")),
        flow("z-log", "message_created", AddNote(text="x"), by="flow"),
        first_message_fires_message_created=False,
    )
    traces = play(where, CREATED, message(), message())
    assert [each.matched for each in every_trace(traces[0])] == [("welcome",), ("z-log",)]
    assert ids(traces[1:]) == [(), ("greet",)]


def test_initial_participants_fire_participant_added_when_it_is_on() -> None:
    welcome = flow("welcome", "conversation_created", AddNote(text="welcomed"))
    off = transcript_of(workspace(welcome, BRIEF), CREATED)
    assert off == rows(
        """
        ● Contact Jane started a conversation on WhatsApp · Support
          ▶ welcome (Welcome)
            · noted "welcomed"
        """
    )
    assert transcript_of(workspace(welcome, BRIEF, initial_participants_fire_participant_added=True), CREATED) == rows(
        """
        ● Contact Jane started a conversation on WhatsApp · Support
          ● Contact Jane joined
            ▶ brief (Brief)
              · noted "briefed"
          ▶ welcome (Welcome)
            · noted "welcomed"
        """
    )


def test_whoever_joins_later_fires_participant_added_either_way() -> None:
    for setting in (True, False):
        where = workspace(BRIEF, initial_participants_fire_participant_added=setting)
        assert ids(play(where, CREATED, added(ANNA), added(ROBIN)))[1:] == [("brief",), ("brief",)]


def test_an_event_that_states_little_is_matched_as_completed() -> None:
    assert ids(play(workspace(GREET), CREATED, Event(event="message_created", participant=JANE))) == [(), ("greet",)]
