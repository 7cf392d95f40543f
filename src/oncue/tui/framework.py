"""Everything that depends on how Textual works inside, in one place.

Outside this module nothing uses a private name of Textual, and a test sees to that. What is here answers a failure that
was measured, or makes keys faster by an amount that is felt; each entry says which. Each has a test in
``tests/tui/test_framework.py`` that fails by name when a new version of Textual has it otherwise.

Figures are calls of functions of Textual's drawing code (layout, compositor, styles) for one key at 120x40 in the
sample workspace, which are the same in each run; the milliseconds behind them are CPU time on the machine on which
it was measured.
"""

import asyncio
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from typing import Any

from textual import errors, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import ChopsUpdate, Compositor
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.binding import BindingsMap
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework_input import TextKeys, as_meant, key_name

# What is drawn


class SparseCompositor(Compositor):
    """Textual's compositor, with which the pointer meets no widget that is removed, and which draws less.

    Between two frames the screen still shows widgets that have been removed. Textual finds them under the pointer, and
    ends as it finds neither their screen nor their styles. Here they are not found, whoever looks and whatever for.

    In a partial update it leaves out what lies between the regions that changed.

    Textual draws all lines of every widget in the smallest box round all that changed. Between the frames of two panes,
    or a field and the footer, that box holds most of the screen, of which nothing changed. With this one, going to
    another pane takes 3,900 calls instead of 7,600 (12 ms instead of 17), switching a flow off 8,100 instead of 10,700.
    """

    _changed: Collection[Region] = ()

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        for found in self.get_widgets_at(int(x), int(y)):
            return found
        raise errors.NoWidget(f"No widget at {x}, {y}")

    def get_widgets_at(self, x: int, y: int) -> Iterable[tuple[Widget, Region]]:
        return (found for found in super().get_widgets_at(x, y) if found[0].is_attached)

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Override: for each widget to draw its region, the part of that to draw, and the lines of this part."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [each.intersection(seen) for each in self._changed if each.overlaps(seen)]
            if touched:
                rows = Region.from_union(touched)
                part = Region(seen.x, rows.y, seen.width, rows.height)
                yield region, part, widget.render_lines(part.translate(-region.offset))


def draw_sparsely(screen: Screen[Any]) -> None:
    """Let ``screen``, which is not mounted yet, have a `SparseCompositor`. All screens need it."""
    screen._compositor = SparseCompositor()


def focused_reactive() -> "Reactive[Widget | None]":
    """`Screen.focused` for a screen whose widgets draw their focus themselves.

    Textual's draws the whole screen whenever the focus moves: 7,700 calls instead of 3,900 to another pane, 6,800
    instead of 1,100 (18 ms instead of 12) to the next field.
    """
    return Reactive(None, repaint=False)


def virtual_size_reactive(repaint: bool = True) -> "Reactive[Size]":
    """`Widget.virtual_size` for a widget whose own size does not depend on the length of what is in it.

    Textual's arranges the whole screen when that changes: 5,600 calls instead of 1,600 for a letter in a field (18 ms
    instead of 11), 13,000 instead of 8,400 for an event in the simulator. Without ``repaint`` the widget draws itself.
    """
    return Reactive(Size(0, 0), layout=False, repaint=repaint)


def update_scrollbars(view: ScrollView) -> None:
    """Adapt the scrollbars to the virtual size, and nothing else: what Textual does among much more."""
    view._scroll_update(view.virtual_size)


def draw_with_focus(widget: Widget, *regions: Region) -> None:
    """Draw parts of ``widget`` in the same frame as the widgets that lose and get the focus.

    `Widget.refresh` would draw them in the next one: the last byte of a moved focus comes 51 ms after the key then,
    with this one 19 ms after it.
    """
    widget._set_dirty(*regions)
    widget.screen._dirty_widgets.add(widget)


class UnstyledFocus:
    """A mixin for widgets that draw the focus themselves, and look otherwise in no rule of CSS when they have it.

    Textual looks for such rules: 7,700 calls instead of 3,900 to another pane.
    """

    def watch_has_focus(self, _focused: bool) -> None:
        """Override: style nothing."""


def focus_came(widget: Widget, event: events.Focus | events.Blur, redraw: Callable[[], None]) -> None:
    """Do what Textual does in a widget that gets or loses the focus, but draw it with ``redraw``.

    Textual draws the whole widget: 7,400 calls instead of 3,900 to another pane, where that is a list.
    """
    event.prevent_default()
    widget.has_focus = isinstance(event, events.Focus)
    redraw()
    told: Message = events.DescendantFocus(widget) if widget.has_focus else events.DescendantBlur(widget)
    if widget.parent is not None:
        widget.parent.post_message(told)


# How the app ends, and what must not end it


def _adds_text(event: events.Key | events.Paste) -> bool:
    """Whether an event does nothing but insert text, if a text widget gets it."""
    return isinstance(event, events.Paste) or (event.is_printable and "+" not in event.key)


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


class InputLostError(Exception):
    """The terminal's input cannot be read any more."""


class GuardedApp(App[ReturnType]):
    """An app that no bug ends with a traceback, and no click on a text, late key or early pointer by itself.

    ``bug_status`` is the exit status after a bug, ``leaving`` whether the app is on its way out.
    """

    # Its selection of text needs widgets that say where their texts are, which ours do not; and a press beside all
    # widgets ends the app, as it asks for the region of a parent that the screen does not have.
    ALLOW_SELECT = False
    bug_status = 1
    leaving = False
    pressing = False
    """Whether a key is being carried out."""
    _typing_into: Widget | None = None
    """The text widget that took the key before, if that was text."""

    def bug_met(self, error: Exception) -> None:
        """Called once for each bug, before anything else happens. Must not raise, and must not need the screen."""

    def exit(self, result: ReturnType | None = None, return_code: int = 0, message: Any = None) -> None:
        self.leaving = True
        super().exit(result, return_code, message)

    def get_driver_class(self) -> type[Driver]:
        """Override: one that turns off all that it turned on."""
        found = super().get_driver_class()
        if not hasattr(found, "_enable_mouse_pixels"):  # there is none on Windows
            return found
        return type(found.__name__, (PixelsGivenBack, found), {})

    def _handle_exception(self, error: Exception) -> None:
        """Override: a bug is told to `bug_met`. On the way out it is none: a late key met a widget that is gone."""
        if not self.leaving:
            self.bug_met(error)
            super()._handle_exception(error)

    def on_load(self) -> None:
        """Hear of bugs that no message leads to, in tasks and threads: they would be printed into the screen."""
        loop = asyncio.get_running_loop()
        before = threading.excepthook

        def in_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            if isinstance(error := context.get("exception"), Exception):
                self._handle_exception(error)

        def in_thread(what: threading.ExceptHookArgs) -> None:
            if loop.is_closed():
                before(what)
            elif isinstance(what.exc_value, Exception):
                loop.call_soon_threadsafe(self._handle_exception, what.exc_value)

        loop.set_exception_handler(in_loop)
        threading.excepthook = in_thread
        self._hook_before = before

    def on_unmount(self) -> None:
        threading.excepthook = self._hook_before

    def copy_to_clipboard(self, text: str) -> None:
        """Override: leave the user's clipboard alone when there is nothing to copy, as a cut without a selection."""
        if text:
            super().copy_to_clipboard(text)

    def panic(self, *renderables: Any) -> None:
        """Override: end as after any other bug. Textual comes here when the thread that reads the keys has ended.

        Its own way shows a traceback with the values of variables, keeps no work and ends with status 0.
        """
        if self._exception is None:
            self._handle_exception(InputLostError("the thread that reads the terminal has ended"))
        elif not self.leaving:
            self._fatal_error()

    def _fatal_error(self) -> None:
        """Override: no traceback, as Textual's shows the values of local variables."""
        self.exit(return_code=self.bug_status)

    async def _broker_event(self, event_name: str, event: events.Event, default_namespace: DOMNode) -> bool:
        """Override: a click on a text runs no action. In Textual, ``[@click=app.quit]`` in a name of a file did."""
        return False if event_name == "click" else await super()._broker_event(event_name, event, default_namespace)

    async def before_key(self) -> None:
        """Called before a key that is not just one more of a text: what was pressed before it must be done."""

    async def on_event(self, event: events.Event) -> None:
        """Override: drop input that cannot be meant, and carry out keys in the order in which they were pressed.

        Dropped is what still waits when the app ends, so that a long queue of keys does not hold that up.
        """
        if self.leaving and isinstance(event, events.InputEvent):
            return
        if isinstance(event, events.AppFocus):
            self._claim_keys()
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._pressed(*(as_meant(event, self) if self.screen_stack else ()))
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            await self._pressed(event)
        else:
            await super().on_event(event)

    async def _pressed(self, *pressed: events.Key | events.Paste) -> None:
        self.pressing = True
        try:
            for event in pressed:
                await self._carry_out(event)
        finally:
            self.pressing = False

    async def _carry_out(self, event: events.Key | events.Paste) -> None:
        """Carry out a key or a paste: one for a text widget at once, any other one when all before it is done."""
        goes_on = self._typing_into is not None and self.focused is self._typing_into and _adds_text(event)
        self._claim_keys()
        if not goes_on:
            await self.before_key()
            self._claim_keys()
        self._typing_into = None
        if self.leaving:
            return
        widget = self.focused
        if isinstance(event, events.Key) and await self._check_bindings(event.key, priority=True):
            return
        if isinstance(widget, TextKeys) and await widget.take(event):
            self._typing_into = widget if _adds_text(event) else None
        elif isinstance(event, events.Paste) or hasattr(widget, "on_key"):
            await super().on_event(event)
        else:  # at once: sent from widget to widget, it would be overtaken by the next key
            await self._check_bindings(event.key)

    def _claim_keys(self) -> None:
        screen = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(screen, KeyOwner):
            screen.claim_keys()


def forget_toasts(app: App[Any], message: str, most: int) -> None:
    """Take down the toasts that say ``message``, and of the others all but the ``most`` latest.

    Textual keeps all, in a list that it rebuilds for each, and that slows every key while they are seen.
    """
    seen = list(app._notifications)
    kept = [note for note in seen if note.message != message]
    kept = kept[max(len(kept) - most, 0) :]
    for note in seen:
        if note not in kept:
            app._unnotify(note, refresh=False)


def redraw(app: App[Any]) -> None:
    """Clear the terminal and draw all of it: another program may have written over what Textual believes is there."""
    if app._driver is not None:
        app._driver.write("\x1b[2J")
    app.screen._compositor_refresh()
    app._display(app.screen, app.screen._compositor.render_full_update())


def bindings_of(node: DOMNode) -> BindingsMap:
    """The bindings of one widget or screen, to be changed.

    Textual's own way, `App.set_keymap`, cannot change which keys come before those of the focused widget.
    """
    return node._bindings


# The terminal


class PixelsGivenBack:
    """A mixin for the terminal driver that turns off reports of the pointer in pixels when it gives the terminal back.

    Textual turns it on where the terminal reports its size in the input, and never off: the next program that asks for
    the mouse gets pixels for cells.
    """

    _mouse_pixels: bool

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()  # type: ignore[misc]
        if self._mouse_pixels:
            self.write("\x1b[?1016l")  # type: ignore[attr-defined]
            self._mouse_pixels = False


def decode_input_with(decoder: Callable[[str], Any]) -> None:
    """Let the terminal driver decode its input with ``decoder``, which gets the name of an encoding.

    Textual's decoder is strict: one byte that is no UTF-8 ends the app.
    """
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        setattr(linux_driver, "getincrementaldecoder", decoder)  # noqa: B010 - not in its public names


MAX_SIZE = (500, 200)
"""Columns and rows that a terminal can claim to have; a claim of 20,000 by 20,000 would take all memory."""


class TolerantParser(XTermParser):
    """Textual's parser of the terminal's input, which drops what it cannot make out.

    Textual's raises for the release of a key (``CSI 97;1:3u``), for numbers that are no characters, and for the pointer
    in a window without a size; that ended the thread that reads the keys, and so the app.
    """

    def feed(self, data: str) -> Iterator[Message]:
        """The messages of ``data``. It is taken letter by letter, so that what follows a bad sequence is not lost."""
        for character in data or ("",):
            yield from self._guarded(super().feed(character))

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Override: Escape and a sign are two keys; Textual takes them for a sign that a Mac has on its option key.

        No terminal sends that so: it sends the sign itself.
        """
        if len(sequence) == 2 and sequence[0] == "\x1b" and sequence[1].isprintable() and sequence[1] not in "bf[O":
            character = sequence[1]
            if isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str):
                yield events.Key(f"alt+{key_name(character)}", character)
                return
        yield from super()._sequence_to_key_events(sequence, alt)

    def tick(self) -> Iterator[Message]:
        yield from self._guarded(super().tick())

    def _guarded(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            for message in messages:
                yield _bounded(message) if isinstance(message, events.Resize) else message
        except ParseError:  # after the end of the input, which the driver knows
            raise
        except Exception:  # whatever it could not make out; its state is lost with it
            self._gen = self.parse(self._tokens.append)
            self._awaiting = next(self._gen)
            self._timeout_time = None


def _bounded(event: events.Resize) -> events.Resize:
    width, height = (min(size, most) for size, most in zip(event.size, MAX_SIZE, strict=True))
    if (width, height) == event.size:
        return event
    return events.Resize.from_dimensions((width, height), None)


def limit_sizes() -> None:
    """Let no size that the terminal driver asks the system for be larger than `MAX_SIZE`."""
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        def limited(driver: Any) -> tuple[int, int]:
            width, height = shutil.get_terminal_size()
            return min(width or 80, MAX_SIZE[0]), min(height or 25, MAX_SIZE[1])

        setattr(linux_driver.LinuxDriver, "_get_terminal_size", limited)  # noqa: B010 - as above


def parse_input_tolerantly() -> None:
    """Let the terminal driver parse its input with a `TolerantParser`."""
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        setattr(linux_driver, "XTermParser", TolerantParser)  # noqa: B010 - not in its public names
