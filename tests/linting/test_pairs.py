"""Two flows for one event: a pair for each flow that has one, with an event that shows it."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.cascading import random_workspace
from tests.builders import flow, workspace

from oncue.analysis.grid import Grid
from oncue.analysis.overlaps import overlaps
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import SendMessage
from oncue.domain.values import replaced
from oncue.linting.context import Context
from oncue.linting.pairs import Pair, pairs

HELLO = SendMessage(text="hello")


def when(each: Flow, **lines: object) -> Flow:
    return replaced(each, when=When(**lines))  # type: ignore[arg-type]


def found(*flows: Flow) -> list[tuple[str, str, bool]]:
    context = Context(workspace(*flows))
    return [(pair.flow.id, pair.other.id, pair.always) for pair in pairs(context, lambda each: each.id)]


@given(seed=st.integers(0, 2**32))
def test_each_pair_is_an_overlap_with_a_witness(seed: int) -> None:
    where = random_workspace(Random(seed))
    context = Context(where)
    known = {frozenset((each.one, each.other)) for each in overlaps(where.flows.values(), Grid(where.config))}
    for pair in pairs(context, lambda flow: flow.id):
        assert frozenset((pair.flow.id, pair.other.id)) in known
        assert_shown(pair, context)


def assert_shown(pair: Pair, context: Context) -> None:
    assert pair.witness is not None
    assert pair.witness.starts(pair.flow, context.config)
    assert pair.witness.starts(pair.other, context.config)


@given(seed=st.integers(0, 2**32))
def test_no_flow_without_conditions_that_overlaps_another_one_is_left_out(seed: int) -> None:
    where = random_workspace(Random(seed), conditions=False)
    named = {one.id for pair in pairs(Context(where), lambda flow: flow.id) for one in (pair.flow, pair.other)}
    for each in overlaps(where.flows.values(), Grid(where.config)):
        assert each.always is None or not _is_stated(each.always.witness) or {each.one, each.other} & named


def _is_stated(witness: object) -> bool:
    event = getattr(witness, "event", None)
    return event is not None and None not in (event.instance, event.key.participant_type)


def test_the_later_one_and_the_special_one_are_named() -> None:
    general, late = flow("b", "message_created", by="contact"), flow("c", "message_created", by="contact", of="text")
    special = when(flow("a", "message_created", by="contact"), labels=("vip",))
    assert found(general, late) == [("c", "b", True)]
    assert found(special, general) == [("a", "b", True)]


def test_conditions_that_can_hold_together_are_a_possibility() -> None:
    one = when(flow("a", "message_created"), text_any=("menu",))
    other = when(flow("b", "message_created"), text_any=("hours",))
    assert found(one, other) == [("b", "a", False)]
    assert found(one, when(other, text_none=("menu",))) == []
    assert found(when(one, participants=("Anna",)), when(other, participants=("Ben",))) == []


def test_the_same_deed_is_no_pair() -> None:
    context = Context(workspace(flow("a", "message_created"), flow("b", "message_created")))
    assert not list(pairs(context, lambda each: "same"))
    assert not list(pairs(context, lambda each: None))


def test_thousands_of_flows_are_one_pair_each() -> None:
    flows = [flow(f"f-{number:04}", "message_created", HELLO, by="contact") for number in range(2_000)]
    assert len(found(*flows)) == 1_999
