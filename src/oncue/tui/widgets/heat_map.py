"""Coverage as a heat map: what happened downwards, who did it across; the fuller a cell, the more flows answer it.

How full a cell is says what its colour says, so the picture is the same without colours. A cell has no number: how
many flows there are, and which, stands below for the cell under the cursor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.geometry import Size
from textual.message import Message

from oncue.analysis.coverage import Level
from oncue.analysis.decisions import WHO
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.coverage_matrix import HEADINGS, Row
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.spans import Line, Span, fitted, line, width_of

SHADES: Mapping[Level, Span] = {
    "none": ("·", "muted"),
    "sometimes": ("░", "warning"),
    "one": ("▒", "success"),
    "many": ("█", "accent"),
}
MEANINGS: Mapping[Level, str] = {"none": "none", "sometimes": "sometimes", "one": "one", "many": "several"}

_ROOMY, _NARROW = 92, 58
"""Cells from which on columns have their whole headings, and below which these are two letters."""

_SHORT: Mapping[str, str] = {"contact": "cont", "API key": "API", "campaign": "camp", "unknown": "unkn"}


class HeatMap(LineWidget, can_focus=True):
    """The rows of one picture, of which as many are drawn as there is room for, and a cursor on one cell."""

    BINDINGS = bindings("coverage")

    @dataclass(eq=False, repr=False)
    class Moved(Message):
        """The cursor is on another cell."""

    @dataclass(eq=False, repr=False)
    class Opened(Message):
        """The flows of the cell under the cursor are wanted."""

    @dataclass(eq=False, repr=False)
    class Turned(Message):
        """Another picture is wanted: the next one, or the one before."""

        by: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.row = self.column = self._top = 0

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show a picture, with the cursor where it was."""
        grows = len(rows) != len(self.rows)
        self.rows = rows
        if grows:
            self.refresh(layout=True)
        self.move(self.row, self.column)

    def move(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest one that there is."""
        if self.rows:
            self.row = max(0, min(row, len(self.rows) - 1))
            self.column = max(0, min(column, len(WHO) - 1))
            self.refresh()
            self.post_message(self.Moved())

    def lines(self, width: int) -> Sequence[Parts]:
        """The headings, and the rows that there is room for."""
        label, cell = _widths(width)
        room = max(1, self.content_size.height - 1)
        self._top = max(0, min(self._top, self.row, len(self.rows) - room), self.row - room + 1)
        seen = range(self._top, min(self._top + room, len(self.rows)))
        return [self._headings(label, cell), *(self._line(row, label, cell) for row in seen)]

    def _headings(self, label: int, cell: int) -> Line:
        above, below = self._top, len(self.rows) - self._top - max(1, self.content_size.height - 1)
        more = " ".join([*(["▲"] if above > 0 else []), *(["▼"] if below > 0 else [])])
        headings = (
            (_heading(HEADINGS[who], cell - 1).ljust(cell), "accent" if at == self.column else "muted")
            for at, who in enumerate(WHO)
        )
        return line((more.ljust(label), "muted"), *headings)

    def _line(self, number: int, label: int, cell: int) -> Parts:
        row = self.rows[number]
        look = EVENT_LOOKS[row.event]  # type: ignore[index]  # a kind of the vocabulary
        here = number == self.row
        words = fitted(line((_label(row, label), "strong" if here else "")), label - 3)
        gap = " " * (label - 2 - width_of(words))
        cells = (
            Target(self._cell(row, column, here and column == self.column, cell), number * len(WHO) + column)
            for column in range(len(WHO))
        )
        return [look.mark, (" ", ""), *words, (gap, ""), *cells]

    def _cell(self, row: Row, column: int, here: bool, cell: int) -> Line:
        shade, role = SHADES[row.counts[column].level]
        if here:
            return line(("❯", "strong"), (shade * (cell - 2), role), ("❮", "strong"))
        return line((shade * (cell - 1), role), " ")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + len(self.rows)

    def on_resize(self) -> None:
        self.refresh()  # the height decides which rows are seen

    def clicked(self, value: str | int) -> None:
        row, column = divmod(int(value), len(WHO))
        if (row, column) == (self.row, self.column):
            self.action_open()
        else:
            self.move(row, column)

    def action_move(self, rows: int, columns: int) -> None:
        self.move(self.row + rows, self.column + columns)

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def action_turn(self, by: int) -> None:
        self.post_message(self.Turned(by))


class Legend(LineWidget):
    """What the shades mean."""

    def lines(self, width: int) -> Sequence[Line]:
        return [line(*(part for level in SHADES for part in (_sample(level), (f" {MEANINGS[level]}  ", "muted"))))]


def _sample(level: Level) -> Span:
    shade, role = SHADES[level]
    return shade * 2, role


def _widths(width: int) -> tuple[int, int]:
    """Cells of the labels, and of each column."""
    cell = 10 if width >= _ROOMY + 22 else 9 if width >= _ROOMY + 13 else 6 if width >= _NARROW + 14 else 3
    return min(28, width - cell * len(WHO)), cell


def _heading(word: str, room: int) -> str:
    return word if len(word) <= room else _SHORT.get(word, word)[:room]


def _label(row: Row, room: int) -> str:
    """The event; of messages the types. In few cells one word of it."""
    if not row.messages:
        kind = row.event
        roomy = room >= 24
        return EVENT_KINDS[kind].label if roomy else EVENT_LOOKS[kind].word  # type: ignore[index]
    return row.label.removeprefix("Message: ")
