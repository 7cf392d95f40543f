"""Mixins for screens: the keyboard belongs to the uppermost one, only the size of now counts, one layout is enough."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from oncue.tui.framework.compositor import SparseCompositor

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

    From a flow without conditions to one with them and back, key to last byte: 50 ms instead of 130, 25 with what
    `compositor` and `line_cache` save, and 16 where the screen is drawn by `draw_now`; a letter in a name 11 instead
    of 31.
    """

    _laying_out = _drawing_waits = False

    @property
    def _update_timer(self) -> Timer:
        timer = super()._update_timer
        timer._interval = FRAME
        return timer

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        with self._as_one():
            super()._refresh_layout(size, scroll)
            for _ in range(_PASSES):
                if not self._take_requests():
                    break
                super()._refresh_layout(size)
        if self._drawing_waits:
            self._compositor_refresh()

    def draw_now(self) -> None:
        """Draw what was asked for by now in this turn of the event loop, and not in a later frame.

        Each widget that changed would tell itself that it should look what it has to do, and then the screen that it
        has to be drawn or laid out: from one flow to the next some 50 messages before the first cell is drawn. And a
        layout would be one of the whole screen. Here only that is arranged whose place can change.
        """
        if self._laying_out or self.app._batch_count or not self.is_current or not self.size:
            return
        with self._as_one():
            boxes = self._take_requests(_below(self))
            for _ in range(_PASSES):
                if not boxes and not self._layout_required:
                    break
                if self._layout_required or not self._arrange_inside(boxes):
                    self._layout_required = False
                    super()._refresh_layout()
                boxes = self._take_requests()
        self._compositor.update_widgets(self._dirty_widgets)
        self._compositor_refresh()

    @contextmanager
    def _as_one(self) -> Iterator[None]:
        """Let nobody ask for a layout because it is told its size, and draw nothing."""
        told: Any = Widget.virtual_size
        told._layout = False
        self._laying_out, self._drawing_waits = True, False
        try:
            yield
        finally:
            told._layout = True
            self._laying_out = False

    def _take_requests(self, more: Iterable[Widget] = ()) -> set[Widget]:
        """Hear at once what those who are seen, and ``more``, would ask for in messages.

        Returns in which widgets what is in them has to be arranged again.
        """
        present = {*more, *self._compositor.visible_widgets} - {self}
        bars = {bar for each in present for bar in (each._vertical_scrollbar, each._horizontal_scrollbar) if bar}
        drawn = {each for each in present if each._repaint_required}
        self._compositor.update_widgets(drawn & self._compositor.visible_widgets.keys())
        for each in drawn:
            each._repaint_required = False
        boxes: set[Widget] = set()
        for each in present | bars:
            if each._layout_required:
                each._layout_required = False
                box = _forget_layout(each)
                if each not in bars:  # what a bar that went leaves free was asked for by what it belongs to
                    boxes.add(box)
            if each._scroll_required:
                each._scroll_required = False
                boxes.add(each)
        return boxes

    def _arrange_inside(self, boxes: set[Widget]) -> bool:
        """Arrange only what is in ``boxes``; whether that was enough."""
        if not isinstance(self._compositor, SparseCompositor):
            return False
        for box in boxes:
            if boxes.isdisjoint(box.ancestors):  # else it is done with that one
                arranged = self._compositor.arrange_inside(box)
                if arranged is None:
                    return False
                for widget in arranged.hidden:
                    widget.post_message(events.Hide())
                for widget, place in arranged.places.items():
                    sizes = place.region.size, place.virtual_size, place.container_size
                    widget._size_updated(*sizes)
                    if widget in arranged.resized | arranged.shown:
                        widget.post_message(events.Resize(*sizes))
                for widget in arranged.shown:
                    widget.post_message(events.Show())
        return True

    def _compositor_refresh(self) -> None:
        if self._laying_out:
            self._drawing_waits = True
        else:
            super()._compositor_refresh()


def _forget_layout(widget: Widget) -> Widget:
    """Let what ``widget`` is in be laid out again, up to the first one whose size does not depend on it: that one."""
    box = widget
    for ancestor in widget.ancestors:
        if not isinstance(ancestor, Widget):
            break
        box = ancestor
        box._clear_arrangement_cache()
        box._layout_updates += 1
        if not box.styles.auto_dimensions:
            break
    return box


def _below(widget: Widget) -> Iterator[Widget]:
    """All that is in ``widget``, but what is in something that is not displayed."""
    for child in widget._nodes:
        yield child
        if child._nodes and child.display:
            yield from _below(child)
