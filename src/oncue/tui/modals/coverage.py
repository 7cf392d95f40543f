"""Coverage: a heat map for each instance, and which flows answer the cell under the cursor, each of them to be opened.

It shows the flows as they are edited. All of it is computed in a thread, as is what the flows of a cell leave
unanswered, which takes solving; what a key does waits for neither.
"""

import asyncio
from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.widget import Widget

from oncue.analysis.coverage import Coverage
from oncue.tui.background import in_background
from oncue.tui.messages import Open
from oncue.tui.modals.dialog import Dialog, Frame
from oncue.tui.widgets.heat_map import SHADES, HeatMap, Legend
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.coverage_picture import Answer, Picture, gap_words, where_answered
from oncue.workbench.spans import Line, line

Found = tuple[Coverage, tuple[Picture, ...]]


class CoverageDialog(Dialog[Open | None]):
    """Dismissed with the flow to open, or with ``None``. ``compute`` is called in a thread."""

    AUTO_FOCUS = "HeatMap"
    KEYS = (
        ("↑ ↓ ← → h j k l", "go from cell to cell"),
        ("page up page down", "show the instance before, or the next one"),
        ("enter space", "open the flow; choose one if they are several"),
        ("? f1", "show or hide these keys"),
        ("esc ctrl+q", "close"),
    )
    DEFAULT_CSS = """
    CoverageDialog Frame { width: 100%; max-width: 126; height: 100%; max-height: 48; }
    CoverageDialog RowList { height: 1fr; margin: 0; }
    """
    BINDINGS = [("escape,ctrl+q", "close", "Close")]

    def __init__(self, compute: Callable[[], Found], flow_id: str | None) -> None:
        super().__init__()
        self._compute, self._flow_id = compute, flow_id
        self._coverage: Coverage | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._seen = 0
        self._gap = ""

    def compose(self) -> ComposeResult:
        heat_map, cell = HeatMap(id="coverage-map"), TextBlock([("Looking at all flows…", "muted")], id="coverage-cell")
        # Here and not in CSS, where the app's rule for all widgets of lines would win.
        heat_map.styles.max_height, cell.styles.height = "50%", 3
        with Frame("Coverage", "enter opens · page up, page down: other instances · ? keys · esc closes"):
            yield _Places(id="coverage-places")
            yield heat_map
            yield Legend(id="coverage-legend")
            yield cell
            yield RowList[Answer](_draw, id="coverage-flows")

    @property
    def keyboard(self) -> Widget | None:
        """Override: the map, or the list of flows while somebody chooses from it."""
        flows = next(iter(self.query(RowList)), None)
        return flows if flows is not None and flows is self.focused else super().keyboard

    def on_mount(self) -> None:
        in_background(self, self._begin, group="coverage")

    async def _begin(self) -> None:
        self._coverage, self._pictures = await asyncio.to_thread(self._compute)
        if not self._pictures:
            self._cell.show([("No channel is installed in this workspace, so nothing can happen.", "")])
            return
        self._seen, row, column = where_answered(self._pictures, self._flow_id)
        self._map.row, self._map.column = row, column
        self._show_picture()

    def _show_picture(self) -> None:
        picture, coverage = self._pictures[self._seen], self._coverage
        if coverage is not None:
            places = self.query_one(_Places)
            places.show(picture.title(coverage.grid.config), self._seen + 1, len(self._pictures))
            self._map.show(picture.rows)

    # What happens

    def on_heat_map_moved(self, event: HeatMap.Moved) -> None:
        event.stop()
        self._gap = ""
        self._show_cell()
        in_background(self, self._find_gap, group="gap", exclusive=True)

    async def _find_gap(self) -> None:
        if self._coverage is not None:
            at = (self._map.row, self._map.column)
            self._gap = await asyncio.to_thread(gap_words, self._coverage, self._pictures[self._seen], *at)
            self._show_cell()

    def _show_cell(self) -> None:
        if self._coverage is None:
            return
        picture, at = self._pictures[self._seen], (self._map.row, self._map.column)
        words = picture.words(*at, self._coverage.grid.config)
        self._cell.show([(words, "strong"), (self._gap, "warning")])
        answers = picture.answers(*at)
        flows = self.query_one(RowList)
        if answers != flows.rows:
            flows.show(answers, 0)

    def on_heat_map_turned(self, event: HeatMap.Turned) -> None:
        event.stop()
        if self._pictures:
            self._seen = (self._seen + event.by) % len(self._pictures)
            self._show_picture()

    def on_heat_map_opened(self, event: HeatMap.Opened) -> None:
        event.stop()
        if not self._pictures:
            return
        answers = self._pictures[self._seen].answers(self._map.row, self._map.column)
        if len(answers) == 1:
            self._open(answers[0])
        elif answers:
            self.set_focus(self.query_one(RowList))

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        self._open(event.row)

    def action_close(self) -> None:
        flows = self.query_one(RowList)
        if self.focused is flows:
            self.set_focus(self._map)
        else:
            self.end(None)

    def _open(self, answer: Answer) -> None:
        self.end(Open(answer.flow_id, ("trigger", "event")))

    @property
    def _map(self) -> HeatMap:
        return self.query_one(HeatMap)

    @property
    def _cell(self) -> TextBlock:
        return self.query_one("#coverage-cell", TextBlock)


class _Places(LineWidget):
    """Which instances are seen, between ways to the others."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title, self._number, self._total = "", 0, 0

    def show(self, title: str, number: int, total: int) -> None:
        """Show the names of the places, and that they are number ``number`` of ``total``."""
        self._title, self._number, self._total = title, number, total
        self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        title: Line = line((self._title, "accent"))
        if self._total < 2:
            return [title]
        turns = [Target(line(("‹ ", "accent")), -1), Target(line((f"{self._number} of {self._total}", "")), 1)]
        return [[*turns, Target(line((" ›  ", "accent")), 1), *title]]

    def clicked(self, value: str | int) -> None:
        self.post_message(HeatMap.Turned(int(value)))


def _draw(answer: Answer, width: int) -> list[Line]:
    shade, role = SHADES["one" if answer.always else "sometimes"]
    sure = "always" if answer.always else "sometimes"
    conditions = f"  {answer.conditions}" if answer.conditions and not answer.always else ""
    return [line((f"{shade} {sure:<9} ", role), answer.flow_id, (f"  {answer.name}{conditions}", "muted"))]
