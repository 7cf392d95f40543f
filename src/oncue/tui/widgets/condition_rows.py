"""The conditions of a flow, a row each, and a last row that adds one.

One widget draws all rows and has a cursor of its own, as chips do. What a row says is wrapped and never cut: what has
to hold for a flow to start must not be guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.message import Message

from oncue.tui.host import host
from oncue.tui.shortcuts import BY_ID, bindings, in_use, shown
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.condition_list import ConditionRow
from oncue.workbench.spans import Line, line, width_of, wrapped

ADD = ""
"""The key of the last row."""


class ConditionRows(LineWidget, can_focus=True):
    """Rows to edit and to remove."""

    BINDINGS = bindings("conditions")

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A condition was picked to be edited, or ``ADD``."""

        key: str

    @dataclass(eq=False, repr=False)
    class Removed(Message):
        """A condition is to be removed."""

        key: str

    @dataclass(eq=False, repr=False)
    class Passed(Message):
        """The cursor was moved beyond the first or the last row."""

        rows: "ConditionRows"
        by: int

    def __init__(self, *, id: str, label: str = "", label_width: int = 0) -> None:
        super().__init__(id=id, label=label, label_width=label_width)
        self.rows: tuple[ConditionRow, ...] = ()
        self.key = ADD
        self._adds = True
        self._cursor = 0

    def show(self, rows: Sequence[ConditionRow], adds: bool) -> None:
        """Show ``rows``, and the one that adds a condition if it ``adds``. The cursor stays on its condition."""
        if (self.rows, self._adds) == (rows, adds):
            return
        before = len(self.lines(self.room))
        self.rows, self._adds = tuple(rows), adds
        keys = self._keys
        self._cursor = keys.index(self.key) if self.key in keys else max(0, min(self._cursor, len(keys) - 1))
        self.refresh(layout=not self.room or len(self.lines(self.room)) != before)
        if self.has_focus:
            self.call_after_refresh(self._follow)

    def go_to(self, key: str) -> None:
        """Put the cursor on a condition, which may come only later."""
        self.key = key
        if key in self._keys:
            self._cursor = self._keys.index(key)
        self.refresh()

    def go_to_edge(self, end: bool) -> None:
        """Put the cursor on the first or the last row."""
        keys = self._keys
        if keys:
            self.go_to(keys[-1 if end else 0])

    def lines(self, width: int) -> Sequence[Parts]:
        return [each for index in range(len(self._keys)) for each in self._row(index, width)]

    def on_focus(self) -> None:
        self.refresh()
        self.call_after_refresh(self._follow)

    def on_blur(self) -> None:
        self.refresh()

    def clicked(self, value: str | int) -> None:
        act, _, key = str(value).partition(" ")
        self.go_to(key)
        if act == "remove":
            self.post_message(self.Removed(key))
        else:
            self.post_message(self.Chosen(key))

    def action_move(self, by: int) -> None:
        to = self._cursor + by
        if 0 <= to < len(self._keys):
            self.go_to(self._keys[to])
            self._follow()
        else:
            self.post_message(self.Passed(self, by))

    def action_edit(self) -> None:
        if self._keys:
            self.post_message(self.Chosen(self._keys[self._cursor]))

    def action_remove(self) -> None:
        if self._cursor < len(self.rows):
            self.post_message(self.Removed(self.rows[self._cursor].key))

    @property
    def _keys(self) -> list[str]:
        return [*(row.key for row in self.rows), *([ADD] if self._adds else [])]

    def _row(self, index: int, width: int) -> list[Parts]:
        here = self.has_focus and index == self._cursor
        pointer = ("❯ " if here else "  ", "accent")
        if index == len(self.rows):
            keys = in_use(BY_ID["trigger.condition"], host(self).keymap).split(",")
            add = line(pointer, (f"{shown(min(keys, key=len))} ", "accent"), ("Add a condition", "muted"))
            return [Target(add, f"edit {ADD}")]
        row = self.rows[index]
        role = "accent" if here else ""
        said: Line = line(("! ", "error"), (row.words, role), (f": {row.wrong}", "error")) if row.wrong else ()
        room = max(width - 3, 8)
        first, *more = wrapped(line(pointer) + (said or line((row.words, role))), room, indent=4)
        edit = Target((*first, (" " * (room - width_of(first)), "")), f"edit {row.key}")
        remove = Target(line((" x ", "accent" if here else "muted")), f"remove {row.key}")
        return [(edit, remove), *(Target(each, f"edit {row.key}") for each in more)]

    def _follow(self) -> None:
        """Scroll the form so that the row under the cursor can be seen, and as many as there is room for below it."""
        view = next((each for each in self.ancestors if isinstance(each, VerticalScroll)), None)
        if view is None or not self.is_attached:
            return
        above = sum(len(self._row(index, self.room)) for index in range(self._cursor))
        first = self.content_region.y - view.content_region.y
        top, beyond = first + above, first + len(self.lines(self.room)) - view.content_region.height
        if top < 0:
            view.scroll_relative(y=top, animate=False)
        elif beyond > 0:
            view.scroll_relative(y=min(top, beyond), animate=False)
