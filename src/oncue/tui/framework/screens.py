"""Mixins for screens: the keyboard belongs to the uppermost one, only the size of now counts, one layout is enough."""

from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

R = TypeVar("R")

FRAME = 1 / 240
"""Seconds between two drawings at least."""

_PASSES = 4
"""Layouts that may follow one at once: what they ask for is a bar that came, and texts that are wrapped beside it."""


class KeyOwner:
    """A mixin for screens that something lies on which owns the keyboard, such as a dialog or an open picker.

    Textual gives no focus to a screen that comes up while the terminal is in the background, and takes it away when
    the pointer is pressed outside the screen. Then a dialog would be deaf, and keys would act on what is below.
    """

    def claim_keys(self) -> None:
        """Give the focus back to the owner of the keyboard, if it lost it.

        Called before each key press and paste, and when the terminal comes to the front.
        """


class PressOwner(Screen[R]):
    """A mixin for screens on which a press of the mouse may be for something that lies on them, and no click at all."""

    def takes_press(self, event: events.MouseDown) -> bool:
        """Whether a press is done with: what is under the pointer must not hear of it."""
        return False

    def _forward_event(self, event: events.Event) -> None:
        if isinstance(event, events.MouseDown) and not event.is_forwarded and self.takes_press(event):
            event._set_forwarded()
            self.app._mouse_down_widget = None  # else the release would be a click
            return
        super()._forward_event(event)


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
    """A screen that lays its widgets out once when something changes, and is drawn once, soon.

    A layout tells each widget the size of its content, and in Textual a widget that is told a new one asks for another
    layout, whose result is the same. What does need another is a scroll bar that came or went: here that follows at
    once, and nothing is drawn in between. And what was to be drawn anew because of its new size is drawn then, and not
    once more later, when Textual hears that it asked.

    Textual draws sixty times a second at most, so what follows a key in two steps, as a letter in a field and then the
    line that says what was edited, waits for up to 33 ms in between. Here that is 8 ms.

    From a flow without conditions to one with them and back, key to last byte: 50 ms instead of 130 (and 25 with what
    `compositor` and `line_cache` save); a letter in a name 14 instead of 31.
    """

    _laying_out = _drawing_waits = False

    @property
    def _update_timer(self) -> Timer:
        timer = super()._update_timer
        timer._interval = FRAME
        return timer

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        told: Any = Widget.virtual_size
        told._layout = False
        self._laying_out, self._drawing_waits = True, False
        try:
            super()._refresh_layout(size, scroll)
            for _ in range(_PASSES):
                if not self._take_requests():
                    break
                super()._refresh_layout(size)
        finally:
            told._layout = True
            self._laying_out = False
        if self._drawing_waits:
            self._compositor_refresh()

    def _take_requests(self) -> bool:
        """Hear at once what widgets would ask for in messages, and say whether that needs another layout."""
        present = [each for each in self._compositor.visible_widgets if each is not self]
        bars = {bar for each in present for bar in (each._vertical_scrollbar, each._horizontal_scrollbar) if bar}
        drawn = {each for each in present if each._repaint_required}
        self._compositor.update_widgets(drawn)
        for each in drawn:
            each._repaint_required = False
        asking = [each for each in (*present, *bars) if each._layout_required]
        for each in asking:
            each._layout_required = False
            _forget_layout(each)
        # A bar that went asks as well, but what it leaves free was asked for by what it belongs to.
        return not bars.issuperset(asking)

    def _compositor_refresh(self) -> None:
        if self._laying_out:
            self._drawing_waits = True
        else:
            super()._compositor_refresh()


def _forget_layout(widget: Widget) -> None:
    """Let what ``widget`` is in be laid out again, up to the first one whose size does not depend on it."""
    for ancestor in widget.ancestors:
        if not isinstance(ancestor, Widget):
            return
        ancestor._clear_arrangement_cache()
        ancestor._layout_updates += 1
        if not ancestor.styles.auto_dimensions:
            return
