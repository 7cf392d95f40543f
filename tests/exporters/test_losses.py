"""What is gained and lost is exactly that: held against every key, and every state that can make a difference."""

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.flows import at_key, keys_in, some_flows, states_of
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import flow

from oncue.analysis.decisions import decide
from oncue.analysis.grid import Grid
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.exporters.losses import loss_of
from oncue.exporters.rules import Narrowed, Rule, exact, unconditional

GRID = Grid(CONFIG)


def narrowed(each: Flow) -> Narrowed:
    return Narrowed.of(each, decide(each, CONFIG), CONFIG)


def test_what_is_said_in_full_loses_nothing() -> None:
    each = narrowed(flow("a", "message_created", when={"text_any": ("refund",)}))
    loss = loss_of(exact(each, GRID), each.decided, GRID)
    assert not loss.widens
    assert not loss.narrows
    assert loss.regions == ()


def test_a_condition_that_is_left_out_widens() -> None:
    each = narrowed(flow("a", "message_created", when={"text_any": ("refund",)}))
    loss = loss_of(unconditional(each, GRID, "no words"), each.decided, GRID)
    assert [unsaid.field for unsaid in loss.unsaid] == ["when.text_any"]
    assert loss.widens
    assert loss.gained == loss.lost == loss.tightened == 0
    ((name, region),) = loss.regions
    assert (name, region.size) == ("loosened", 3 * 9 * 13)
    assert region.witness is not None
    assert not region.witness.starts(each.flow, CONFIG)


def test_a_condition_that_the_key_decides_is_no_loss() -> None:
    each = narrowed(flow("a", "conversation_created", when={"started_by": frozenset({"contact"})}))
    assert each.whos == frozenset({"contact"})
    assert each.open == ()
    loss = loss_of(unconditional(each, GRID, ""), each.decided, GRID)
    assert not loss.widens
    assert loss.unsaid == ()


def test_only_lines_that_make_a_difference_are_named() -> None:
    when = {"started_by": frozenset({"contact"}), "labels": ("vip",)}
    each = narrowed(flow("a", "conversation_created", when=when))
    assert each.open == ("labels",)


def test_keys_that_the_target_does_not_have_are_neither_gained_nor_lost() -> None:
    each = narrowed(flow("a", "message_created"))
    own = GRID.keys_that_start(each.flow, each.decided)
    half = sum(GRID.bit(key) for key in GRID.every_key(GRID.keys) if key.instance is not None)
    loss = loss_of(Rule(each.flow, own & half, None, space=half), each.decided, GRID)
    assert (loss.gained, loss.lost) == (0, 0)


@thorough
@given(some_flows(most=1), st.data())
def test_every_loss_is_real_and_none_is_missing(drawn: tuple[list[str], list[Flow]], data: st.DataObject) -> None:
    about, (each,) = drawn
    original = narrowed(each)
    # A target that forgets some types and some lines.
    other = replaced(
        each, trigger=replaced(each.trigger, participant_types=data.draw(st.sampled_from([None, {"agent"}])))
    )
    said = None if each.when is None else each.when.without(*data.draw(st.sets(st.sampled_from(each.when.lines))))
    rule_flow = replaced(other, when=said)
    rule = Rule(each, GRID.keys_that_start(other, decide(replaced(other, when=None), CONFIG)), said)
    loss = loss_of(rule, original.decided, GRID)
    for key in keys_in(CONFIG)[:: data.draw(st.integers(5, 11))]:
        bit, by_key = GRID.bit(key), bool(rule.keys & GRID.bit(key))
        shown = [at_key(state, key) for state in states_of(key, about)]
        gains = [state for state in shown if state.starts(rule_flow, CONFIG) and not state.starts(each, CONFIG)]
        misses = [state for state in shown if state.starts(each, CONFIG) and not state.starts(rule_flow, CONFIG)]
        if gains:
            assert by_key
            assert (loss.gained | loss.loosened) & bit
        if misses:
            assert (loss.lost | loss.tightened) & bit
    for name, region in loss.regions:
        if region.witness is not None and name in ("loosened", "lost"):
            assert region.witness.starts(each, CONFIG) is (name == "lost")
