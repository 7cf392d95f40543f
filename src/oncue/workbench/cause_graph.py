"""The graph of causes to look at: flows, the events that their steps cause, and the flows that these start.

What a step causes is a node of its own, so that one event that starts a hundred flows is a hundred lines and not a
hundred events. Names are as they are in the files, and not yet safe to show.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from oncue.analysis.causes import Causes, Edge, Loop
from oncue.domain.events import EventKey
from oncue.domain.steps import STEP_KINDS
from oncue.domain.wording import event_clause
from oncue.domain.workspace import Workspace


class Started(NamedTuple):
    """A flow that an event starts: always, or only sometimes; ``loop`` is the number of the loop that it belongs to."""

    flow_id: str
    always: bool
    loop: int | None


class Cause(NamedTuple):
    """What step number ``step`` of a flow causes, in words, and the flows that it starts."""

    source: str
    step: int
    what: str
    event: str
    edges: tuple[Edge, ...]
    started: tuple[Started, ...]


class CauseGraph:
    """The causes of a workspace, or those of one flow: what starts it, and what it starts."""

    def __init__(self, workspace: Workspace, flow_id: str | None = None) -> None:
        graph = Causes(workspace)
        self.workspace, self.flow_id = workspace, flow_id
        self.loops: tuple[Loop, ...] = tuple(loop for loop in graph.loops() if flow_id is None or flow_id in loop.flows)
        self._loop_of: defaultdict[str, list[int]] = defaultdict(list)
        for number, loop in enumerate(self.loops, 1):
            for each in loop.flows:
                self._loop_of[each].append(number)
        edges = graph.edges if flow_id is None else _about(graph, flow_id)
        self.causes: tuple[Cause, ...] = self._grouped(edges)

    @cached_property
    def flows(self) -> tuple[str, ...]:
        """The flows that cause or are caused, in order of id."""
        started = {each.flow_id for cause in self.causes for each in cause.started}
        return tuple(sorted({*(cause.source for cause in self.causes), *started, *filter(None, (self.flow_id,))}))

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Cause, ...]]:
        """What each flow causes, in order of its steps."""
        found: defaultdict[str, list[Cause]] = defaultdict(list)
        for cause in self.causes:
            found[cause.source].append(cause)
        return {flow_id: tuple(causes) for flow_id, causes in found.items()}

    def name(self, flow_id: str) -> str:
        """What people call the flow."""
        return self.workspace.flows[flow_id].name

    def places(self, instances: Iterable[str]) -> str:
        """The names of instances, shortened where they are many."""
        names = [self.workspace.config.by_id[each].name for each in instances]
        return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

    def _grouped(self, edges: Iterable[Edge]) -> tuple[Cause, ...]:
        found: dict[tuple[str, int, EventKey, tuple[str, ...]], list[Edge]] = {}
        for edge in edges:
            found.setdefault((edge.source, edge.step, edge.event.key, edge.instances), []).append(edge)
        return tuple(self._cause(alike) for _, alike in sorted(found.items(), key=lambda item: item[0][:2]))

    def _cause(self, edges: list[Edge]) -> Cause:
        first = edges[0]
        step = self.workspace.flows[first.source].steps[first.step - 1]
        more = f" and {len(first.instances) - 1} more" if len(first.instances) > 1 else ""
        started = (Started(edge.target, edge.always, self._loop(edge)) for edge in edges)
        return Cause(
            first.source,
            first.step,
            STEP_KINDS[step.type].phrase(step),
            f"{event_clause(first.event, self.workspace.config)}{more}",
            tuple(sorted(edges, key=lambda edge: edge.target)),
            tuple(sorted(started)),
        )

    def _loop(self, edge: Edge) -> int | None:
        both = (each for each in self._loop_of.get(edge.source, ()) if each in self._loop_of.get(edge.target, ()))
        return next((each for each in both if set(edge.instances) & set(self.loops[each - 1].instances)), None)


def _about(graph: Causes, flow_id: str) -> Iterable[Edge]:
    outgoing = graph.edges_from(flow_id)
    return (*(edge for edge in graph.edges_to(flow_id) if edge.source != flow_id), *outgoing)
