"""A description is of exactly those keys, is short where it can be, and is always the same."""

from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.analysis.states import CONFIG, thorough
from tests.analysis.test_grid import whos_of

from oncue.analysis.cover import cover, example
from oncue.analysis.grid import Grid, Keys
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger

GRID = Grid(CONFIG)
triggers = st.lists(strategies.listeners(), max_size=6)


def keys_of(flows: list[Flow]) -> Keys:
    """The keys that an odd number of flows listens to."""
    found = 0
    for flow in flows:
        found ^= GRID.keys_of(flow.trigger, whos_of(flow))
    return found


@thorough
@given(triggers)
def test_a_cover_is_exact_and_disjoint(flows: list[Flow]) -> None:
    keys = keys_of(flows)
    parts = cover(GRID, keys)
    listed = [key for part in parts for key in part.every_key()]
    assert sum(part.size for part in parts) == len(listed) == keys.bit_count()
    assert set(listed) == set(GRID.every_key(keys))
    assert parts == cover(GRID, keys)
    assert [part.size for part in parts] == sorted((part.size for part in parts), reverse=True)


@given(strategies.listeners())
def test_the_keys_of_a_trigger_are_one_product(flow: Flow) -> None:
    parts = cover(GRID, keys_of([flow]))
    assert len(parts) <= 1
    for part in parts:
        found = example(GRID, part)
        assert part.has(found)
        assert found.instance or all(instance is None for _, instance in part.places)


def test_what_is_decided_alike_is_described_together() -> None:
    everything = cover(GRID, GRID.keys)
    assert [part.size for part in everything] == [7 * 9 * 13, 7 * 9 * 3]
    trigger = Trigger(event="message_created", channel="whatsapp")
    narrow = Trigger(event="message_created", channel="whatsapp", instance="wa-1", message_types=frozenset({"text"}))
    wide = GRID.keys_of(trigger, frozenset(whos_of(Flow(id="a", name="A", trigger=trigger)) - {"contact"}))
    (only,) = cover(GRID, wide)
    assert only.size == 3 * 8 * 13, "every instance of WhatsApp, all but contacts, any message"
    assert len(cover(GRID, wide | GRID.keys_of(narrow, {"contact"}))) == 2
