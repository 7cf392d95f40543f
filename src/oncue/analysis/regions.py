"""A region: keys that are decided alike and described together, and an event that shows what is claimed of them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from oncue.analysis.cover import cover, example
from oncue.analysis.grid import Grid, Keys
from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import solve
from oncue.analysis.states import Witness, witness
from oncue.matching.space import Cells


class Region(NamedTuple):
    """Keys as disjoint products, how many they are, and a witness.

    There is no witness only where a contradiction could be neither found nor excluded (`oncue.analysis.solver`).
    """

    cells: tuple[Cells, ...]
    size: int
    witness: Witness | None


def region(grid: Grid, keys: Keys, holding: Sequence[Conditions] = (), failing: Sequence[Conditions] = ()) -> Region:
    """The region of ``keys``, which are not none, with a witness for which conditions hold or do not."""
    cells = cover(grid, keys)
    return Region(cells, keys.bit_count(), witness_among(grid, cells, holding, failing))


def witness_among(
    grid: Grid, cells: Collection[Cells], holding: Sequence[Conditions] = (), failing: Sequence[Conditions] = ()
) -> Witness | None:
    """An event in one of ``cells`` for which the conditions ``holding`` hold and those ``failing`` do not."""
    for each in cells:
        key = example(grid, each)
        state = solve(Setting.of(key), holding, failing).state
        if state is not None:
            return witness(key, state)
    return None
