"""``oncue graph`` for people: loops first, then a tree of what each flow causes."""

from collections.abc import Iterator

from oncue.analysis.causes import Loop
from oncue.cli.output.paint import Paint
from oncue.text import counted, visible
from oncue.workbench.cause_graph import Cause, CauseGraph
from oncue.workbench.cause_tree import Branch, Root, branches, loop_words, summary

_LONGEST_NAME = 80


def graph_rows(graph: CauseGraph, paint: Paint) -> Iterator[str]:
    """All rows, safe to print."""
    yield from _summary(graph)
    for number, loop in enumerate(graph.loops, 1):
        yield from _loop(number, loop, graph, paint)
    yield from (row for branch in branches(graph) for row in _rows(branch, graph, paint))


def _summary(graph: CauseGraph) -> Iterator[str]:
    sources = len(graph.by_source)
    total = len(graph.workspace.flows)
    loops = counted(len(graph.loops), "loop") if graph.loops else "no loop"
    if graph.flow_id is None:
        cause = "causes an event that starts a flow" if sources == 1 else "cause events that start flows"
        yield f"{visible(graph.workspace.name)}: {sources:,} of {counted(total, 'flow')} {cause}; {loops}"
    else:
        name = visible(graph.name(graph.flow_id), _LONGEST_NAME)
        yield f"{graph.flow_id} ({name}): {summary(graph)}"


def _loop(number: int, loop: Loop, graph: CauseGraph, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint(f"⟳ loop {number} on {visible(graph.places(loop.instances))}", "magenta")
    yield from (f"    {words}" for words in loop_words(loop))


def _rows(branch: Branch, graph: CauseGraph, paint: Paint) -> Iterator[str]:
    node = branch.node
    if isinstance(node, Root):
        yield ""
        yield paint(node.flow_id, "bold") + _name(node.flow_id, graph)
    elif isinstance(node, Cause):
        yield f"{branch.lead}step {node.step}, {visible(node.what, _LONGEST_NAME)}: {visible(node.event)}"
    else:
        row = f"{'starts' if node.always else 'sometimes starts'} {node.flow_id}{_name(node.flow_id, graph)}"
        loop = "" if node.loop is None else f"{paint(f'⟳ loop {node.loop}:', 'magenta')} "
        aside = f"  ({branch.aside})" if branch.aside else ""
        yield f"{branch.lead}{loop}{row}{aside}"


def _name(flow_id: str, graph: CauseGraph) -> str:
    return f"  ({visible(graph.name(flow_id), _LONGEST_NAME)})"
