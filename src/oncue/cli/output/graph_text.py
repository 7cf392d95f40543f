"""``oncue graph`` for people: loops first, then a tree of what each flow causes.

A flow that was shown is not shown again, and a branch that grows too deep goes on further below, so that the tree is
never longer than the graph.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oncue.analysis.causes import Loop
from oncue.cli.output.paint import Paint
from oncue.text import counted, visible
from oncue.workbench.cause_graph import Cause, CauseGraph, Started

DEEPEST = 8
_LONGEST_NAME = 80


class _Branch(NamedTuple):
    """Something to be written: what a step causes, or a flow, with the lines that lead to it."""

    lead: str
    last: bool
    depth: int
    node: Cause | Started


def graph_rows(graph: CauseGraph, paint: Paint) -> Iterator[str]:
    """All rows, safe to print."""
    yield from _summary(graph)
    for number, loop in enumerate(graph.loops, 1):
        yield from _loop(number, loop, graph, paint)
    yield from _Tree(graph, paint).rows()


def _summary(graph: CauseGraph) -> Iterator[str]:
    sources = len(graph.by_source)
    total = len(graph.workspace.flows)
    loops = counted(len(graph.loops), "loop") if graph.loops else "no loop"
    if graph.flow_id is None:
        cause = "causes an event that starts a flow" if sources == 1 else "cause events that start flows"
        yield f"{visible(graph.workspace.name)}: {sources:,} of {counted(total, 'flow')} {cause}; {loops}"
    else:
        before = {
            cause.source for cause in graph.causes if any(each.flow_id == graph.flow_id for each in cause.started)
        }
        after = {each.flow_id for cause in graph.by_source.get(graph.flow_id, ()) for each in cause.started}
        name = visible(graph.name(graph.flow_id), _LONGEST_NAME)
        yield (
            f"{graph.flow_id} ({name}): started by {counted(len(before), 'flow')}, "
            f"starts {counted(len(after), 'flow')}; {loops}"
        )


def _loop(number: int, loop: Loop, graph: CauseGraph, paint: Paint) -> Iterator[str]:
    steps = [f"{edge.source} (step {edge.step})" for edge in loop.ring]
    certain = all(edge.always for edge in loop.ring)
    yield ""
    yield paint(f"⟳ loop {number} on {visible(graph.places(loop.instances))}", "magenta")
    yield f"    {' → '.join([*steps, loop.ring[0].source])}"
    if not certain:
        yield "    where conditions allow it"
    if (more := len(loop.flows) - len({edge.source for edge in loop.ring})) > 0:
        yield f"    and by other ways through {counted(more, 'more flow')}"


class _Tree:
    def __init__(self, graph: CauseGraph, paint: Paint) -> None:
        self._graph, self._paint = graph, paint
        self._shown: set[str] = set()

    def rows(self) -> Iterator[str]:
        """A tree for each flow that no other one starts, then for those that are left."""
        sources = self._graph.by_source
        others = {
            each.flow_id for cause in self._graph.causes for each in cause.started if each.flow_id != cause.source
        }
        for flow_id in (*(each for each in sources if each not in others), *sources):
            if flow_id not in self._shown:
                self._shown.add(flow_id)
                yield ""
                yield self._paint(flow_id, "bold") + self._name(flow_id)
                yield from self._below(flow_id)

    def _below(self, flow_id: str) -> Iterator[str]:
        waiting = self._branches(self._graph.by_source.get(flow_id, ()), "", 0)
        while waiting:
            branch = waiting.pop()
            corner = "└─ " if branch.last else "├─ "
            lead = branch.lead + ("   " if branch.last else "│  ")
            if isinstance(branch.node, Cause):
                yield f"{branch.lead}{corner}{self._cause(branch.node)}"
                waiting += self._branches(branch.node.started, lead, branch.depth)
            else:
                goes_on = self._goes_on(branch.node.flow_id, branch.depth)
                elsewhere = "" if goes_on else self._elsewhere(branch.node)
                yield f"{branch.lead}{corner}{self._started(branch.node)}{elsewhere}"
                if goes_on:
                    self._shown.add(branch.node.flow_id)
                    causes = self._graph.by_source.get(branch.node.flow_id, ())
                    waiting += self._branches(causes, lead, branch.depth + 1)

    def _branches(self, nodes: Sequence[Cause | Started], lead: str, depth: int) -> list[_Branch]:
        """The last first, because they are taken from the end."""
        found = [_Branch(lead, number == len(nodes), depth, node) for number, node in enumerate(nodes, 1)]
        return found[::-1]

    def _goes_on(self, flow_id: str, depth: int) -> bool:
        return flow_id not in self._shown and depth < DEEPEST

    def _elsewhere(self, started: Started) -> str:
        if started.loop is not None:
            return ""
        if started.flow_id in self._shown:
            return "  (see above)" if started.flow_id in self._graph.by_source else ""
        return "  (see below)" if started.flow_id in self._graph.by_source else ""

    def _cause(self, cause: Cause) -> str:
        return f"step {cause.step}, {visible(cause.what, _LONGEST_NAME)}: {visible(cause.event)}"

    def _started(self, started: Started) -> str:
        word = "starts" if started.always else "sometimes starts"
        row = f"{word} {started.flow_id}{self._name(started.flow_id)}"
        return row if started.loop is None else f"{self._paint(f'⟳ loop {started.loop}:', 'magenta')} {row}"

    def _name(self, flow_id: str) -> str:
        return f"  ({visible(self._graph.name(flow_id), _LONGEST_NAME)})"
