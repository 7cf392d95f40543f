"""Nothing that one flow causes another one to do is missing in the graph of causes, and no loop is."""

from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.cascading import random_traces, random_workspace
from tests.builders import CONFIG, flow, workspace

from oncue.analysis.caused import caused_by
from oncue.analysis.causes import Causes, causes
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import AddLabel, AddParticipant, AssignAgent, CloseConversation, RemoveParticipant, SendMessage
from oncue.domain.values import replaced
from oncue.matching.matcher import compile_matcher

HELLO = SendMessage(text="hello")


@given(seed=st.integers(0, 2**32))
def test_everything_that_happens_is_an_edge_and_every_loop_is_found(seed: int) -> None:
    rng = Random(seed)
    where = random_workspace(rng)
    graph = causes(where)
    edges = {(edge.source, edge.step, edge.target, at) for edge in graph.edges for at in edge.instances}
    loops = graph.loops()
    for trace in random_traces(rng, where):
        at = trace.conversation.instance
        if trace.cause is not None:
            for target in trace.started:
                assert (trace.cause.flow_id, trace.cause.step, target, at) in edges
        for loop in trace.loops:
            assert any(set(loop.ring) <= set(each.flows) and at in each.instances for each in loops), loop.words


@given(seed=st.integers(0, 2**32))
def test_events_that_are_answered_together_are_answered_as_each_alone(seed: int) -> None:
    where = random_workspace(Random(seed))
    matcher, graph = compile_matcher(where), causes(where)
    for flow_id, each in product(where.flows, where.config.instances):
        for caused in caused_by(where.flows[flow_id], each):
            assert graph.answer(caused.event) == Causes(where, matcher=matcher).answer(caused.event)


def test_names_decide_among_events_that_are_alike_otherwise() -> None:
    asks = replaced(flow("b", "message_created"), when=When(participants=("A",)))
    sends = [replaced(flow(name.lower(), "message_created", HELLO, by="contact"), name=name) for name in ("A", "C")]
    edges = causes(workspace(*sends, asks)).edges
    assert [(edge.source, edge.target) for edge in edges] == [("a", "b")]


def test_an_edge_says_by_which_step_and_event_and_where() -> None:
    where = workspace(
        flow("a", "message_created", AddLabel(label="x"), HELLO, by="contact"),
        flow("b", "message_created", by="flow", of="text"),
        flow("c", "message_created", by="bot"),
        flow("d", "message_created", by="flow", channel="email"),
    )
    (edge,) = causes(where).edges
    assert (edge.source, edge.step, edge.target, edge.always, edge.instances) == ("a", 2, "b", True, ("wa",))
    assert edge.event.key == ("message_created", "whatsapp", "wa", "flow", "text")
    assert causes(where).edges_to("b") == (edge,)
    assert causes(where).edges_from("b") == ()


def test_a_message_is_by_whom_the_instance_shows() -> None:
    config = replaced(CONFIG, instances=(replaced(CONFIG.instances[0], flows_write_as="bot"), CONFIG.instances[1]))
    where = workspace(flow("a", "message_created", HELLO, by="bot"), config=config)
    (loop,) = causes(where).loops()
    assert (loop.flows, loop.instances) == (("a",), ("wa",))
    assert not causes(workspace(*where.flows.values())).loops()


def test_the_words_of_a_message_decide() -> None:
    answers = replaced(flow("b", "message_created"), when=When(text_any=("menu",)))
    others = replaced(flow("c", "message_created"), when=When(text_none=("menu",), labels=("x",)))
    sends = flow("a", "message_created", SendMessage(text="the menu"), by="contact")
    quotes = flow("q", "message_created", SendMessage(text="{{message.text}}"), by="contact")
    found = {
        (edge.source, edge.target, edge.always) for edge in causes(workspace(sends, quotes, answers, others)).edges
    }
    assert found == {("a", "b", True), ("q", "b", False), ("q", "c", False)}


@pytest.mark.parametrize(
    "flows",
    [
        (replaced(flow("a", "message_created", HELLO), when=When(once_per="conversation")),),
        (replaced(flow("a", "message_created", HELLO), when=When(cooldown="1h")),),
        (flow("a", "message_created", CloseConversation(), HELLO),),
        (flow("a", "participant_added", AddParticipant(participant_type="bot", name="R")),),
        (flow("a", "participant_removed", RemoveParticipant(participant_type="agent")),),
        (
            flow("a", "participant_added", RemoveParticipant(participant_type="agent", name="Anna"), by="bot"),
            flow("b", "participant_removed", AssignAgent(agent="R", participant_type="bot"), by="agent"),
        ),
        (replaced(flow("a", "message_created", HELLO), enabled=False),),
    ],
)
def test_what_ends_by_itself_is_no_loop(flows: tuple[Flow, ...]) -> None:
    assert not causes(workspace(*flows)).loops()


def test_a_loop_has_a_shortest_ring() -> None:
    where = workspace(
        flow("a", "message_created", SendMessage(text="x", message_type="image"), of="text"),
        flow("b", "message_created", SendMessage(text="x", message_type="list"), of="image"),
        flow("c", "message_created", SendMessage(text="x"), HELLO, of=("image", "list")),
        flow("z", "message_created", SendMessage(text="x"), by="contact"),
    )
    (loop,) = causes(where).loops()
    assert loop.flows == ("a", "b", "c")
    assert [(edge.source, edge.step) for edge in loop.ring] == [("a", 1), ("c", 1)]
    assert loop.ring[-1].target == "a"
    assert all(one.target == other.source for one, other in pairwise(loop.ring))


def test_thousands_of_flows_that_start_each_other() -> None:
    where = workspace(*(flow(f"f-{n}", "message_created", HELLO) for n in range(3_000)))
    (loop,) = causes(where).loops()
    assert len(loop.flows) == 3_000
    assert len(loop.ring) == 1
