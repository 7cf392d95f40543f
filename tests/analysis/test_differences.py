"""What differs is what starts in one workspace and not in the other, key by key and state by state."""

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.flows import CONFIGS, at_key, keys_in, some_flows, states_of, workspace_of
from tests.analysis.states import CONFIG, is_as_in_a_conversation, thorough
from tests.builders import flow

from oncue.analysis.differences import Change, difference, edit_changes
from oncue.analysis.grid import Grid
from oncue.analysis.states import Witness
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, Workspace
from oncue.matching.semantics import matches

Pair = tuple[list[str], Workspace, Workspace]


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Two workspaces that have some flows in common."""
    about, flows = draw(some_flows(most=3))
    _, other = draw(some_flows(most=2))
    kept = [each for each in flows if draw(st.booleans())]
    edited = [replaced(each, when=draw(st.sampled_from([None, *(one.when for one in flows)]))) for each in kept]
    new = {each.id: each for each in (*kept, *edited, *(replaced(each, when=None) for each in other))}
    old_config, new_config = draw(st.sampled_from(CONFIGS)), draw(st.sampled_from(CONFIGS))
    return about, workspace_of(flows, old_config), Workspace(new_config, new)


def starts(flow: Flow | None, state: Witness, where: Workspace) -> bool:
    return flow is not None and state.starts(flow, where.config)


@thorough
@given(pairs())
def test_a_difference_is_that_of_every_key_and_state(pair: Pair) -> None:
    about, old, new = pair
    found = difference(old, new)
    keys_of = [(change, set(found.new.every_key(change.keys))) for change in found.changes]
    before, after = set(keys_in(old.config)), set(keys_in(new.config))
    every_key = sorted(before | after, key=str)
    for flow_id in {*old.flows, *new.flows}:
        seen = set()
        for key in every_key:
            was = old.flows.get(flow_id) if key in before else None
            now = new.flows.get(flow_id) if key in after else None
            stated = {
                (change.effect, change.certainty)
                for change, keys in keys_of
                if change.flow_id == flow_id and key in keys
            }
            listens = (
                was is not None and matches(was, key, old.config),
                now is not None and matches(now, key, new.config),
            )
            if not any(listens):
                assert not stated
            elif (key.participant_type, listens) not in seen:
                seen.add((key.participant_type, listens))
                states = [at_key(state, key) for state in states_of(key, about)]
                verdicts = {(starts(was, state, old), starts(now, state, new)) for state in states}
                effects = {effect for effect, _ in stated}
                assert (False, True) not in verdicts or "starts" in effects
                assert (True, False) not in verdicts or "stops" in effects
                assert ("starts", "always") not in stated or verdicts == {(False, True)}
                assert ("stops", "always") not in stated or verdicts == {(True, False)}


@thorough
@given(pairs())
def test_every_change_has_an_event_that_shows_it(pair: Pair) -> None:
    _, old, new = pair
    found = difference(old, new)
    before, after = set(keys_in(old.config)), set(keys_in(new.config))
    for change in found.changes:
        region = found.region(change)
        assert region.size == change.size == sum(cells.size for cells in region.cells)
        assert region.witness is not None
        key = region.witness.event.key
        assert any(cells.has(key) for cells in region.cells)
        assert change.where == ("both" if key in before & after else "old" if key in before else "new")
        assert is_as_in_a_conversation(region.witness)
        was, now = old.flows.get(change.flow_id), new.flows.get(change.flow_id)
        started = key in before and was is not None and region.witness.starts(was, old.config)
        starts = key in after and now is not None and region.witness.starts(now, new.config)
        assert (started, starts) == ((False, True) if change.effect == "starts" else (True, False))


@thorough
@given(pairs())
def test_groups_are_a_partition_of_what_differs(pair: Pair) -> None:
    _, old, new = pair
    found = difference(old, new)
    together = 0
    for group in found.groups():
        assert not together & group.keys
        together |= group.keys
        for change in found.changes:
            assert group.keys & change.keys in (0, group.keys)
            assert (change.label in group.labels and change.where == group.where) == bool(group.keys & change.keys)
        region = found.group_region(group)
        assert region.size == group.size
        assert region.witness is not None
    assert together.bit_count() == found.size


@thorough
@given(some_flows(most=2))
def test_the_changes_of_an_edit_are_those_of_the_two_workspaces(drawn: tuple[list[str], list[Flow]]) -> None:
    _, flows = drawn
    before, after = flows[0], replaced(flows[-1], id=flows[0].id)
    found = difference(workspace_of([before]), workspace_of([after]))
    assert edit_changes(before, after, Grid(CONFIG)) == found.changes
    assert edit_changes(before, before, Grid(CONFIG)) == ()
    gone = edit_changes(before, None, Grid(CONFIG))
    assert {change.effect for change in gone} <= {"stops"}
    keys = {key for change in gone for key in Grid(CONFIG).every_key(change.keys)}
    assert keys <= {key for key in keys_in(CONFIG) if matches(before, key, CONFIG)}


def words(changes: tuple[Change, ...]) -> list[tuple[str, str, int]]:
    return [(change.effect, change.certainty, change.size) for change in changes]


def test_conditions_that_mean_the_same_are_no_difference() -> None:
    grid = Grid(CONFIG)
    one = replaced(flow("a"), when=When(text_any=("a", "a*")))
    assert edit_changes(one, replaced(one, when=When(text_any=("A*",))), grid) == ()
    assert words(edit_changes(one, replaced(one, when=When(text_any=("a",))), grid)) == [("stops", "sometimes", 351)]
    assert words(edit_changes(one, replaced(one, when=None), grid)) == [("starts", "sometimes", 351)]
    assert words(edit_changes(replaced(one, when=None), flow("a", by="contact"), grid)) == [("stops", "always", 312)]


def test_hours_change_under_a_flow_that_stays() -> None:
    asked = replaced(flow("a", by="contact", of="text"), when=When(during_hours=("office",)))
    office: Hours = replaced(CONFIG.hours[0], **{"from": "08:00"})
    later = replaced(CONFIG, hours=(office, *CONFIG.hours[1:]))
    found = difference(workspace_of([asked, flow("b")]), workspace_of([asked, flow("b")], later))
    assert words(found.changes) == [("starts", "sometimes", 3)]
    region = found.region(found.changes[0])
    assert region.witness is not None
    assert region.witness.event.at is not None
    assert region.witness.event.at.astimezone(office.zone).hour == 8


def test_an_instance_that_is_new_or_gone() -> None:
    more = replaced(CONFIG, instances=(*CONFIG.instances, Instance(id="wa-3", channel="whatsapp", name="New")))
    found = difference(workspace_of([flow("a")]), workspace_of([flow("a")], more))
    assert found.added == (("whatsapp", "wa-3"),)
    assert [change.where for change in found.changes] == ["new"]
    assert found.size == 9 * 13
    back = difference(workspace_of([flow("a")], more), workspace_of([flow("a")]))
    assert back.removed == found.added
    assert [(change.where, change.effect) for change in back.changes] == [("old", "stops")]
    assert [group.labels for group in back.groups()] == [(back.changes[0].label,)]
