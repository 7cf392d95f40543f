"""Gaps: events that no flow answers, whatever is said, and those that are answered only sometimes.

Keys on which flows start only sometimes are grouped by which flows these are, and each group is decided once: is there
a state in which none of them starts? Flows for office hours and for the time outside of them leave no gap together.
"""

from collections import defaultdict
from typing import NamedTuple

from oncue.analysis.cover import cover
from oncue.analysis.coverage import Coverage
from oncue.analysis.decisions import settings
from oncue.analysis.grid import Keys
from oncue.analysis.literals import Conditions
from oncue.analysis.regions import witness_among
from oncue.analysis.solver import possible
from oncue.analysis.states import Witness
from oncue.domain.flows import Flow
from oncue.matching.space import Cells


class Unanswered(NamedTuple):
    """Keys of events that nobody answers: never, or, where there are ``flows``, unless one of these starts.

    ``cells`` are the keys as disjoint products. There is no witness only where it could not be decided whether one of
    the flows always starts.
    """

    flows: tuple[Flow, ...]
    keys: Keys
    cells: tuple[Cells, ...]
    witness: Witness | None

    @property
    def size(self) -> int:
        """How many keys these are."""
        return self.keys.bit_count()


def gaps(coverage: Coverage, among: Keys) -> tuple[Unanswered, ...]:
    """The gaps in ``among``: first what is never answered, then the others, the largest first."""
    found = []
    never = coverage.keys("none") & among
    if never:
        cells = cover(coverage.grid, never)
        found.append(Unanswered((), never, cells, witness_among(coverage.grid, cells)))
    alike = _alike(coverage, coverage.keys("sometimes") & among)
    sometimes = (_gap(coverage, ids, keys) for ids, keys in alike.items())
    return (*found, *sorted((gap for gap in sometimes if gap), key=lambda gap: (-gap.size, _ids(gap), gap.keys)))


def _ids(gap: Unanswered) -> tuple[str, ...]:
    return tuple(flow.id for flow in gap.flows)


def _alike(coverage: Coverage, among: Keys) -> dict[tuple[str, ...], Keys]:
    """The keys of ``among``, grouped by the flows that they start sometimes."""
    grid, on_key = coverage.grid, defaultdict[int, list[str]](list)
    for flow_id, (flow, decided) in sorted(coverage.decisions.items()):
        keys = grid.keys_of(flow.trigger, decided.sometimes) & among if decided.sometimes else 0
        while keys:
            lowest = keys & -keys
            on_key[lowest.bit_length() - 1].append(flow_id)
            keys ^= lowest
    alike: dict[tuple[str, ...], Keys] = {}
    for bit, ids in on_key.items():
        group = tuple(ids)
        alike[group] = alike.get(group, 0) | 1 << bit
    return alike


def _gap(coverage: Coverage, ids: tuple[str, ...], keys: Keys) -> Unanswered | None:
    """The keys of a group on which none of the flows may start, with an event that shows it."""
    grid = coverage.grid
    flows = tuple(coverage.decisions[flow_id][0] for flow_id in ids)
    failing = [Conditions.of(flow, grid.config) for flow in flows]
    kind = flows[0].trigger.event
    whos = frozenset(who for cells in cover(grid, keys) for who in cells.participants)
    open_keys, shown = 0, None
    for setting, alike in settings(kind, whos, failing):
        if possible(setting, failing=failing):
            part = keys & grid.of_kind(kind, alike)
            open_keys |= part
            shown = shown or witness_among(grid, cover(grid, part), (), failing)
    return Unanswered(flows, open_keys, cover(grid, open_keys), shown) if open_keys else None
