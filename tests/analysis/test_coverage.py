"""Counts, levels and gaps are those of looking at every key, and in it at every state."""

from hypothesis import given
from tests.analysis.flows import at_key, keys_in, some_flows, states_of, workspace_of
from tests.analysis.states import CONFIG, is_as_in_a_conversation, thorough
from tests.builders import flow
from tests.strategies import workspaces

from oncue.analysis.coverage import LEVELS, Coverage, coverage
from oncue.analysis.decisions import decide
from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.matching.semantics import matches

KEYS = keys_in(CONFIG)


@thorough
@given(workspaces(max_size=8))
def test_without_conditions_it_counts_what_the_matcher_finds(where: Workspace) -> None:
    found, matcher = coverage(where), compile_matcher(where)
    for key in keys_in(where.config):
        answers = matcher.match_key(key)
        assert found.counts(key) == (len(answers), 0)
        assert found.answering(key) == (answers, ())
        assert found.level(key) == ("none", "one", "many")[min(len(answers), 2)]


@thorough
@given(some_flows())
def test_levels_are_those_of_the_decisions(drawn: tuple[list[str], list[Flow]]) -> None:
    _, flows = drawn
    found = coverage(workspace_of(flows))
    decisions = {each.id: decide(each, CONFIG) for each in flows}
    for key in KEYS:
        here = [each for each in flows if matches(each, key, CONFIG)]
        always = sorted(each.id for each in here if key.participant_type in decisions[each.id].always)
        sometimes = sorted(each.id for each in here if key.participant_type in decisions[each.id].sometimes)
        assert found.counts(key) == (len(always), len(sometimes))
        assert found.answering(key) == (tuple(always), tuple(sometimes))
    assert_the_levels_are_all_keys(found)


def assert_the_levels_are_all_keys(found: Coverage) -> None:
    regions = {level: found.region(level) for level in LEVELS}
    assert sum(each.size for each in regions.values() if each) == len(KEYS)
    for level, region in regions.items():
        assert (found.keys(level) == 0) == (region is None)
        for cells in region.cells if region else ():
            assert {found.level(key) for key in cells.every_key()} == {level}


@thorough
@given(some_flows())
def test_a_gap_is_an_event_that_starts_no_flow(drawn: tuple[list[str], list[Flow]]) -> None:
    about, flows = drawn
    found = coverage(workspace_of(flows))
    for key in KEYS[::11]:
        gap = found.gap(key)
        if gap.possible:
            assert gap.witness is not None
            assert gap.witness.event.key == key
            assert is_as_in_a_conversation(gap.witness)
            assert not any(gap.witness.starts(each, CONFIG) for each in flows)
        elif not found.counts(key)[0]:
            for state in states_of(key, about):
                assert any(at_key(state, key).starts(each, CONFIG) for each in flows)


def test_two_flows_that_share_the_day_leave_no_gap() -> None:
    day = replaced(flow("day", by="contact"), when=When(during_hours=("office",)))
    rest = replaced(flow("rest", by="contact"), when=When(outside_hours=("office",)))
    key = EventKey("message_created", "whatsapp", "wa-1", "contact", "text")
    assert coverage(workspace_of([day, rest])).gap(key) == (False, None)
    assert coverage(workspace_of([day, rest])).level(key) == "sometimes"
    assert coverage(workspace_of([day])).gap(key).possible
    assert coverage(workspace_of([day, rest]), [day]).counts(key) == (0, 1)
    assert coverage(workspace_of([])).level(EventKey("message_created", "sms")) is None
