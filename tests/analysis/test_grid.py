"""Keys as bits are the keys that the predicate finds."""

from hypothesis import given
from tests import strategies
from tests.analysis.flows import CONFIGS, keys_in
from tests.strategies import CONFIG

from oncue.analysis.decisions import WHO
from oncue.analysis.grid import UNIT, Grid, places_of
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.semantics import matches
from oncue.matching.space import event_space


def whos_of(flow: Flow) -> frozenset[str | None]:
    types = flow.trigger.participant_types
    return frozenset(WHO if types is None else types)


def test_all_keys_of_a_workspace() -> None:
    for config in CONFIGS:
        grid = Grid(config)
        keys = list(grid.every_key(grid.keys))
        assert set(keys) == set(keys_in(config))
        assert len(keys) == len(set(keys)) == grid.keys.bit_count() == sum(part.size for part in event_space(config))
        assert all(grid.key(grid.bit(key).bit_length() - 1) == key for key in keys[:200])
    assert Grid(WorkspaceConfig(name="Empty")).keys == 0
    assert Grid(CONFIG).bit(EventKey("message_created", "sms")) == 0


@given(strategies.listeners())
def test_the_keys_of_a_flow(flow: Flow) -> None:
    enabled = replaced(flow, enabled=True)
    grid = Grid(CONFIG)
    found = set(grid.every_key(grid.keys_of(flow.trigger, whos_of(flow))))
    assert found == {key for key in keys_in(CONFIG) if matches(enabled, key, CONFIG)}


@given(strategies.listeners())
def test_grids_with_the_same_places_number_keys_alike(flow: Flow) -> None:
    places = tuple(dict.fromkeys(place for config in CONFIGS for place in places_of(config)))
    for config in CONFIGS:
        alone, together = Grid(config), Grid(config, places)
        one = alone.keys_of(flow.trigger, whos_of(flow))
        other = together.keys_of(flow.trigger, whos_of(flow))
        assert set(alone.every_key(one)) == set(together.every_key(other))
        assert set(alone.units(one).values()) == set(together.units(other).values())
        assert not other & ~together.keys
        assert other < 1 << UNIT * len(places)
