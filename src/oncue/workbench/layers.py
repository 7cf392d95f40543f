"""Places for the nodes of a directed graph in layers from left to right, such that few lines cross.

The usual way in four steps (Sugiyama): lines that lead back are found and turned round, each node goes as far to the
left as what it follows allows, nodes of a layer are ordered by the middle of their neighbours, and stacked.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

SWEEPS = 6


class Layout(NamedTuple):
    """The layers, each from top to bottom; and the lines that lead back to a layer further left, or to their own."""

    layers: tuple[tuple[int, ...], ...]
    back: frozenset[tuple[int, int]]


def layers_of(nodes: int, lines: Collection[tuple[int, int]]) -> Layout:
    """The layout of a graph of so many nodes, by number."""
    following: list[list[int]] = [[] for _ in range(nodes)]
    for source, target in sorted(set(lines)):
        following[source].append(target)
    back = _back(following)
    forward = [
        [target for target in targets if (source, target) not in back] for source, targets in enumerate(following)
    ]
    layer = _depths(forward)
    rows: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for node in range(nodes):
        rows[layer[node]].append(node)
    neighbours: list[list[int]] = [list(targets) for targets in forward]
    for source, targets in enumerate(forward):
        for target in targets:
            neighbours[target].append(source)
    return Layout(tuple(map(tuple, _ordered(rows, neighbours, layer))), back)


def _back(following: Sequence[Sequence[int]]) -> frozenset[tuple[int, int]]:
    """Lines to a node from which the search came; without them nothing goes round."""
    back: set[tuple[int, int]] = set()
    state = [0] * len(following)  # not seen, on the way, done
    starts = {target for targets in following for target in targets}
    for root in sorted(range(len(following)), key=lambda node: (node in starts, node)):
        if state[root]:
            continue
        state[root] = 1
        path = [(root, iter(following[root]))]
        while path:
            node, targets = path[-1]
            target = next(targets, None)
            if target is None:
                state[node] = 2
                path.pop()
            elif state[target] == 1:
                back.add((node, target))
            elif not state[target]:
                state[target] = 1
                path.append((target, iter(following[target])))
    return frozenset(back)


def _depths(forward: Sequence[Sequence[int]]) -> list[int]:
    """The longest way to each node."""
    incoming = [0] * len(forward)
    for targets in forward:
        for target in targets:
            incoming[target] += 1
    depth = [0] * len(forward)
    ready = [node for node, count in enumerate(incoming) if not count]
    while ready:
        node = ready.pop()
        for target in forward[node]:
            depth[target] = max(depth[target], depth[node] + 1)
            incoming[target] -= 1
            if not incoming[target]:
                ready.append(target)
    return depth


def _ordered(rows: list[list[int]], neighbours: Sequence[Sequence[int]], layer: Sequence[int]) -> list[list[int]]:
    """The nodes of each layer by the middle of their neighbours in the one before, and then in the one behind."""
    place: dict[int, float] = {node: number for row in rows for number, node in enumerate(row)}
    for sweep in range(SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for row in rows[::step]:
            row.sort(key=lambda node: (_middle(node, neighbours, layer, place, step), node))
            for number, node in enumerate(row):
                place[node] = number
    return rows


def _middle(
    node: int, neighbours: Sequence[Sequence[int]], layer: Sequence[int], place: Mapping[int, float], step: int
) -> float:
    beside = [place[each] for each in neighbours[node] if (layer[node] - layer[each]) * step > 0]
    return sum(beside) / len(beside) if beside else place[node]
