"""Counting by set algebra is counting cell by cell."""

from itertools import product

from hypothesis import given
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.explain import explain
from oncue.matching.semantics import matches
from oncue.matching.space import Cells, cells_of, event_space, overlap

NEAR = EventKey("message_created", "whatsapp", "wa-1", "bot", "gif")


def every_key(config: WorkspaceConfig) -> list[EventKey]:
    """The event space, one cell after the other."""
    places = [(channel, None) for channel in {each.channel: None for each in config.instances}]
    return [
        EventKey(kind, *place, who, what)
        for kind in EVENT_KINDS
        for place, who in product([*places, *((each.channel, each.id) for each in config.instances)], WHO)
        for what in ((*MESSAGE_TYPES, None) if kind == "message_created" else (None,))
    ]


WHO = (*PARTICIPANT_TYPES, None)
KEYS = every_key(CONFIG)


def keys_of(parts: list[Cells]) -> list[EventKey]:
    return [key for part in parts for key in part.every_key()]


def test_the_space_of_a_workspace() -> None:
    found = keys_of(event_space(CONFIG))
    assert len(found) == len(set(found)) == sum(part.size for part in event_space(CONFIG)) == len(KEYS)
    assert set(found) == set(KEYS)
    assert event_space(WorkspaceConfig(name="Empty"))[0].size == 0


@given(strategies.listeners())
def test_the_cells_of_a_flow_are_those_that_start_it(flow: Flow) -> None:
    cells = cells_of(flow, CONFIG)
    found = list(cells.every_key())
    assert len(found) == cells.size
    assert set(found) == {key for key in KEYS if matches(flow, key, CONFIG)}
    assert all(cells.has(key) == matches(flow, key, CONFIG) for key in KEYS)


@given(strategies.listeners(), strategies.listeners())
def test_a_difference_is_exact_and_disjoint(one: Flow, other: Flow) -> None:
    parts = cells_of(one, CONFIG).minus(cells_of(other, CONFIG))
    found = keys_of(parts)
    assert len(found) == len(set(found)) == sum(part.size for part in parts)
    assert set(found) == {key for key in KEYS if matches(one, key, CONFIG) and not matches(other, key, CONFIG)}
    assert all(part.size for part in parts)


@given(strategies.listeners(), strategies.events())
def test_what_an_edit_changes_is_counted_as_by_looking_at_every_cell(flow: Flow, event: Event) -> None:
    explanation = explain(flow, event, CONFIG)
    for edit in explanation.edits:
        for extent, one, than in ((edit.starts, edit.flow, flow), (edit.stops, flow, edit.flow)):
            cells = [key for key in KEYS if matches(one, key, CONFIG) and not matches(than, key, CONFIG)]
            others = [key for key in cells if key != explanation.key]
            assert extent.size == len(others)
            assert extent.example in others if others else extent.example is None


def test_an_example_is_like_what_it_is_about() -> None:
    wide = Flow(id="a", name="A", trigger=Trigger(event="message_created", channel="whatsapp"))
    example = cells_of(wide, CONFIG).example(NEAR)
    assert example is not None
    assert example != NEAR
    assert example[:4] == NEAR[:4], "only one field is otherwise"


@given(strategies.listeners(), strategies.keys)
def test_an_example_is_another_cell_if_there_is_one(flow: Flow, near: EventKey) -> None:
    cells = cells_of(flow, CONFIG)
    for like in (near, cells.example(near) or near):  # the second is one of the cells
        others = set(cells.every_key()) - {like}
        example = cells.example(like)
        assert example in others if others else example is None


@given(strategies.listeners(), strategies.listeners())
def test_what_two_flows_share_is_counted_exactly(one: Flow, other: Flow) -> None:
    mine, yours = cells_of(one, CONFIG), cells_of(other, CONFIG)
    assert overlap(mine, yours) == len({*mine.every_key()} & {*yours.every_key()})
