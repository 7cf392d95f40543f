"""The base of all dialogs: a frame with a title in the middle of the darkened screen."""

from typing import TypeVar

from textual import events
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from oncue.tui.framework.compositor import draw_sparsely
from oncue.tui.framework.screens import KeyOwner, OneLayout, OneSize
from oncue.tui.framework.selection import SelectsText
from oncue.tui.plain import plain
from oncue.tui.widgets.key_list import KeyList
from oncue.workbench.spans import cells_of

R = TypeVar("R")


class Dialog(KeyOwner, OneSize, SelectsText[R], OneLayout[R], ModalScreen[R]):
    """A modal screen with one `Frame`; dismissed with the answer.

    All keys go to the widget that ``AUTO_FOCUS`` selects, whatever became of the focus.
    """

    AUTO_FOCUS = "*"
    BINDINGS = [("ctrl+l", "app.redraw", "Redraw"), ("f1,question_mark", "keys", "Keys")]
    KEYS: tuple[tuple[str, str], ...]
    """The keys that work in it and are not written beside what they do."""
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; color: $foreground; }
    """
    _had_focus = False
    ended = False
    """Whether it was dismissed; it is on the screen for a moment still."""

    def __init__(self) -> None:
        super().__init__()
        draw_sparsely(self)

    @property
    def keyboard(self) -> Widget | None:
        """The widget that keys are for; ``None`` until it is mounted."""
        found = next(iter(self.query(self.AUTO_FOCUS or "*")), None)
        return found if found is not None and found.is_mounted else None

    def action_keys(self) -> None:
        """Show the keys in the frame, or hide them."""
        for keys in self.query(KeyList):
            keys.display = not keys.display
            return
        for frame in self.query(Frame):
            frame.mount(KeyList(self.KEYS))

    def end(self, result: R) -> None:
        """Dismiss the dialog with ``result``, once: a second key press may come before it is gone."""
        if not self.ended:
            self.ended = True
            self.dismiss(result)

    def on_descendant_focus(self) -> None:
        self._had_focus = True

    def claim_keys(self) -> None:
        keyboard = self.keyboard
        if keyboard is not None and self.focused is not keyboard:
            # What is given back keeps its selection; a letter must not replace what was typed before.
            self.set_focus(keyboard, from_app_focus=self._had_focus)


_BESIDE_A_NOTE = 6
"""Columns of a frame beside what is written into it."""

_BEHIND_A_NOTE = 3
"""Columns of a frame behind what is written into its lower edge."""

WIDTH = 84
"""Columns of a frame where the window has them."""


class Frame(Vertical):
    """The dialog's frame, with a title above and a note below."""

    DEFAULT_CSS = f"""
    Frame {{
        width: {WIDTH}; max-width: 96%; height: auto; max-height: 90%;
        border: heavy $accent; border-title-color: $accent; border-subtitle-color: $muted;
        background: $background; padding: 0 2;
    }}
    """

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.border_title, self.border_subtitle = plain(title), plain(note)
        self._note = self._seen = note

    def on_resize(self) -> None:
        """Show the parts of the note that have room; its last two, which say how to leave and get help, stay."""
        parts, room = self._note.split(" · "), self.outer_size.width - _BESIDE_A_NOTE
        while len(parts) > 2 and cells_of(" · ".join(parts)) > room:
            del parts[-3]
        self._seen = " · ".join(parts)
        self.border_subtitle = plain(self._seen)

    def on_click(self, event: events.Click) -> None:
        """How to leave, which the note says, can be clicked there."""
        before, esc, rest = self._seen.partition("esc ")
        if esc and event.widget is self and event.y == self.outer_size.height - 1:
            words = f"{esc}{rest.split(' · ')[0]}"
            begins = self.outer_size.width - _BEHIND_A_NOTE - cells_of(self._seen) + cells_of(before)
            if begins <= event.x < begins + cells_of(words):
                self.app.simulate_key("escape")
