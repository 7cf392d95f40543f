"""``oncue graph`` for other programs: Mermaid (which GitHub draws in Markdown), DOT (Graphviz) and JSON.

Nodes have numbers for names, so that no name of a flow is ever taken for syntax. Loops have thick lines and the sign ⟳,
what happens only sometimes has dashed ones.
"""

from collections.abc import Callable, Iterator
from typing import Any

from oncue.cli.output.json_stream import JsonStream
from oncue.domain.plain import as_plain
from oncue.text import visible
from oncue.workbench.cause_graph import Cause, CauseGraph
from oncue.workbench.escaping import dot_text, mermaid_text

_LONGEST = 80


def mermaid_rows(graph: CauseGraph) -> Iterator[str]:
    """A flowchart: flows are boxes, what their steps cause is rounded."""
    numbers = {flow_id: number for number, flow_id in enumerate(graph.flows)}
    yield "flowchart LR"
    for flow_id, number in numbers.items():
        yield f'    f{number}["{flow_id}<br/>{mermaid_text(_short(graph.name(flow_id)))}"]'
    line, in_loop = 0, []
    for number, cause in enumerate(graph.causes):
        what, event = mermaid_text(_short(f"step {cause.step}: {cause.what}")), mermaid_text(_short(cause.event, 160))
        yield f'    e{number}(["{what}<br/>{event}"])'
        loops = any(each.loop is not None for each in cause.started)
        yield f"    f{numbers[cause.source]} {'==>' if loops else '-->'} e{number}"
        in_loop += [line] if loops else []
        line += 1
        for each in cause.started:
            arrow = ("==>" if each.loop is not None else "-->") if each.always else "-.->"
            label = '|"⟳"|' if each.loop is not None else ""
            yield f"    e{number} {arrow}{label} f{numbers[each.flow_id]}"
            in_loop += [line] if each.loop is not None else []
            line += 1
    if in_loop:
        yield f"    linkStyle {','.join(map(str, in_loop))} stroke:#b3261e,color:#b3261e"


def dot_rows(graph: CauseGraph) -> Iterator[str]:
    """A digraph: flows are boxes, what their steps cause is rounded."""
    numbers = {flow_id: number for number, flow_id in enumerate(graph.flows)}
    yield "digraph causes {"
    yield "    rankdir=LR;"
    yield '    node [fontname="Helvetica", fontsize=11];'
    for flow_id, number in numbers.items():
        yield f'    f{number} [shape=box, label="{flow_id}\\n{dot_text(_short(graph.name(flow_id)))}"];'
    for number, cause in enumerate(graph.causes):
        what, event = dot_text(_short(f"step {cause.step}: {cause.what}")), dot_text(_short(cause.event, 160))
        yield f'    e{number} [shape=box, style=rounded, label="{what}\\n{event}"];'
        loops = any(each.loop is not None for each in cause.started)
        yield f"    f{numbers[cause.source]} -> e{number}{_dot_line(loops, True, '')};"
        for each in cause.started:
            look = _dot_line(each.loop is not None, each.always, "⟳")
            yield f"    e{number} -> f{numbers[each.flow_id]}{look};"
    yield "}"


def _dot_line(loop: bool, always: bool, label: str) -> str:
    parts = [] if always else ["style=dashed"]
    if loop:
        parts += ['color="#b3261e"', "penwidth=2", *([f'label="{label}"'] if label else [])]
    return f" [{', '.join(parts)}]" if parts else ""


def write_graph_json(graph: CauseGraph, write: Callable[[bytes], object]) -> None:
    """One object: flows, what their steps cause, and loops, by the numbers that they have from 1."""
    stream = JsonStream(write)
    stream.member("workspace", graph.workspace.name)
    stream.member("flows", [{"id": flow_id, "name": graph.name(flow_id)} for flow_id in graph.flows])
    stream.begin_list("causes")
    for cause in graph.causes:
        stream.item(_cause_json(cause))
    stream.end_list()
    stream.begin_list("loops")
    for loop in graph.loops:
        ring = [{"flow": edge.source, "step": edge.step, "starts": edge.target} for edge in loop.ring]
        always = all(edge.always for edge in loop.ring)
        stream.item({"flows": loop.flows, "ring": ring, "always": always, "instances": loop.instances})
    stream.end_list()
    stream.close()


def _cause_json(cause: Cause) -> dict[str, Any]:
    first = cause.edges[0]
    return {
        "flow": cause.source,
        "step": cause.step,
        "event": as_plain(first.event),
        "instances": first.instances,
        "words": cause.event,
        "starts": [{"flow": each.flow_id, "always": each.always, "loop": each.loop} for each in cause.started],
    }


def _short(text: str, most: int = _LONGEST) -> str:
    return visible(text, most)
