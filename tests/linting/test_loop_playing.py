"""What is called a loop goes round in the simulator, and what goes round there is called one."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.cascading import random_traces, random_workspace
from tests.builders import CONFIG, flow, workspace

from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import AddLabel, AssignAgent, RemoveLabel, RemoveParticipant, SendMessage, UpdateContact, Wait
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.linting.context import Context
from oncue.linting.loop_playing import play

HELLO = SendMessage(text="hello")


def rings(where: Workspace) -> list[tuple[str, ...]]:
    return [played.ring for _, played in Context(where).loops]


def guarded(each: Flow, **lines: object) -> Flow:
    return replaced(each, when=When(**lines))  # type: ignore[arg-type]


@given(seed=st.integers(0, 2**32))
def test_what_is_called_a_loop_can_be_played(seed: int) -> None:
    where = random_workspace(Random(seed))
    context = Context(where)
    for loop, played in context.loops:
        assert played.ring[0] == played.ring[-1]
        assert set(played.ring) <= set(loop.flows)
        again = play(played.event, played.conversation, where, context.matcher)
        assert played.ring in [each.ring for each in again]


@given(seed=st.integers(0, 2**32))
def test_no_loop_that_playing_at_random_finds_is_missed(seed: int) -> None:
    rng = Random(seed)
    where = random_workspace(rng, conditions=False)
    called = [(set(loop.flows), loop.instances) for loop, _ in Context(where).loops]
    for trace in random_traces(rng, where):
        for cut in trace.loops:
            assert any(set(cut.ring) <= flows and trace.conversation.instance in at for flows, at in called)


def test_nor_is_one_among_flows_with_conditions() -> None:
    """With conditions a loop may need a state that nobody thought of; hardly any does."""
    missed = played = 0
    for seed in range(300):
        rng = Random(seed)
        where = random_workspace(rng)
        called = [(set(loop.flows), loop.instances) for loop, _ in Context(where).loops]
        for trace in random_traces(rng, where):
            for cut in trace.loops:
                played += 1
                missed += not any(set(cut.ring) <= flows and trace.conversation.instance in at for flows, at in called)
    assert played > 50
    assert not missed


@pytest.mark.parametrize(
    "flows",
    [
        # The first round does what keeps the second one from starting.
        (guarded(flow("a", "message_created", AddLabel(label="x"), HELLO), without_labels=("x",)),),
        (guarded(flow("a", "message_created", AssignAgent(agent="Anna"), HELLO), responsible="nobody"),),
        (
            guarded(
                flow("a", "message_created", UpdateContact(attributes={"plan": "free"}), HELLO),
                attributes={"plan": "pro"},
            ),
        ),
    ],
)
def test_a_round_that_ends_itself_is_none(flows: tuple[Flow, ...]) -> None:
    assert not rings(workspace(*flows))


@pytest.mark.parametrize(
    ("flows", "ring"),
    [
        ((flow("a", "message_created", HELLO),), ("a", "a")),
        ((flow("a", "message_created", Wait(for_="10m"), HELLO),), ("a", "a")),
        ((guarded(flow("a", "message_created", HELLO), labels=("vip",), responsible="Anna"),), ("a", "a")),
        ((guarded(flow("a", "message_created", SendMessage(text="hi")), text_any=("hi",)),), ("a", "a")),
        (
            (
                guarded(flow("a", "message_created", AddLabel(label="x"), HELLO), without_labels=("x",)),
                guarded(flow("b", "message_created", RemoveLabel(label="x"), HELLO), labels=("x",)),
            ),
            ("a", "b", "a"),
        ),
        (
            (
                flow("a", "participant_removed", AssignAgent(agent="Anna"), by="agent"),
                flow("b", "participant_added", RemoveParticipant(participant_type="agent"), by="agent"),
            ),
            ("a", "b", "a"),
        ),
    ],
)
def test_loops_are_found_in_the_state_that_they_need(flows: tuple[Flow, ...], ring: tuple[str, ...]) -> None:
    (found,) = rings(workspace(*flows))
    assert set(found) == set(ring)


def test_only_where_flows_are_shown_as_bots() -> None:
    bots = replaced(CONFIG, instances=(replaced(CONFIG.instances[0], flows_write_as="bot"), CONFIG.instances[1]))
    answers = flow("a", "message_created", HELLO, by=("contact", "agent", "bot"))
    assert not rings(workspace(answers))
    assert rings(workspace(answers, config=bots)) == [("a", "a")]
