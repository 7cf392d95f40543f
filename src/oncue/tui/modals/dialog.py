"""The base of all dialogs: a frame with a title in the middle of the darkened screen."""

from typing import TypeVar

from textual.containers import Vertical
from textual.screen import ModalScreen

from oncue.tui.plain import plain

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """A modal screen with one `Frame`; dismissed with the answer."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; color: $foreground; }
    """


class Frame(Vertical):
    """The dialog's frame, with a title above and a note below."""

    DEFAULT_CSS = """
    Frame {
        width: 84; max-width: 96%; height: auto; max-height: 90%;
        border: heavy $accent; border-title-color: $accent; border-subtitle-color: $muted;
        background: $background; padding: 0 2;
    }
    """

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.border_title, self.border_subtitle = plain(title), plain(note)
