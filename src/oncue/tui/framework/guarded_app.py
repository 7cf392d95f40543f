"""An app that no bug ends with a traceback, and that carries out keys in the order in which they were pressed."""

import asyncio
import threading
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePumpClosed
from textual.widget import Widget

from oncue.tui.framework.animator import AtOnce
from oncue.tui.framework.driver import PixelsGivenBack, StoppedWhole, WritesFrames
from oncue.tui.framework.key_names import as_meant
from oncue.tui.framework.screens import KeyOwner
from oncue.tui.framework.selection import SelectsText
from oncue.tui.framework.text_keys import TextKeys, insert


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
    _holds_key = False
    """Whether a key waits until what was pressed before it is done."""
    _typing_into: Widget | None = None
    """The text widget that took the key before, if that was text."""

    def __init__(self) -> None:
        super().__init__()
        self._animator = AtOnce(self)
        self._animate = self._animator.bind(self)

    def text_selected(self, text: str) -> None:
        """Called with a text that was selected with the mouse."""

    def bug_met(self, error: Exception) -> None:
        """Called once for each bug, before anything else happens. Must not raise, and must not need the screen."""

    def exit(self, result: ReturnType | None = None, return_code: int = 0, message: Any = None) -> None:
        self.leaving = True
        self._drop_waiting_input()
        super().exit(result, return_code, message)

    def begin_to_leave(self, return_code: int) -> None:
        """Be on the way out from now on, so that nothing counts as a bug any more. For handlers of signals.

        `exit` has to follow, in a turn of the event loop.
        """
        self.leaving = True
        self._return_code = return_code

    def _drop_waiting_input(self) -> None:
        """A long queue of keys must not hold up the way out, which waits behind it."""
        queue: asyncio.Queue[Message | None] = self._message_queue
        waiting = [queue.get_nowait() for _ in range(queue.qsize())]
        for message in waiting:
            if not isinstance(message, events.InputEvent):
                queue.put_nowait(message)
            queue.task_done()

    def post_message(self, message: Message) -> bool:
        return not (self.leaving and isinstance(message, events.InputEvent)) and super().post_message(message)

    def get_driver_class(self) -> type[Driver]:
        """Override: one that turns off all that it turned on, and writes all that it has to."""
        found = super().get_driver_class()
        if not hasattr(found, "_enable_mouse_pixels"):  # there is none on Windows
            return found
        return type(found.__name__, (PixelsGivenBack, StoppedWhole, WritesFrames, found), {})

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

    async def _shutdown(self) -> None:
        """Override: give the terminal back whatever fails while all is closed."""
        try:
            await super()._shutdown()
        except Exception as error:
            self._handle_exception(error)
            if self._driver is not None:
                self._driver.close()

    async def _broker_event(self, event_name: str, event: events.Event, default_namespace: DOMNode) -> bool:
        """Override: a click on a text runs no action. In Textual, ``[@click=app.quit]`` in a name of a file did."""
        return False if event_name == "click" else await super()._broker_event(event_name, event, default_namespace)

    async def before_key(self) -> None:
        """Called before a key that is not just one more of a text: what was pressed before it must be done."""

    async def on_event(self, event: events.Event) -> None:
        """Override: drop input that cannot be meant, and carry out keys in the order in which they were pressed.

        Dropped is what still comes when the app ends.
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
            self._holds_key = True
            try:
                await self.before_key()
            finally:
                self._holds_key = False
            self._claim_keys()
        self._typing_into = None
        if self.leaving:
            return
        widget = self.focused
        if goes_on and isinstance(widget, TextKeys) and (text := await self._letters(event, widget)):
            insert(widget, text)
            self._typing_into = widget
            return
        if isinstance(event, events.Key) and await self._check_bindings(event.key, priority=True):
            return
        if isinstance(widget, TextKeys) and await widget.take(event):
            self._typing_into = widget if _adds_text(event) else None
        elif isinstance(event, events.Paste) or hasattr(widget, "on_key"):
            await super().on_event(event)
        else:  # at once: sent from widget to widget, it would be overtaken by the next key
            await self._check_bindings(event.key)

    async def _letters(self, event: events.Key | events.Paste, widget: TextKeys) -> str:
        """The letter that ``event`` inserts into ``widget``, and those that wait behind it; empty if it does more.

        A macro, or a paste in a terminal that does not bracket it, comes as thousands of keys, and each takes a
        millisecond or two when it is inserted by itself.
        """
        bound = {
            key
            for _, bindings in self.screen._binding_chain
            for key, found in bindings.key_to_bindings.items()
            if any(binding.priority for binding in found)
        }
        letters: list[str] = []
        following: Message | None = event
        while isinstance(following, events.Key) and following.key not in bound and not following.is_forwarded:
            if not _adds_text(following) or not (letter := widget.letter(following)):
                break
            if letters:  # the first one is no longer in the queue
                await self._get_message()
                self._message_queue.task_done()
            letters.append(letter)
            following = self._next_waiting()
        return "".join(letters)

    @property
    def hears_more(self) -> bool:
        """Whether a key waits, or something else that the app has not heard yet.

        Anyone may ask. Nothing is taken out of the queue for it, as by `_next_waiting`, which only this app's task may.
        """
        return self._holds_key or self.message_queue_size > 0

    def _next_waiting(self) -> Message | None:
        with suppress(MessagePumpClosed):
            return self._peek_message()
        return None

    def _claim_keys(self) -> None:
        screen = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(screen, SelectsText):
            screen.mark(None)
        if isinstance(screen, KeyOwner):
            screen.claim_keys()


def _adds_text(event: events.Key | events.Paste) -> bool:
    """Whether an event does nothing but insert text, if a text widget gets it."""
    return isinstance(event, events.Paste) or (event.is_printable and "+" not in event.key)
