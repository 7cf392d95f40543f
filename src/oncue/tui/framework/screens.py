"""Mixins for screens: the keyboard belongs to the uppermost one, only the size of now counts, one layout is enough."""

from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

R = TypeVar("R")


class KeyOwner:
    """A mixin for screens that something lies on which owns the keyboard, such as a dialog or an open picker.

    Textual gives no focus to a screen that comes up while the terminal is in the background, and takes it away when
    the pointer is pressed outside the screen. Then a dialog would be deaf, and keys would act on what is below.
    """

    def claim_keys(self) -> None:
        """Give the focus back to the owner of the keyboard, if it lost it.

        Called before each key press and paste, and when the terminal comes to the front.
        """


class OneSize:
    """A mixin for screens, which lets only the size count that the terminal has now.

    Textual's screen answers each size by telling itself that it has it. Two sizes that come while updates are batched,
    as in a window that is being dragged, answer each other for ever then, and nothing is drawn any more.
    """

    app: App[Any]

    def on_resize(self, event: events.Resize) -> None:
        if event.size != self.app.size:  # a later one is on its way
            event.prevent_default()
            event.stop()


class OneLayout(Screen[R]):
    """A screen that lays its widgets out once when something changes.

    A layout tells each widget the size of its content, and in Textual a widget that is told a new one asks for another
    layout, whose result is the same. What does need another, a scroll bar that comes or goes, asks for it by itself.
    """

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        told: Any = Widget.virtual_size
        told._layout = False
        try:
            super()._refresh_layout(size, scroll)
        finally:
            told._layout = True
