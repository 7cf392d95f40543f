"""The graph of causes as a tree: loops first, then what each flow causes, for whoever draws it line by line.

A flow that was shown is not shown again, and a branch that grows too deep goes on further below, so that the tree is
never longer than the graph. Names are as they are in the files, and not yet safe to show.
"""

from collections.abc import Iterator, Sequence, Sized
from typing import NamedTuple

from oncue.analysis.causes import Loop
from oncue.text import counted
from oncue.workbench.cause_graph import Cause, CauseGraph, Started

DEEPEST = 8


class Root(NamedTuple):
    """The flow that a tree begins with."""

    flow_id: str


class Branch(NamedTuple):
    """What a step causes, or a flow, with the lines that lead to it; ``aside``: where a flow's own branches are."""

    lead: str
    node: Cause | Started | Root
    aside: str = ""


class _Waiting(NamedTuple):
    """A branch to come: the lead of its parent, whether it is the last one there, and how deep it is."""

    lead: str
    last: bool
    depth: int
    node: Cause | Started


def summary(graph: CauseGraph) -> str:
    """How many flows start the one that the graph is about, how many it starts, and the loops."""
    flow_id = graph.flow_id
    before = {cause.source for cause in graph.causes if any(each.flow_id == flow_id for each in cause.started)}
    after = {each.flow_id for cause in graph.by_source.get(flow_id or "", ()) for each in cause.started}
    return f"started by {_or_no(before, 'flow')}, starts {_or_no(after, 'flow')}; {_or_no(graph.loops, 'loop')}"


def _or_no(things: Sized, name: str) -> str:
    return counted(len(things), name) if things else f"no {name}"


def loop_words(loop: Loop) -> list[str]:
    """The way round, and what else is to be said of the loop, in lines."""
    steps = [f"{edge.source} (step {edge.step})" for edge in loop.ring]
    words = [" → ".join([*steps, loop.ring[0].source])]
    if not all(edge.always for edge in loop.ring):
        words.append("where conditions allow it")
    if (more := len(loop.flows) - len({edge.source for edge in loop.ring})) > 0:
        words.append(f"and by other ways through {counted(more, 'more flow')}")
    return words


def branches(graph: CauseGraph) -> Iterator[Branch]:
    """A tree for each flow that no other one starts, then for those that are left."""
    return _Tree(graph).branches()


class _Tree:
    def __init__(self, graph: CauseGraph) -> None:
        self._graph = graph
        self._shown: set[str] = set()

    def branches(self) -> Iterator[Branch]:
        sources = self._graph.by_source
        others = {
            each.flow_id for cause in self._graph.causes for each in cause.started if each.flow_id != cause.source
        }
        for flow_id in (*(each for each in sources if each not in others), *sources):
            if flow_id not in self._shown:
                self._shown.add(flow_id)
                yield Branch("", Root(flow_id))
                yield from self._below(flow_id)

    def _below(self, flow_id: str) -> Iterator[Branch]:
        waiting = self._waiting(self._graph.by_source.get(flow_id, ()), "", 0)
        while waiting:
            each = waiting.pop()
            lead = each.lead + ("└─ " if each.last else "├─ ")
            below = each.lead + ("   " if each.last else "│  ")
            if isinstance(each.node, Cause):
                yield Branch(lead, each.node)
                waiting += self._waiting(each.node.started, below, each.depth)
                continue
            started = each.node.flow_id
            goes_on = started not in self._shown and each.depth < DEEPEST
            yield Branch(lead, each.node, "" if goes_on else self._elsewhere(each.node))
            if goes_on:
                self._shown.add(started)
                waiting += self._waiting(self._graph.by_source.get(started, ()), below, each.depth + 1)

    def _waiting(self, nodes: Sequence[Cause | Started], lead: str, depth: int) -> list[_Waiting]:
        """The last first, because they are taken from the end."""
        found = [_Waiting(lead, number == len(nodes), depth, node) for number, node in enumerate(nodes, 1)]
        return found[::-1]

    def _elsewhere(self, started: Started) -> str:
        if started.loop is not None or started.flow_id not in self._graph.by_source:
            return ""
        return "see above" if started.flow_id in self._shown else "see below"
