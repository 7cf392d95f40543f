"""Traces: their order, chains of causes, and how a loop is named."""

import pytest
from tests.builders import ANNA, CREATED, JANE, conversation, flow, message, play, workspace

from oncue.domain.events import Event
from oncue.domain.steps import AddNote, SendMessage
from oncue.simulation.trace import Cause, Limit, Loop, Trace, chain_of, every_trace

EVENT = Event(event="message_created", participant=JANE)


def cause(*flow_ids: str) -> Cause:
    """A chain of causes, the earliest first."""
    first, *others = flow_ids
    made = Cause(first, EVENT, 1)
    for flow_id in others:
        made = Cause(flow_id, EVENT, 1, made, made.depth + 1)
    return made


def test_a_chain_has_the_earliest_cause_first() -> None:
    last = cause("a", "b", "c")
    assert [each.flow_id for each in chain_of(last)] == ["a", "b", "c"]
    assert [each.flow_id for each in chain_of(last, 2)] == ["b", "c"], "at most so many, the most recent ones"
    assert (chain_of(None), last.depth) == ((), 3)


@pytest.mark.parametrize(
    ("chain", "length", "words"),
    [
        ("a", 1, "loop stopped: a → a"),
        ("start a b", 2, "loop stopped: a → b → a"),
        ("a b c d e f g h i j k l", 12, "loop stopped: a → b → c → d → e → f → g → h → i → j → k → l → a"),
        ("a b c d e f g h i j k l m n", 14,
         "loop stopped: a → … 2 more … → d → e → f → g → h → i → j → k → l → m → n → a"),
    ],
)  # fmt: skip
def test_a_loop_is_named_by_its_flows(chain: str, length: int, words: str) -> None:
    causes = cause(*chain.split())
    loop = Loop("a", EVENT, causes, length)
    assert loop.words == words
    assert loop.ring == (*chain.split()[-length:], "a")


def test_a_limit_names_the_setting_that_decides_it() -> None:
    assert Limit(1_000).words == "stopped after 1,000 events: simulation.max_events_per_cascade = 1000"


def test_all_traces_are_in_the_order_of_their_events() -> None:
    where = workspace(
        flow("a", "message_created", SendMessage(text="1"), SendMessage(text="2"), by="agent"),
        flow("b", "participant_added", SendMessage(text="0")),
    )
    trace = play(where, CREATED, message(ANNA))[-1]
    assert [each.event.event for each in trace.children] == ["participant_added", "message_created", "message_created"]
    texts = [each.event.message.text for each in every_trace(trace) if each.event.message]
    assert texts == ["hi", "0", "1", "2"]


def test_flows_that_neither_ran_nor_closed_a_loop_did_not_run() -> None:
    ran = play(workspace(flow("a", "conversation_created", AddNote(text="x"))), CREATED)[0].runs
    loop, limit = Loop("b", EVENT, cause("b"), 1), Limit(1)
    trace = Trace(EVENT, ("a", "b", "c"), ran, conversation(), stopped=(loop, limit))
    assert (trace.loops, trace.not_run) == ((loop,), ("c",))


def test_traces_are_equal_by_identity_because_comparing_them_would_recurse() -> None:
    one, other = (Trace(EVENT, (), (), conversation()) for _ in range(2))
    assert one != other
    assert one == one
