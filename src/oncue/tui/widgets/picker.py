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
from oncue.tui.widgets.rows import RowList
from oncue.workbench.fuzzy import SHOWN, matching
from oncue.workbench.spans import Line, line, spread


class Entry(NamedTuple):
    """One thing that can be picked. ``aside`` stands at the right edge, ``synonyms`` are looked for and not shown.

    One that is ``off`` cannot be picked now; its help says why. ``letter`` picks it at once.
    """

    value: object
    label: str
    help: str = ""
    aside: str = ""
    synonyms: str = ""
    off: bool = False
    letter: str = ""


class LetterRows(RowList[Entry]):
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
        layer: over; dock: top; offset: 0 2; margin: 0 2; align-horizontal: center;
        width: 76; max-width: 96%; height: auto; max-height: 80%;
        border: heavy $accent; border-title-color: $accent; border-subtitle-color: $muted;
        background: $background; padding: 0 1;
    }
    Picker RowList { height: auto; max-height: 24; min-height: 1; min-width: 12; margin: 1 0 0 0; }
    """
    BINDINGS = [
        ("escape", "cancel", "Close"),
        ("up", "move(-1)", "Up"),
        ("down", "move(1)", "Down"),
        ("pageup", "move(-10)", "Page up"),
        ("pagedown", "move(10)", "Page down"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._pick: Callable[[object], None] = lambda _value: None
        self._preview: Callable[[object], None] | None = None
        self._cancelled: Callable[[], None] | None = None
        self._back_to: Widget | None = None
        self._opened = 0.0
        self.display = False  # from the start: a key may come before it is mounted, which an open picker would claim

    def compose(self) -> ComposeResult:
        yield Field(placeholder="type to filter", id="picker-filter")
        yield LetterRows(_draw, empty=[line(("  Nothing found.", "muted"))], id="picker-rows")

    def open(
        self,
        title: str,
        entries: Sequence[Entry],
        pick: Callable[[object], None],
        *,
        current: object = None,
        preview: Callable[[object], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Show ``entries`` under ``title``; ``pick`` gets the value that is chosen.

        ``preview`` gets each value that the cursor meets, ``cancelled`` is called when nothing was chosen.
        """
        back = self._back_to if self.display else self.screen.focused
        self.close(refocus=False)
        self._entries, self._pick, self._preview, self._cancelled = entries, pick, preview, cancelled
        self._back_to = back
        self.border_title = plain(title)
        self.border_subtitle = plain("enter picks · esc closes")
        self._filter.value = ""
        values = [entry.value for entry in entries[:SHOWN]]
        self._rows.show(matching("", entries), values.index(current) if current in values else 0)
        self.display = True
        self._opened = Message().time
        self.screen.set_focus(self._entrance)

    def pointer_pressed(self, event: events.MouseDown) -> None:
        """Close after a press beside it, but not after the one that opened it, which may be heard late."""
        if self.display and event.time > self._opened and not self.region.contains_point(event.screen_offset):
            self.close()

    def close(self, refocus: bool = True) -> None:
        """Hide it, and give the focus back to where it was."""
        if not self.display:
            return
        self.display = False
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
            self._rows.show(matching(event.value, self._entries), 0)
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

    def _close_if_left(self) -> None:
        focused = self.screen.focused if self.is_attached else None
        # Nothing has the focus while the terminal is in the background; that is no reason to close.
        if self.display and focused is not None and self not in focused.ancestors:
            self.close(refocus=False)

    def _take(self, entry: Entry | None = None) -> None:
        entry = entry or self._rows.current
        if entry is None or not self.display:
            return
        if entry.off:
            self.notify(f"{entry.label}: {entry.help}.", severity="warning")
            return
        self._cancelled = None
        pick = self._pick
        self.close()
        pick(entry.value)

    def _tell(self) -> None:
        if self._preview is not None and (entry := self._rows.current) is not None:
            self._preview(entry.value)

    @property
    def _entrance(self) -> Widget:
        """Where the focus goes: to the rows if they have letters."""
        return self._rows if any(entry.letter for entry in self._entries) else self._filter

    @property
    def _filter(self) -> Input:
        return self.query_one("#picker-filter", Input)

    @property
    def _rows(self) -> "RowList[Entry]":
        return self.query_one("#picker-rows", RowList)


def _draw(entry: Entry, width: int) -> list[Line]:
    about = line((f"  {entry.help}", "muted")) if entry.help else ()
    letter = line((f" {entry.letter}", "accent")) if entry.letter else ()
    aside = line((f"{entry.aside} ", "muted" if entry.off else "accent")) if entry.aside else ()
    return [spread(letter + line((f" {entry.label}", "muted" if entry.off else "")) + about, aside, width)]
