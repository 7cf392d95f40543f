"""Gaps are exactly the keys for which `Coverage.gap` finds an event that nobody answers, each with such an event."""

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.flows import keys_in, some_flows, workspace_of
from tests.analysis.states import CONFIG, thorough
from tests.builders import flow

from oncue.analysis.coverage import coverage
from oncue.analysis.gaps import gaps
from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced

KEYS = keys_in(CONFIG)


@thorough
@given(some_flows(), st.sets(st.sampled_from(KEYS), min_size=1))
def test_gaps_are_those_of_each_key(drawn: tuple[list[str], list[Flow]], chosen: set[EventKey]) -> None:
    found = coverage(workspace_of(drawn[1]))
    among = sum(found.grid.bit(key) for key in chosen)
    every = gaps(found, among)
    keys = [key for gap in every for key in found.grid.every_key(gap.keys)]
    assert len(keys) == len(set(keys)) == sum(gap.size for gap in every)
    assert set(keys) == {key for key in chosen if found.gap(key).possible}
    for gap in every:
        assert {key for cells in gap.cells for key in cells.every_key()} == set(found.grid.every_key(gap.keys))
        assert gap.witness is not None
        assert gap.witness.event.key in set(found.grid.every_key(gap.keys))
        assert not any(gap.witness.starts(each, CONFIG) for each in drawn[1])
        ids = tuple(each.id for each in gap.flows)
        assert all(found.answering(key) == ((), ids) for key in found.grid.every_key(gap.keys))


def test_flows_that_take_turns_leave_no_gap() -> None:
    by_day = replaced(flow("day"), when=When(during_hours=("office",)))
    by_night = replaced(flow("night"), when=When(outside_hours=("office",)))
    alone, both = coverage(workspace_of([by_day])), coverage(workspace_of([by_day, by_night]))
    assert [[each.id for each in gap.flows] for gap in gaps(alone, alone.grid.keys)] == [[], ["day"]]
    assert [[each.id for each in gap.flows] for gap in gaps(both, both.grid.keys)] == [[]]


def test_where_everything_is_answered_there_is_no_gap() -> None:
    found = coverage(workspace_of([flow("all")]))
    answered = found.keys("one")
    assert answered
    assert gaps(found, answered) == ()
