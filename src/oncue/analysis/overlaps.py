"""Overlaps: events that start two flows, such as two replies to one message."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from oncue.analysis.decisions import Decided, decide, settings
from oncue.analysis.grid import Grid, Keys
from oncue.analysis.literals import Conditions
from oncue.analysis.regions import Region, region
from oncue.analysis.solver import possible
from oncue.domain.flows import Flow


class Overlap(NamedTuple):
    """Two flows, by id, and the keys of events that always start both, and that sometimes do."""

    one: str
    other: str
    always: Region | None
    sometimes: Region | None

    @property
    def size(self) -> int:
        """How many keys these are."""
        return sum(each.size for each in (self.always, self.sometimes) if each is not None)


def overlap(one: Flow, other: Flow, grid: Grid) -> Overlap | None:
    """Where both flows start; ``None`` if that is nowhere."""
    return _overlap((one, decide(one, grid.config)), (other, decide(other, grid.config)), grid)


def overlaps(flows: Iterable[Flow], grid: Grid) -> Iterator[Overlap]:
    """Each overlap of two of ``flows``, in order of id. Flows that cannot meet are never compared."""
    at: defaultdict[tuple[str, str], list[tuple[Flow, Decided, Keys]]] = defaultdict(list)
    for flow in sorted(flows, key=lambda flow: flow.id):
        decided = decide(flow, grid.config)
        if keys := grid.keys_that_start(flow, decided):
            at[flow.trigger.event, flow.trigger.channel].append((flow, decided, keys))
    for alike in at.values():
        for (one, of_one, keys), (other, of_other, other_keys) in combinations(alike, 2):
            if keys & other_keys and (found := _overlap((one, of_one), (other, of_other), grid)) is not None:
                yield found


class Shared(NamedTuple):
    """The keys of events that always start two flows, and of those that sometimes do."""

    always: Keys
    sometimes: Keys


def shared(one: tuple[Flow, Decided], other: tuple[Flow, Decided], grid: Grid) -> Shared:
    """The keys on which both flows start, without a description or a witness, which cost more than finding them."""
    keys = grid.keys_that_start(*one) & grid.keys_that_start(*other)
    if not keys:
        return Shared(0, 0)
    conditions = [Conditions.of(flow, grid.config) for flow, _ in (one, other)]
    (flow, decided), (_, of_other) = one, other
    certain = decided.always & of_other.always
    always = keys & grid.keys_of(flow.trigger, certain) if certain else 0
    sometimes = 0
    for setting, alike in settings(flow.trigger.event, decided.starts & of_other.starts - certain, conditions):
        if possible(setting, conditions):
            sometimes |= keys & grid.keys_of(flow.trigger, alike)
    return Shared(always, sometimes)


def _overlap(one: tuple[Flow, Decided], other: tuple[Flow, Decided], grid: Grid) -> Overlap | None:
    always, sometimes = shared(one, other, grid)
    if not always and not sometimes:
        return None
    conditions = [Conditions.of(flow, grid.config) for flow, _ in (one, other)]
    return Overlap(
        one[0].id,
        other[0].id,
        region(grid, always, conditions) if always else None,
        region(grid, sometimes, conditions) if sometimes else None,
    )
