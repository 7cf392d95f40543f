"""Two flows overlap where an event starts both."""

from itertools import combinations

from hypothesis import given
from tests.analysis.flows import at_key, keys_in, some_flows, states_of
from tests.analysis.states import CONFIG, is_as_in_a_conversation, thorough
from tests.builders import flow

from oncue.analysis.grid import Grid
from oncue.analysis.overlaps import Overlap, overlap, overlaps
from oncue.domain.conditions import When
from oncue.domain.events import Message
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.matching.semantics import matches

GRID = Grid(CONFIG)
KEYS = keys_in(CONFIG)


@thorough
@given(some_flows(most=3))
def test_overlaps_are_those_of_every_key_and_state(drawn: tuple[list[str], list[Flow]]) -> None:
    about, flows = drawn
    by_ids = {(each.one, each.other): each for each in overlaps(flows, GRID)}
    for one, other in combinations(sorted(flows, key=lambda each: each.id), 2):
        found = overlap(one, other, GRID)
        assert by_ids.get((one.id, other.id)) == found
        always, sometimes = _keys(found, "always"), _keys(found, "sometimes")
        assert not always & sometimes
        seen: set[str | None] = set()
        for key in KEYS:
            if not (matches(one, key, CONFIG) and matches(other, key, CONFIG)):
                assert key not in always | sometimes
            elif key.participant_type not in seen:
                seen.add(key.participant_type)
                states = [at_key(state, key) for state in states_of(key, about)]
                both = {state.starts(one, CONFIG) and state.starts(other, CONFIG) for state in states}
                assert both == {True} or key not in always
                assert both == {False} or key in always | sometimes
        for region in (found.always, found.sometimes) if found else ():
            if region is not None:
                assert region.witness is not None
                assert is_as_in_a_conversation(region.witness)
                assert region.witness.starts(one, CONFIG)
                assert region.witness.starts(other, CONFIG)
                assert any(cells.has(region.witness.event.key) for cells in region.cells)


def _keys(found: Overlap | None, part: str) -> set[object]:
    region = getattr(found, part, None)
    return {key for cells in region.cells for key in cells.every_key()} if region else set()


def test_conditions_that_exclude_each_other_are_no_overlap() -> None:
    one = replaced(flow("a"), when=When(text_any=("refund*",)))
    other = replaced(flow("b"), when=When(text_none=("refund",)))
    found = overlap(one, other, GRID)
    assert found is not None
    assert found.always is None
    assert found.sometimes is not None
    assert found.size == found.sometimes.size == 3 * 9 * 13
    assert found.sometimes.witness is not None
    assert found.sometimes.witness.event.message == Message(type="text", text="refunds")
    assert overlap(one, replaced(other, when=When(text_none=("refund*",))), GRID) is None
    assert overlap(flow("a"), flow("b", "participant_added"), GRID) is None
