"""A list of any length that draws only the rows that are visible.

Textual's own lists measure or mount every row; with 10,000 flows that takes seconds, or half a second for each letter
of a filter. Here a row is any value, drawn by a function when it comes into view, so the length of the list does not
matter. After a change the visible lines are made again, and only those that differ are drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Self, TypeVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.focus import UnstyledFocus, focus_came
from oncue.tui.framework.line_cache import keep_lines
from oncue.tui.framework.scrolling import StillBars, update_scrollbars, virtual_size_reactive
from oncue.tui.host import host
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import strip_of
from oncue.workbench.spans import Line

R = TypeVar("R")
Draw = Callable[[R, int], Sequence[Line]]
"""Draws a row in a width: as many lines as the list gives each row."""


_RIGHT = 3
"""The right button of the mouse."""


class _Seen(NamedTuple):
    """A line that is seen, and the number of its row; ``ground``: what it lies on, if the cursor is on that row."""

    line: Line = ()
    row: int | None = None
    ground: str = ""

    def looks_like(self, other: "_Seen") -> bool:
        """Whether both are drawn alike."""
        return self.line == other.line and self.ground == other.ground

    def on(self, ground: str) -> "_Seen":
        """The same line on another ground."""
        return self if ground == self.ground else self._replace(ground=ground)


def _ground(row: int | None, band: range, active: bool) -> str:
    """What the lines of a row lie on, if the cursor is on the rows of ``band``."""
    return ("highlight" if active else "row") if row is not None and row in band else ""


class RowList(UnstyledFocus, StillBars, ScrollView, Generic[R], can_focus=True):
    """A list with a cursor. ``height`` is the number of lines of each row; ``empty`` is shown if there are no rows.

    While it is not ``active`` its cursor is dimmed, so that there is one bright cursor on the screen.
    """

    BINDINGS = bindings("list")
    virtual_size = virtual_size_reactive(repaint=False)
    active = True

    @dataclass(eq=False, repr=False)
    class Moved(Message):
        """The cursor is on another row: ``row``, which may be gone from the list when this is heard."""

        rows: "RowList"  # type: ignore[type-arg]
        row: Any

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """``row`` was picked, by enter or by a click."""

        rows: "RowList"  # type: ignore[type-arg]
        row: Any
        clicks: int = 0

    @dataclass(eq=False, repr=False)
    class Marked(Message):
        """``row`` was clicked to be marked: with the right button or ctrl, or with shift, which means all up to it."""

        row: Any
        up_to: bool

    def __init__(self, draw: "Draw[R]", *, height: int = 1, empty: Sequence[Line] = (), id: str | None = None) -> None:
        super().__init__(id=id)
        keep_lines(self)
        self._draw, self._row_height, self.empty = draw, height, empty
        self.rows: Sequence[R] = ()
        self.cursor = 0
        self._made: tuple[tuple[Size, int], list[_Seen]] | None = None
        self._redrawing = False

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def band(self) -> range:
        """The rows that the cursor is shown on."""
        return range(self.cursor, self.cursor + 1)

    def show(self, rows: Sequence[R], cursor: int | None = None) -> None:
        """Show ``rows``, with the cursor on the given one, or near where it was."""
        self.rows = rows
        wanted = self.cursor if cursor is None else cursor
        self.cursor = max(0, min(wanted, len(rows) - 1))
        self._fit()
        self._follow()
        self.redraw()

    def redraw(self) -> None:
        """Draw the lines that look different from before."""
        before, self._made = self._made, None
        self._refresh_lines(before)

    def _refresh_lines(self, before: "tuple[tuple[Size, int], list[_Seen]] | None") -> None:
        """Draw the lines that look different from those that were seen ``before``."""
        now = self._seen()
        if before is None or before[0] != self._view or len(before[1]) != len(now):
            self.refresh()
            return
        self._redrawing = True
        for y, (old, new) in enumerate(zip(before[1], now, strict=True)):
            if not old.looks_like(new):
                self.refresh(Region(0, y, self._view[0].width, 1))
        self._redrawing = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Override: make the lines again, too."""
        if not self._redrawing:
            self._made = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def activate(self, active: bool) -> None:
        """Draw the cursor bright, or dimmed."""
        if active != self.active:
            self.active = active
            self.redraw()

    def set_row_height(self, height: int) -> None:
        """Give each row another number of lines; the function that draws them has to know."""
        if height != self._row_height:
            self._row_height = height
            self._fit()
            self._follow()
            self.refresh()

    def move(self, index: int, tell: bool = True) -> None:
        """Put the cursor on a row, seen or not."""
        index = max(0, min(index, len(self.rows) - 1))
        if index == self.cursor or not self.rows:
            return
        self.cursor = index
        if tell and isinstance(self.parent, Widget):
            # First, and not by way of this list: what is shown of the row is then drawn in one frame with the cursor.
            self.parent.post_message(self.Moved(self, self.rows[index]))
        self._follow()
        before = self._made
        if before is not None and before[0] == self._view:
            band = self.band  # but for its ground a row looks alike wherever the cursor is
            self._made = before[0], [each.on(_ground(each.row, band, self.active)) for each in before[1]]
        self._refresh_lines(before)

    def watch_virtual_size(self) -> None:
        update_scrollbars(self)
        if self.styles.is_auto_height:
            self.refresh(layout=True)

    def on_resize(self) -> None:
        self._fit()
        self._follow()

    def render_line(self, y: int) -> Strip:
        lines = self._seen()
        seen = lines[y] if y < len(lines) else _Seen()
        base, role_styles = self.visual_style.rich_style, host(self).role_styles
        ground = base + role_styles[seen.ground] if seen.ground else base
        return strip_of(seen.line, self._view[0].width, ground, role_styles)

    @property
    def _view(self) -> tuple[Size, int]:
        """The visible part of the list: its size in cells, and its first line."""
        return self.scrollable_content_region.size, self.scroll_offset.y

    def _seen(self) -> "list[_Seen]":
        """The visible lines, made once after each `refresh`."""
        view = self._view
        if self._made is None or self._made[0] != view:
            self._made = view, self._make(*view)
        return self._made[1]

    def _make(self, size: Size, top: int) -> "list[_Seen]":
        width, height = size
        if not self.rows:
            return [_Seen(each) for each in self.empty[:height]]
        first, skipped = divmod(top, self._row_height)
        made: list[_Seen] = []
        band = self.band
        for index in range(first, min(first + height // self._row_height + 2, len(self.rows))):
            drawn = self._draw(self.rows[index], width)
            ground = _ground(index, band, self.active)
            lines = [*drawn, *((),) * self._row_height][: self._row_height]
            made += [_Seen(each, index, ground) for each in lines]
        made = made[skipped : skipped + height]
        return made + [_Seen()] * (height - len(made))

    def on_focus(self, event: events.Focus) -> None:
        focus_came(self, event, self.redraw)  # only the cursor looks different

    def on_blur(self, event: events.Blur) -> None:
        focus_came(self, event, self.redraw)

    def on_click(self, event: events.Click) -> None:
        # Each seen line knows its row. In the style of its cells it would make lines differ that look alike.
        offset = event.get_content_offset(self)
        seen = self._seen()
        if offset is None or offset.y >= len(seen):
            return
        row = seen[offset.y].row
        if row is not None and row < len(self.rows):
            if event.shift or event.ctrl or event.button == _RIGHT:
                self.post_message(self.Marked(self.rows[row], event.shift))
                return
            self.move(row)
            self.post_message(self.Chosen(self, self.rows[row], event.chain))

    def action_cursor(self, by: int) -> None:
        self.move(self.cursor + by)

    def action_page(self, by: int) -> None:
        self.move(self.cursor + by * max(1, self.scrollable_content_region.height // self._row_height - 1))

    def action_edge(self, end: bool) -> None:
        self.move(len(self.rows) - 1 if end else 0)

    def action_choose(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self, self.rows[self.cursor]))

    def _fit(self) -> None:
        width, room = self.scrollable_content_region.size
        height = len(self.rows) * self._row_height if self.rows else len(self.empty)
        if self.rows and height > room:  # the last page begins with a whole row, too
            height += (room - height) % self._row_height
        self.virtual_size = Size(width, height)

    def _follow(self) -> None:
        top = self.cursor * self._row_height
        room = self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
            return
        bottom = min(self.band.stop * self._row_height, top + max(room, self._row_height))
        if bottom > self.scroll_offset.y + room > 0:
            first = bottom - room
            # The list begins with a whole row, where that leaves the cursor in sight.
            self.scroll_to(y=min(first + -first % self._row_height, top), animate=False, force=True)
