"""Describe a set of keys by few products of values: *every instance of WhatsApp, all participants but contacts*.

The largest product is taken away until nothing is left. Places with the same keys are described together; where there
are few different ones, what several of them have in common is, too. The products are disjoint, so that their sizes add
up, and the same set is always described in the same way. It is a good description and not always the shortest one,
which would take too long to find.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from oncue.analysis.decisions import WHO
from oncue.analysis.grid import HAPPENINGS, WIDTH, Grid, Keys
from oncue.domain.events import EventKey
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.matching.space import Cells

_FEW = 8
"""Different kinds of places up to which it is looked for what several have in common."""

_MESSAGES_FROM = next(number for number, (kind, _) in enumerate(HAPPENINGS) if kind == "message_created")
_ROW = (1 << WIDTH) - 1


class _Rectangle(NamedTuple):
    """Some happenings by some participants, as bits of a place."""

    happenings: tuple[int, ...]
    row: int

    @property
    def size(self) -> int:
        return len(self.happenings) * self.row.bit_count()

    @property
    def bits(self) -> int:
        return sum(self.row << number * WIDTH for number in self.happenings)


def cover(grid: Grid, keys: Keys) -> tuple[Cells, ...]:
    """Disjoint products that together are ``keys``, the largest first."""
    by_unit: dict[int, list[int]] = {}
    for place, unit in grid.units(keys).items():
        by_unit.setdefault(unit, []).append(place)
    if len(by_unit) > _FEW:
        parts = [part for unit, places in by_unit.items() for part in _parts(dict.fromkeys(places, unit))]
    else:
        parts = _parts({place: unit for unit, places in by_unit.items() for place in places})
    parts.sort(key=lambda part: (-len(part[0]) * part[1].size, part))
    return tuple(_cells(grid, places, rectangle) for places, rectangle in parts)


def _parts(units: dict[int, int]) -> list[tuple[tuple[int, ...], _Rectangle]]:
    found = []
    while units:
        distinct = sorted(set(units.values()))
        shared = [one & other for one, other in combinations(distinct, 2)] if len(distinct) <= _FEW else []
        best: tuple[int, tuple[int, ...], _Rectangle] | None = None
        for unit in dict.fromkeys((*distinct, *shared)):
            if not unit:
                continue
            rectangle = _largest(unit)
            bits = rectangle.bits
            places = tuple(sorted(place for place, all_bits in units.items() if not bits & ~all_bits))
            size = len(places) * rectangle.size
            if best is None or size > best[0]:
                best = size, places, rectangle
        assert best is not None
        _, places, rectangle = best
        found.append((places, rectangle))
        gone = rectangle.bits
        units = {place: left for place, unit in units.items() if (left := unit & ~gone if place in places else unit)}
    return found


@lru_cache(16_384)
def _largest(unit: int) -> _Rectangle:
    """The largest rectangle within a place's bits. Messages and other events are never in one."""
    rows = [unit >> number * WIDTH & _ROW for number in range(len(HAPPENINGS))]
    choices = (*_rectangles(rows, range(_MESSAGES_FROM)), *_rectangles(rows, range(_MESSAGES_FROM, len(HAPPENINGS))))
    return max(choices, key=lambda each: (each.size, len(each.happenings), each.row))


def _rectangles(rows: list[int], among: Sequence[int]) -> list[_Rectangle]:
    distinct = sorted({rows[number] for number in among if rows[number]})
    shared = (one & other for one, other in combinations(distinct, 2))
    return [
        _Rectangle(tuple(number for number in among if not row & ~rows[number]), row)
        for row in dict.fromkeys((*distinct, *shared))
        if row
    ]


def _cells(grid: Grid, places: tuple[int, ...], rectangle: _Rectangle) -> Cells:
    happenings = [HAPPENINGS[number] for number in rectangle.happenings]
    return Cells(
        frozenset(kind for kind, _ in happenings),
        frozenset(grid.places[place] for place in places),
        frozenset(who for number, who in enumerate(WHO) if rectangle.row >> number & 1),
        frozenset(what for _, what in happenings),
    )


def example(grid: Grid, cells: Cells) -> EventKey:
    """The key among ``cells`` that is the best example: one that states all it can, and comes first."""
    order = {place: number for number, place in enumerate(grid.places)}
    channel, instance = min(cells.places, key=lambda place: (place[1] is None, order[place]))
    return EventKey(
        next(kind for kind in EVENT_KINDS if kind in cells.kinds),
        channel,
        instance,
        next((who for who in PARTICIPANT_TYPES if who in cells.participants), None),
        next((what for what in MESSAGE_TYPES if what in cells.messages), None),
    )
