"""The one list to choose from: values of fields, flows, themes, commands and keys are all picked here.

It is a layer of the screen and no screen of its own, because in Textual pushing a screen takes a tenth of a second,
and it is always mounted, so opening it is a matter of showing it. It closes when the focus leaves it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from oncue.tui.plain import plain
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.key_list import KeyList
from oncue.tui.widgets.rows import RowList
from oncue.workbench.fuzzy import SHOWN, matching
from oncue.workbench.spans import Line, cells_of, fitted, line, spread, width_of


class Entry(NamedTuple):
    """One thing that can be picked. ``aside`` stands at the right edge, ``synonyms`` are looked for and not shown.

    One that is ``off`` cannot be picked now; its help says why. Those of a ``group`` follow one another, below its
    name. ``letter`` picks it at once.
    """

    value: object
    label: str
    help: str = ""
    aside: str = ""
    synonyms: str = ""
    off: bool = False
    group: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Heading:
    """The name of a group, above its entries."""

    text: str


Row = Entry | Heading

_FRAME = 6
"""Cells beside the rows: the frame, its padding, and the scrollbar."""
_NARROWEST, _WIDEST_LABEL = 56, 26


class _Columns(NamedTuple):
    """Cells of the column of labels, none if there is none, and of what stands beside it."""

    label: int
    rest: int
    is_table: bool

    @classmethod
    def of(cls, entries: Sequence[Entry], is_table: bool) -> "_Columns":
        """Those of ``entries``; a label that is longer than a column should be is only in a table in one."""
        shown = entries[:SHOWN]
        label = max((cells_of(entry.label) for entry in shown), default=0)
        about = max((cells_of(entry.help) for entry in shown), default=0)
        aside = max((width_of(_aside(entry)) for entry in shown), default=0)
        return cls(label if is_table or label <= _WIDEST_LABEL else 0, 3 + about + (aside and aside + 2), is_table)

    def room(self, width: int) -> int:
        """Cells of the labels in rows of ``width``: in a table what the rest leaves, if that is not too little."""
        return min(self.label, max(width - self.rest, width // 3)) if self.is_table else self.label


class LetterRows(RowList[Row]):
    """The entries. While it has the focus, letters pick, and any other text goes into the filter."""

    @dataclass(eq=False, repr=False)
    class Typed(Message):
        """A character was typed."""

        text: str

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Override: no letter is a command of the app here."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character.isprintable():
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(event.character))


class Picker(Container):
    """A filter and a list. `open` it with what to choose from and what to do then."""

    DEFAULT_CSS = """
    Picker {
        layer: over; dock: top;
        width: 76; max-width: 96%; height: auto; max-height: 88%;
        border: heavy $accent; border-title-color: $accent; border-subtitle-color: $muted;
        background: $background; padding: 0 1;
    }
    Picker RowList { height: auto; max-height: 30; min-height: 1; min-width: 12; margin: 1 0 0 0; }
    """
    BINDINGS = [
        ("escape", "cancel", "Close"),
        ("up", "move(-1)", "Up"),
        ("down", "move(1)", "Down"),
        ("pageup", "move(-10)", "Page up"),
        ("pagedown", "move(10)", "Page down"),
    ]
    KEYS = (
        ("↑ ↓ page up page down", "mark another one"),
        ("enter", "take the marked one; so does a click"),
        ("letters", "filter, or take the one with that letter in front"),
        ("f1", "show or hide these keys"),
        ("esc", "close"),
    )

    @dataclass(eq=False, repr=False)
    class Shown(Message):
        """It came up or went. ``above``: what is below it is of no use now."""

        above: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = _Columns.of((), False)
        self._entries: Sequence[Entry] = ()
        self._pick: Callable[[object], None] = lambda _value: None
        self._preview: Callable[[object], None] | None = None
        self._cancelled: Callable[[], None] | None = None
        self._back_to: Widget | None = None
        self._opened = 0.0
        self.keys = KeyList(self.KEYS)
        self.display = False  # from the start: a key may come before it is mounted, which an open picker would claim

    def on_mount(self) -> None:
        self.keys.display = False

    def compose(self) -> ComposeResult:
        yield Field(placeholder="type to filter", id="picker-filter")
        yield LetterRows(self._draw, empty=[line(("  Nothing found.", "muted"))], id="picker-rows")
        yield self.keys

    def open(
        self,
        title: str,
        entries: Sequence[Entry],
        pick: Callable[[object], None],
        *,
        current: object = None,
        table: bool = False,
        preview: Callable[[object], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Show ``entries`` under ``title``; ``pick`` gets the value that is chosen.

        In a ``table`` all helps stand below each other, and a label that leaves no room for them is cut. ``preview``
        gets each value that the cursor meets, ``cancelled`` is called when nothing was chosen.
        """
        back = self._back_to if self.display else self.screen.focused
        self.close(refocus=False)
        self._entries, self._pick, self._preview, self._cancelled = entries, pick, preview, cancelled
        self._back_to = back
        self.border_title = plain(title)
        self.border_subtitle = plain("↑ ↓ · enter picks · esc closes")
        self._filter.value = ""
        rows = _grouped(matching("", entries))
        at = next((at for at, row in enumerate(rows) if isinstance(row, Entry) and row.value == current), 0)
        self._columns = _Columns.of(entries, table)
        self._place(len(rows))
        self._rows.show(rows, at)
        self._skip_heading(1)
        self.display = True
        self.post_message(self.Shown(preview is None))
        self._opened = Message().time
        self.screen.set_focus(self._entrance)

    def pointer_pressed(self, event: events.MouseDown) -> bool:
        """Close after a press beside it, but not after the one that opened it, which may be heard late; whether."""
        if not self.display or event.time <= self._opened or self.region.contains_point(event.screen_offset):
            return False
        self.close()
        return True

    def close(self, refocus: bool = True) -> None:
        """Hide it, and give the focus back to where it was."""
        if not self.display:
            return
        self.keys.display = False
        self.display = False
        self.post_message(self.Shown(False))
        back, focused = self._back_to, self.screen.focused
        refocus = refocus and (focused is None or self in focused.ancestors)

        if refocus and back is not None and back.is_attached:
            self.screen.set_focus(back)
        cancelled, self._cancelled = self._cancelled, None
        if cancelled is not None:
            cancelled()

    def claim_keys(self) -> None:
        """Take the focus back while it is open, if nothing has it: no key acts on what is below."""
        if self.display and self.screen.focused is None:
            self.screen.set_focus(self._entrance)

    def on_letter_rows_typed(self, event: LetterRows.Typed) -> None:
        event.stop()
        letter = event.text.casefold()
        chosen = next((entry for entry in self._entries if entry.letter == letter), None)
        if not self.display:
            return
        if chosen is not None:
            self._take(chosen)
        else:
            self.screen.set_focus(self._filter)
            self._filter.insert_text_at_cursor(event.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            found = matching(event.value, self._entries)
            self._rows.show(found if event.value.strip() else _grouped(found), 0)
            self._skip_heading(1)
            self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        self._take()

    def on_row_list_moved(self, event: "RowList.Moved") -> None:
        event.stop()
        self._tell()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.call_after_refresh(self._close_if_left)

    def action_cancel(self) -> None:
        self.close()

    def action_move(self, by: int) -> None:
        self._rows.action_cursor(by)
        self._skip_heading(by)

    def _skip_heading(self, by: int) -> None:
        """Leave a heading in the direction of ``by``, or back where there is no more."""
        rows = self._rows
        for step in (1 if by > 0 else -1, -1 if by > 0 else 1):
            if isinstance(rows.current, Heading):
                rows.action_cursor(step)

    def _place(self, rows: int) -> None:
        """Stand in the middle of the screen, wide enough for the longest row. It stays there while one filters."""
        columns, lines = self.app.size
        widest = max((_cells(entry, self._columns.label) for entry in self._entries[:SHOWN]), default=0)
        width = max(min(max(widest, _NARROWEST) + _FRAME, columns - 4), 12)
        height = min(rows + 4, int(lines * 0.88))
        self.styles.width = width
        self.styles.offset = ((columns - width) // 2, max((lines - height) // 2 - 1, 0))

    def on_resize(self) -> None:
        columns = self.app.size.width
        if self.display and self.region.right > columns:
            self._place(len(self._rows.rows))

    def _close_if_left(self) -> None:
        focused = self.screen.focused if self.is_attached else None
        # Nothing has the focus while the terminal is in the background; that is no reason to close.
        if self.display and focused is not None and self not in focused.ancestors:
            self.close(refocus=False)

    def _take(self, entry: Entry | None = None) -> None:
        chosen = entry or self._rows.current
        if not isinstance(chosen, Entry) or not self.display:
            return
        if chosen.off:
            self.notify(f"{chosen.label}: {chosen.help}.", severity="warning")
            return
        self._cancelled = None
        pick = self._pick
        self.close()
        pick(chosen.value)

    def _tell(self) -> None:
        if self._preview is not None and isinstance(entry := self._rows.current, Entry):
            self._preview(entry.value)

    @property
    def _entrance(self) -> Widget:
        """Where the focus goes: to the rows if they have letters."""
        return self._rows if any(entry.letter for entry in self._entries) else self._filter

    @property
    def _filter(self) -> Input:
        return self.query_one("#picker-filter", Input)

    @property
    def _rows(self) -> "RowList[Row]":
        return self.query_one("#picker-rows", RowList)

    def _draw(self, row: Row, width: int) -> list[Line]:
        if isinstance(row, Heading):
            return [line((f" {row.text}", "accent"))]
        return [spread(_words(row, self._columns.room(width), self._columns.is_table), _aside(row), width)]


def _words(entry: Entry, label_width: int, cut: bool = False) -> Line:
    letter = line((f" {entry.letter}", "accent")) if entry.letter else ()
    label = f" {entry.label}"
    if cut and entry.help:
        label = "".join(text for text, _ in fitted(line(label), label_width + 1))
    pad = " " * max(label_width + 1 - cells_of(label), 0) if entry.help else ""
    about = line((f"{pad}  {entry.help}", "muted")) if entry.help else ()
    return letter + line((label, "muted" if entry.off else "")) + about


def _aside(entry: Entry) -> Line:
    return line((f"{entry.aside} ", "muted" if entry.off else "accent")) if entry.aside else ()


def _cells(entry: Entry, label_width: int) -> int:
    """Cells that the row of ``entry`` takes."""
    aside = _aside(entry)
    return width_of(_words(entry, label_width)) + (width_of(aside) + 2 if aside else 0)


def _grouped(entries: Sequence[Entry]) -> list[Row]:
    """The entries with a heading above each group."""
    rows: list[Row] = []
    group = ""
    for entry in entries:
        if entry.group != group:
            group = entry.group
            rows.append(Heading(group))
        rows.append(entry)
    return rows
