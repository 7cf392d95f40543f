"""Mermaid: which events start the flows, and which flows start each other, as a chart that GitHub draws in Markdown.

Nodes are named by the ids of flows and events, and whatever people have written stands in quotes, as entities. What
happens only sometimes is dashed, and what can go round for ever is thick and red.
"""

from collections.abc import Iterator

from oncue.analysis.causes import Causes, Edge
from oncue.domain.steps import STEP_KINDS
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.domain.wording import flow_clause
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import exact
from oncue.text import visible
from oncue.workbench.escaping import mermaid_text

LABEL = "Mermaid"
FILE = "oncue.mmd"

_RED = "#b3261e"
_LONGEST = 160


def export(job: Job, /) -> Exported:
    """A chart. It runs nothing, so nothing is lost."""
    return Exported({FILE: "\n".join(_lines(job)) + "\n"}, tuple(exact(each, job.grid) for each in job.narrowed))


def _lines(job: Job) -> Iterator[str]:
    causes = Causes(job.workspace)
    flows = [each.flow for each in job.starting()]
    yield "flowchart LR"
    for kind, term in EVENT_KINDS.items():
        if any(flow.trigger.event == kind for flow in flows):
            yield f'    {kind}(["{term.label}"])'
    for flow in flows:
        clause = visible(flow_clause(flow, job.config), _LONGEST)
        yield f'    {_node(flow.id)}["{mermaid_text(visible(flow.name, _LONGEST))}<br/>{mermaid_text(clause)}"]'
    for flow in flows:
        yield f"    {flow.trigger.event} --> {_node(flow.id)}"
    loops = {(edge.source, edge.step, edge.target) for loop in causes.loops() for edge in loop.ring}
    in_loop: list[int] = []
    drawn: set[tuple[str, int, str]] = set()
    for edge in causes.edges:
        key = (edge.source, edge.step, edge.target)
        if key in drawn:  # another event of the same step
            continue
        if key in loops:
            in_loop.append(len(flows) + len(drawn))
        drawn.add(key)
        yield f"    {_node(edge.source)} {_arrow(edge, key in loops)}|{_label(edge, job)}| {_node(edge.target)}"
    if in_loop:
        yield f"    linkStyle {','.join(map(str, in_loop))} stroke:{_RED},color:{_RED}"


def _node(flow_id: str) -> str:
    return f"flow_{flow_id.replace('-', '_')}"


def _arrow(edge: Edge, in_loop: bool) -> str:
    if in_loop:
        return "==>"
    return "-->" if edge.always else "-.->"


def _label(edge: Edge, job: Job) -> str:
    step = job.workspace.flows[edge.source].steps[edge.step - 1]
    return f'"{mermaid_text(visible(STEP_KINDS[step.type].phrase(step), 60))}"'
