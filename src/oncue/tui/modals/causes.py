"""Causes: what starts the open flow and what it starts, as a tree of which each line leads to its flow or step.

It shows the flows as they are edited. The graph is computed in a thread.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import NamedTuple

from textual.app import ComposeResult

from oncue.tui.background import in_background
from oncue.tui.messages import Open
from oncue.tui.modals.dialog import Dialog, Frame
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.cause_graph import Cause, CauseGraph
from oncue.workbench.cause_tree import Branch, Root, branches, loop_words, summary
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.spans import Line, line


class CauseRow(NamedTuple):
    """A line, and the flow and the field that it leads to, if any."""

    spans: Line
    leads_to: tuple[str, tuple[str | int, ...]] | None


class CausesDialog(Dialog[Open | None]):
    """Dismissed with what to open, or with ``None``. ``compute`` is called in a thread."""

    AUTO_FOCUS = "RowList"
    KEYS = (
        ("↑ ↓ j k", "go from line to line"),
        ("enter", "open the flow or the step"),
        ("? f1", "show or hide these keys"),
        ("esc ctrl+q", "close"),
    )
    DEFAULT_CSS = """
    CausesDialog Frame { width: 100%; max-width: 126; }
    CausesDialog RowList { height: auto; max-height: 60vh; min-height: 2; margin: 1 0 0 0; }
    """
    BINDINGS = [("escape,ctrl+q", "close", "Close")]

    def __init__(self, name: str, compute: Callable[[], CauseGraph]) -> None:
        super().__init__()
        self._name_of_flow, self._compute = name, compute

    def compose(self) -> ComposeResult:
        with Frame(f"Causes · {self._name_of_flow}", "enter opens · esc closes"):
            yield TextBlock([("Looking at all flows…", "muted")], id="causes-summary")
            yield RowList[CauseRow](_draw, id="causes-rows")

    def on_mount(self) -> None:
        in_background(self, self._begin, group="causes")

    async def _begin(self) -> None:
        graph = await asyncio.to_thread(self._compute)
        rows = list(cause_rows(graph))
        self.query_one(TextBlock).show([(f"{graph.flow_id}: {summary(graph)}", "strong")])
        here = next((at for at, row in enumerate(rows) if row.leads_to and row.leads_to[0] == graph.flow_id), 0)
        self.query_one(RowList).show(rows, here)

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        if event.row.leads_to is not None:
            self.end(Open(*event.row.leads_to))

    def action_close(self) -> None:
        self.end(None)


def cause_rows(graph: CauseGraph) -> Iterator[CauseRow]:
    """All lines: the loops, then the tree."""
    for number, loop in enumerate(graph.loops, 1):
        first = (loop.flows[0], ("trigger", "event"))
        yield CauseRow(line((f"⟳ loop {number} on {graph.places(loop.instances)}", "warning")), first)
        yield from (CauseRow(line((f"    {words}", "")), first) for words in loop_words(loop))
    for number, branch in enumerate(branches(graph)):
        if isinstance(branch.node, Root) and (number or graph.loops):
            yield CauseRow((), None)
        yield _row(branch, graph)


def _row(branch: Branch, graph: CauseGraph) -> CauseRow:
    node, lead = branch.node, (branch.lead, "muted")
    if isinstance(node, Cause):
        kind = node.edges[0].event.event
        words = line(
            lead, (f"step {node.step}, {node.what}: ", ""), EVENT_LOOKS[kind].mark, (f" {node.event}", "muted")
        )
        return CauseRow(words, (node.source, ("steps", node.step - 1)))
    # The flow that all of this is about stands out.
    name = (f"  {graph.name(node.flow_id)}", "muted")
    flow = (node.flow_id, "strong" if node.flow_id == graph.flow_id else "accent")
    leads_to = (node.flow_id, ("trigger", "event"))
    if isinstance(node, Root):
        return CauseRow(line(flow, name), leads_to)
    loop = ("" if node.loop is None else f"⟳ loop {node.loop}: ", "warning")
    starts = ("starts " if node.always else "sometimes starts ", "")
    aside = (f"  ({branch.aside})" if branch.aside else "", "muted")
    return CauseRow(line(lead, loop, starts, flow, name, aside), leads_to)


def _draw(row: CauseRow, _width: int) -> list[Line]:
    return [row.spans]
