"""Loops are found, named and cut at the first repetition; what only looks like a loop is not cut."""

from itertools import pairwise

import pytest
from tests.builders import (
    ANNA,
    BEN,
    CREATED,
    JANE,
    ROBIN,
    WA,
    added,
    flow,
    message,
    play,
    removed,
    rows,
    stops_in,
    transcript_of,
    workspace,
)

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AddParticipant,
    AssignAgent,
    RemoveParticipant,
    SendMessage,
    UpdateContact,
)
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, ParticipantType
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.simulation.trace import Limit, Loop, every_trace

SELF = (flow("a", "message_created", SendMessage(text="x"), by="flow"),)
PAIR = (
    flow("a", "message_created", SendMessage(text="x", message_type="image"), of="text", by="flow"),
    flow("b", "message_created", SendMessage(text="y"), of="image", by="flow"),
)
ASSIGN = (
    flow("a", "participant_removed", AssignAgent(agent="Anna"), AssignAgent(agent="Ben"), by="agent"),
    flow("b", "participant_added", RemoveParticipant(participant_type="agent"), by="agent"),
)
RING = (
    flow("a", "participant_added", SendMessage(text="x", message_type="list"), by="bot"),
    flow("b", "message_created", RemoveParticipant(participant_type="bot"), of="list"),
    flow("c", "participant_removed", AddParticipant(participant_type="bot", name="Robin"), by="bot"),
)
START = flow("start", "conversation_created", SendMessage(text="go"))
START_BOT = flow("start", "conversation_created", AddParticipant(participant_type="bot", name="Robin"))
START_AGENT = flow("start", "conversation_created", AssignAgent(agent="Eve"))


@pytest.mark.parametrize(
    ("flows", "ring", "chain"),
    [
        ((START, *SELF), ("a", "a"), ("start", "a")),
        ((START, *PAIR), ("a", "b", "a"), ("start", "a", "b")),
        ((START_AGENT, *ASSIGN), ("a", "b", "a"), ("start", "b", "a", "b")),
        ((START_BOT, *RING), ("a", "b", "c", "a"), ("start", "a", "b", "c")),
    ],
)
def test_a_loop_is_named_and_cut_at_the_first_repetition(
    flows: tuple[Flow, ...], ring: tuple[str, ...], chain: tuple[str, ...]
) -> None:
    trace = play(workspace(*flows), CREATED)[0]
    cut = [each for each in every_trace(trace) if each.stopped]
    loop = cut[0].stopped[0]
    assert isinstance(loop, Loop)
    assert (loop.flow_id, loop.ring, loop.words) == (ring[-1], ring, f"loop stopped: {' → '.join(ring)}")
    assert tuple(cause.flow_id for cause in cut[0].chain) == chain
    assert ring[-1] in cut[0].matched
    assert ring[-1] not in [run.flow_id for run in cut[0].runs]


def test_the_transcript_shows_the_loop_where_it_was_cut() -> None:
    assert transcript_of(workspace(START, *PAIR), CREATED) == rows(
        """
        ● Contact Jane started a conversation on WhatsApp · Support
          ▶ start (Start)
            · sent "go"
              ● Flow Start wrote: "go"
                ▶ a (A)
                  · sent (Image) "x"
                    ● Flow A wrote (Image): "x"
                      ▶ b (B)
                        · sent "y"
                          ● Flow B wrote: "y"
                            ↺ loop stopped: a → b → a
        """
    )


def test_the_loop_through_assign_agent_and_participant_added() -> None:
    # The first round is not like the second one: Anna was not responsible when she joined.
    hand_back = flow("a", "participant_removed", AssignAgent(agent="Anna"), by="agent")
    assert transcript_of(workspace(hand_back, ASSIGN[1]), CREATED, added(ANNA)) == rows(
        """
        ● Agent Anna joined
          ▶ b (B)
            · removed Agent Anna
              ● Agent Anna left
                ▶ a (A)
                  · assigned Anna, who joins
                    ● Agent Anna joined
                      ▶ b (B)
                        · removed Agent Anna
                          ● Agent Anna left
                            ↺ loop stopped: a → b → a
        """
    )


def test_a_chain_in_which_people_change_ends_by_itself() -> None:
    clear = flow(
        "clear", "participant_removed", RemoveParticipant(participant_type="agent"), AddNote(text="n"), by="agent"
    )
    assert transcript_of(workspace(clear), CREATED, added(ANNA), added(BEN), removed(ANNA)) == rows(
        """
        ● Agent Anna left
          ▶ clear (Clear)
            · removed Agent Ben
              ● Agent Ben left
                ▶ clear (Clear)
                  ○ Agent not removed: not there
                  · noted "n"
            · noted "n"
        """
    )
    second = flow("second", "participant_added", AddParticipant(participant_type="agent", name="Ben"), by="agent")
    assert stops_in(play(workspace(second), CREATED, added(ANNA))[-1]) == ()


def test_attributes_that_change_end_at_the_limit_and_those_that_stay_are_a_loop() -> None:
    def where(value: str) -> Workspace:
        count = UpdateContact(attributes={"said": value})
        answer = flow("answer", "message_created", count, SendMessage(text="{{message.text}}!"))
        return workspace(answer, max_events_per_cascade=20)

    (cut,) = stops_in(play(where("once"), CREATED, message())[-1])
    (stop,) = stops_in(play(where("{{message.text}}"), CREATED, message())[-1])
    assert (cut.words, stop.words) == (
        "loop stopped: answer → answer",
        "stopped after 20 events: simulation.max_events_per_cascade = 20",
    )


def test_only_the_flow_that_repeats_is_stopped() -> None:
    where = workspace(*SELF, flow("log", "message_created", AddNote(text="seen"), by="flow"), START)
    trace = play(where, CREATED)[0]
    last = list(every_trace(trace))[-1]
    assert ([stop.words for stop in last.stopped], [run.flow_id for run in last.runs]) == (
        ["loop stopped: a → a"],
        ["log"],
    )
    assert trace.conversation.notes == 2


def test_two_flows_that_loop_on_the_same_event_are_both_named() -> None:
    twins = [flow(name, "message_created", SendMessage(text="x"), by="flow") for name in "ab"]
    stops = stops_in(play(workspace(START, *twins), CREATED)[0])
    assert sorted(stop.ring for stop in stops if isinstance(stop, Loop)) == [
        ("a", "a"),
        ("a", "a"),
        ("a", "b", "a"),
        ("b", "a", "b"),
        ("b", "b"),
        ("b", "b"),
    ]


def test_a_legitimate_chain_of_five_flows_is_not_a_loop() -> None:
    chain = [
        flow("a", "conversation_created", AddParticipant(participant_type="bot", name="Robin")),
        flow("b", "participant_added", SendMessage(text="1"), by="bot"),
        flow("c", "message_created", AssignAgent(agent="Anna"), by="flow"),
        flow("d", "participant_added", RemoveParticipant(participant_type="bot"), by="agent"),
        flow("e", "participant_removed", AddNote(text="done"), by="bot"),
    ]
    trace = play(workspace(*chain), CREATED)[0]
    assert stops_in(trace) == ()
    assert [run.flow_id for each in every_trace(trace) for run in each.runs] == ["a", "b", "c", "d", "e"]
    assert trace.conversation.notes == 1


def test_the_same_flow_on_another_key_is_not_a_loop() -> None:
    both = flow("a", "message_created", SendMessage(text="x", message_type="image"))
    trace = play(workspace(both), CREATED, message())[-1]
    assert [len(each.runs) for each in every_trace(trace)] == [1, 1, 0]
    assert [stop.words for stop in stops_in(trace)] == ["loop stopped: a → a"]


def test_the_next_event_begins_a_new_chain() -> None:
    where = workspace(flow("a", "participant_added", AddNote(text="x"), by="agent"))
    assert [trace.matched for trace in play(where, CREATED, added(ANNA), added(BEN))[1:]] == [("a",), ("a",)]


def test_the_words_of_a_long_ring_are_short() -> None:
    kinds = list(MESSAGE_TYPES)
    ring = [
        flow(f"f{n:02}", "message_created", SendMessage(text="x", message_type=after), of=kind, by="flow")
        for n, (kind, after) in enumerate(pairwise(kinds))
    ]
    again = (RemoveParticipant(participant_type="bot"), AddParticipant(participant_type="bot", name="Robin"))
    ring.append(flow("f11", "message_created", *again, of=kinds[-1]))
    ring.append(flow("f12", "participant_added", SendMessage(text="x"), by="bot"))
    (stop,) = stops_in(play(workspace(START, *ring), Event(event="conversation_created", participant=ROBIN))[0])
    assert isinstance(stop, Loop)
    assert stop.ring == (*(each.id for each in ring), "f00")
    assert stop.words == (
        "loop stopped: f00 → … 1 more … → f02 → f03 → f04 → f05 → f06 → f07 → f08 → f09 → f10 → f11 → f12 → f00"
    )


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_cascade_stops_at_its_limit(limit: int) -> None:
    trace = play(workspace(START, *RING, *PAIR, max_events_per_cascade=limit), CREATED)[0]
    traces = list(every_trace(trace))
    assert len(traces) == limit + 1
    assert [isinstance(stop, Limit) for stop in traces[-1].stopped] == [True]
    assert traces[-1].runs == ()
    assert traces[-1].matched != ()


def test_nothing_runs_after_the_limit_and_the_transcript_says_what_was_left() -> None:
    where = workspace(
        flow("a", "conversation_created", SendMessage(text="1"), SendMessage(text="2"), AddNote(text="never")),
        flow("b", "conversation_created", AddNote(text="never")),
        max_events_per_cascade=2,
    )
    trace = play(where, CREATED)[0]
    assert (trace.not_run, trace.runs[0].skipped, trace.conversation.notes) == (("b",), 1, 0)
    assert transcript_of(where, CREATED) == rows(
        """
        ● Contact Jane started a conversation on WhatsApp · Support
          ▶ a (A)
            · sent "1"
              ● Flow A wrote: "1"
            · sent "2"
              ● Flow A wrote: "2"
                ■ stopped after 2 events: simulation.max_events_per_cascade = 2
            … 1 step not taken
          … 1 flow not run
        """
    )


def test_the_limit_is_not_met_by_a_cascade_of_exactly_that_many_events() -> None:
    where = workspace(START, max_events_per_cascade=2)
    trace = play(where, CREATED)[0]
    assert (len(list(every_trace(trace))), stops_in(trace)) == (2, ())


def test_each_event_from_outside_has_the_whole_limit() -> None:
    where = workspace(flow("a", "message_created", SendMessage(text="x"), by="contact"), max_events_per_cascade=2)
    traces = play(where, CREATED, *[message() for _ in range(5)])
    assert [stops_in(trace) for trace in traces] == [()] * 6


def test_the_join_that_comes_with_a_message_counts_too() -> None:
    where = workspace(flow("a", "message_created", AddNote(text="x")), max_events_per_cascade=1)
    trace = play(where, CREATED, Event(event="message_created", participant=ANNA))[-1]
    assert [isinstance(stop, Limit) for stop in stops_in(trace)] == [True]
    assert trace.not_run == ("a",)


def test_one_and_true_are_different_attributes() -> None:
    where = workspace(
        flow("start", "conversation_created", UpdateContact(attributes={"k": 1}), SendMessage(text="go")),
        flow("a", "message_created", UpdateContact(attributes={"k": True}), SendMessage(text="x"), by="flow"),
    )
    trace = play(where, CREATED)[0]
    assert [each.runs[0].flow_id for each in every_trace(trace) if each.runs] == ["start", "a", "a"]


# What a flow writes arrives as a message of somebody else on many channels; cases 6c and 21 of real reports.
SUMMARISES = flow("trac", "message_created", SendMessage(text="#5: Crash at start"), by={"contact", "agent", "bot"})
TRIAGE = flow("triage", "message_created", SendMessage(text="Thank you, we are on it."), by={"contact", "agent"})


def _shown_as(kind: ParticipantType, *flows: Flow) -> Workspace:
    return workspace(*flows, config=WorkspaceConfig(name="W", instances=(replaced(WA, flows_write_as=kind),)))


@pytest.mark.parametrize(
    ("listening", "shown_as", "loops"),
    [
        (SUMMARISES, "flow", []),
        (SUMMARISES, "bot", ["trac"]),
        (TRIAGE, "flow", []),
        (TRIAGE, "bot", []),
        (TRIAGE, "agent", ["triage"]),
    ],
)
def test_a_loop_that_depends_on_as_whom_the_channel_shows_flows(
    listening: Flow, shown_as: ParticipantType, loops: list[str]
) -> None:
    trace = play(_shown_as(shown_as, listening), CREATED, message())[-1]
    assert [stop.flow_id for stop in stops_in(trace) if isinstance(stop, Loop)] == loops


def test_what_a_flow_writes_as_an_agent_makes_nobody_join_and_counts_as_written_by_a_flow() -> None:
    where = _shown_as("agent", flow("hi", "conversation_created", SendMessage(text="Hi")))
    (trace,) = play(where, CREATED)
    assert (trace.conversation.participants, trace.conversation.received) == ((JANE,), 0)


def test_a_chain_in_which_a_label_changes_is_no_loop() -> None:
    """A flow that answers its own message, but for the label that it puts on, ends by itself."""
    once = flow("once", "message_created", AddLabel(label="{{message.text}}"), SendMessage(text="done"), by="flow")
    trace = play(
        workspace(flow("start", "message_created", SendMessage(text="go"), by="contact"), once), CREATED, message()
    )[-1]
    assert [len(each.ring) for each in stops_in(trace) if isinstance(each, Loop)] == [2]
    assert trace.conversation.labels == ("go", "done")
