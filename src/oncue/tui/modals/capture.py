"""The events of a capture: a list that grows while the capture is read, and below it why flows ran on one of them.

What leaves the list (a conversation to be replayed, a flow to be opened) is what it is dismissed with; saving a
scenario leaves it open.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from oncue.tui.background import in_background
from oncue.tui.capture_reading import CaptureReading
from oncue.tui.messages import Open
from oncue.tui.modals.dialog import Dialog, Frame
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.tui.widgets.rows import RowList
from oncue.workbench.captured_events import CapturedEvent, CapturedEvents
from oncue.workbench.captured_list import CapturedList
from oncue.workbench.captured_rows import detail_rows, event_row
from oncue.workbench.rows import MISSED, Row
from oncue.workbench.spans import Line, line

_LEFT_OUT = 300
"""Characters of a line that says what was left out."""


class Replay(NamedTuple):
    """Replay the conversation of ``chosen``: up to it, or ``whole``."""

    chosen: CapturedEvent
    whole: bool


Save = Callable[[Sequence[CapturedEvent], frozenset[int], CapturedEvent], Coroutine[Any, Any, None]]
"""Asks for a name and saves the marked events of all, or the conversation of one, as a scenario."""


class CaptureDialog(Dialog[Replay | Open | None]):
    """Dismissed with what to replay or to open, or with ``None``."""

    AUTO_FOCUS = "#capture-rows"
    KEYS = (
        ("↑ ↓ j k", "go from event to event"),
        ("enter", "replay the conversation up to the event in the simulator"),
        ("a", "replay all of the conversation"),
        ("s", "save the marked events as a scenario, else the conversation"),
        ("space", "mark the event, or take its mark away"),
        ("c", "mark all events of the conversation"),
        ("/", "filter by words: who, where, texts, flows, nothing, depends"),
        ("tab", "go to the explanation and back; enter opens a flow there"),
        ("x", "show what was left out and why"),
        ("? f1", "show or hide these keys"),
        ("esc", "leave the filter, take the marks away, close"),
    )
    BINDINGS = [
        ("escape,ctrl+q", "close", "Close"),
        ("a", "whole", "Replay all"),
        ("s", "save", "Save"),
        ("space", "mark(False)", "Mark"),
        ("c", "mark(True)", "Mark conversation"),
        ("slash", "filter", "Filter"),
        ("tab,shift+tab,down", "turn", "Turn"),
        ("x", "left_out", "Left out"),
    ]
    DEFAULT_CSS = """
    CaptureDialog Frame { width: 100%; max-width: 160; height: 100%; max-height: 60; }
    CaptureDialog #capture-rows { height: 1fr; margin: 0; }
    CaptureDialog #capture-details { height: 38%; margin: 0; border-top: solid $muted; }
    """

    def __init__(self, reading: CaptureReading, save: Save) -> None:
        super().__init__()
        self._reading, self._found, self._save = reading, reading.found, save
        self._list = CapturedList(reading.found)
        self._rows = RowList[CapturedEvent](self._draw, id="capture-rows")
        self._details = _Details(reading.found)
        self._is_read = False

    def compose(self) -> ComposeResult:
        with Frame(
            f"Events · {self._reading.path.name}", "enter replays · space marks · s saves · / filters · ? keys · esc"
        ):
            yield _Summary(id="capture-summary")
            yield Field(placeholder="/ filters: words of who, where, what, flows, nothing", id="capture-filter")
            yield self._rows
            yield self._details

    @property
    def keyboard(self) -> Widget | None:
        """Override: the list, or what has the focus instead because somebody went there."""
        other = self.focused
        return other if other is not None and other.is_mounted else super().keyboard

    def on_mount(self) -> None:
        self._show()
        in_background(self, self._read, group="capture")

    def on_unmount(self) -> None:
        self._reading.close()

    async def _read(self) -> None:
        while not self._is_read and not self.ended:
            was_empty = not self._list.listed
            self._is_read = not await asyncio.to_thread(self._reading.piece)
            self._list.catch_up()
            self._show()
            if was_empty:
                self._explain()

    # What is shown

    def _show(self, cursor: int | None = None) -> None:
        """Show what is listed now, with the cursor on a row, or where it was."""
        nothing = "No such event." if self._list.filter.words else "No events."
        self._rows.empty = [line((f"  {nothing if self._is_read else 'Reading…'}", "muted"))]
        self._rows.show(self._list.listed, cursor)
        has_left_out = self._found.is_full or self._found.skipped or self._found.failed
        self.query_one(_Summary).show(self._list.summary(self._is_read), bool(has_left_out))

    def _draw(self, captured: CapturedEvent, width: int) -> list[Line]:
        return [event_row(captured, self._found.workspace, captured.number in self._list.marked, width)]

    def _explain(self) -> None:
        self._details.explain(self._rows.current)

    # What happens

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.call_after_refresh(self._explain)

    def on_row_list_moved(self, event: "RowList.Moved") -> None:
        event.stop()
        if event.rows is self._rows:
            self._explain()

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        if isinstance(event.row, CapturedEvent):
            if event.clicks != 1:  # a single click only goes there
                self.end(Replay(event.row, whole=False))
        elif isinstance(event.row, Row) and event.row.flow_id and event.clicks != 1:
            self.end(Open(event.row.flow_id, ("trigger", event.row.key or "event")))

    def on_row_list_marked(self, event: "RowList.Marked") -> None:
        event.stop()
        if isinstance(event.row, CapturedEvent):
            self._mark(frozenset((event.row.number,)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        chosen = self._rows.current
        self._list.narrow(event.value)
        self._show(self._list.near(chosen))
        self._explain()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self._rows)

    def action_filter(self) -> None:
        self.set_focus(self.query_one(Field))

    def action_turn(self) -> None:
        self.set_focus(self._details if self.focused is self._rows else self._rows)

    def action_mark(self, conversation: bool) -> None:
        chosen = self._rows.current
        if chosen is not None:
            self._mark(self._list.same_conversation(chosen) if conversation else frozenset((chosen.number,)))
            self._rows.action_cursor(0 if conversation else 1)

    def _mark(self, numbers: frozenset[int]) -> None:
        self._list.mark(numbers)
        self._show()
        self._rows.redraw()

    def action_whole(self) -> None:
        if (chosen := self._rows.current) is not None:
            self.end(Replay(chosen, whole=True))

    def action_save(self) -> None:
        marked, chosen = self._list.marked, self._rows.current
        if chosen is None and marked:
            chosen = self._found.events[min(marked) - 1]
        if chosen is not None:
            in_background(self, partial(self._save, self._found.events, marked, chosen), group="save")

    def action_left_out(self) -> None:
        if not self._details.shows_left_out:
            self._details.show_left_out()
        else:
            self._explain()

    def action_close(self) -> None:
        if self.focused is not self._rows:
            self.set_focus(self._rows)
        elif self.query_one(Field).value:
            self.query_one(Field).value = ""
        elif self._list.marked:
            self._mark(self._list.marked)
        else:
            self.end(None)


class _Details(RowList[Row]):
    """What is said of an event, or of what was left out."""

    def __init__(self, found: CapturedEvents) -> None:
        super().__init__(_draw_detail, id="capture-details")
        self._found = found
        self.shows_left_out = False
        self._wanted: CapturedEvent | None = None
        self._is_explaining = False

    def explain(self, chosen: CapturedEvent | None) -> None:
        """Say why flows ran on ``chosen``, once that is known; until then what was said before stays."""
        self.shows_left_out, self._wanted = False, chosen
        if chosen is None:
            self.show([], 0)
        elif not self._is_explaining:
            self._is_explaining = True
            in_background(self, self._explain, group="explain")

    async def _explain(self) -> None:
        """Explain the event that is wanted last; of those that a held key passes in between most are left out.

        A thread cannot be cancelled, so one for each would go on long after the key was released.
        """
        explained = None
        try:
            while self._wanted is not None and self._wanted is not explained:
                explained, width = self._wanted, max(self.scrollable_content_region.width, 20)
                rows = await asyncio.to_thread(detail_rows, explained, self._found.workspace, width)
                if explained is self._wanted and not self.shows_left_out:
                    self.show(rows, 0)
        finally:
            self._is_explaining = False

    def show_left_out(self) -> None:
        """Say what is not listed and why."""
        self.shows_left_out = True
        said = [each[:_LEFT_OUT] for each in self._found.left_out()] or ["Nothing was left out."]
        self.show([Row(line((each, "" if each.startswith(" ") else "strong")), 0, MISSED) for each in said], 0)


class _Summary(LineWidget):
    """How much there is, and the way to what was left out."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text, self._has_left_out = "", False

    def show(self, text: str, has_left_out: bool) -> None:
        """Show ``text``; ``has_left_out``: there is more to say about it."""
        if (text, has_left_out) != (self._text, self._has_left_out):
            self._text, self._has_left_out = text, has_left_out
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        more = [Target(line("  ", ("x ", "accent"), "why"), "x")] if self._has_left_out else []
        return [[*line((self._text, "accent")), *more]]

    def clicked(self, value: str | int) -> None:
        dialog = self.screen
        assert isinstance(dialog, CaptureDialog)
        dialog.action_left_out()


def _draw_detail(row: Row, width: int) -> list[Line]:
    return [row.spans]
