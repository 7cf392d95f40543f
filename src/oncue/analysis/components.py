"""Strongly connected components of a graph: the groups of nodes in which each can be reached from each other one.

Tarjan's algorithm, with a stack of its own instead of recursion: a chain of flows can be as long as there are flows.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node")


def components(nodes: Iterable[Node], successors: Callable[[Node], Iterable[Node]]) -> Iterator[list[Node]]:
    """The components that can be reached from ``nodes``; a node that is in no circle is one of its own."""
    number: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    open_nodes: list[Node] = []
    is_open: set[Node] = set()
    for start in nodes:
        if start in number:
            continue
        path = [(start, iter(successors(start)))]
        number[start] = lowest[start] = len(number)
        open_nodes.append(start)
        is_open.add(start)
        while path:
            node, rest = path[-1]
            for each in rest:
                if each not in number:
                    number[each] = lowest[each] = len(number)
                    open_nodes.append(each)
                    is_open.add(each)
                    path.append((each, iter(successors(each))))
                    break
                if each in is_open:
                    lowest[node] = min(lowest[node], number[each])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    group: list[Node] = []
                    while True:
                        each = open_nodes.pop()
                        is_open.discard(each)
                        group.append(each)
                        if each == node:
                            break
                    yield group
