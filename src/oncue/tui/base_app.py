"""What a careful terminal app does, whatever it is about: colours, words to the user, and every way out.

Every way out is the same way out: the work is kept, the terminal is given back, the exit status is true. A bug is
no exception to that. Which work there is to keep is for the app to say (`Shell.keep_work`).
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from rich.style import Style
from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import Worker

from oncue.text import visible
from oncue.tui import terminal_safety, theming
from oncue.tui.modals.question import Question

PATIENCE = 0.5
"""Seconds to wait for what was pressed before."""

TOASTS = 4
"""Toasts that are seen at a time."""

BUG = 70
"""The exit status after a bug, as sysexits(3) has it for an internal software error."""


class BaseApp(App[int]):
    """An app that keeps the work and gives the terminal back, however it ends. ``crash`` is the bug that ended it."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        self.role_styles: Mapping[str, Style] = {}
        super().__init__()
        self.crash: BaseException | None = None
        self._plain = terminal_safety.PlainFilter()

    def keep_work(self) -> None:
        """Keep what is unsaved for the next start. Must not raise, and must not need the screen."""

    def end(self, status: int) -> None:
        """Leave with an exit status."""
        self.exit(status, return_code=status)

    def on_mount(self) -> None:
        """Take the signals."""
        terminal_safety.on_signals(self._leave_on_signal)

    def _leave_on_signal(self, number: int) -> None:
        """The way out of a closed window, a shutdown, a kill."""
        self.keep_work()
        terminal_safety.leave_for_sure(128 + number)
        self.end(128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """A bug: keep the work first; the report is written when the terminal is given back."""
        if self._exit:
            return  # on the way out already: a key that was still waiting met a widget that is gone
        if self.crash is None:
            self.crash = error
            self.keep_work()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which shows the values of local variables."""
        self._return_code = BUG
        self._close_messages_no_wait()

    def get_line_filters(self) -> list[LineFilter]:
        """The filters of Textual, and ours."""
        return [*super().get_line_filters(), self._plain]

    async def _broker_event(self, event_name: str, event: events.Event, default_namespace: Any) -> bool:
        """Links in text do nothing here: no text of ours has any."""
        return False if event_name == "click" else await super()._broker_event(event_name, event, default_namespace)

    async def on_event(self, event: events.Event) -> None:
        """Input that waits while the app ends is dropped, so that a long queue does not hold up the way out.

        A mouse event during a resize can meet a widget that has no place yet; that event is lost, nothing else.
        """
        if self._exit and isinstance(event, events.InputEvent):
            return
        if not isinstance(event, events.MouseEvent):
            await super().on_event(event)
            return
        try:
            await super().on_event(event)
        except (AttributeError, KeyError) as error:
            if "region" not in str(error) and not isinstance(error, KeyError):
                raise

    async def arrived(self) -> None:
        """Return when what was pressed before has done what it does, or after `PATIENCE`. Not for a message handler.

        A key is a chain of messages from widget to widget, and a key of the app overtakes those before it: to save,
        or to leave, without the letter that was typed just before would lose it.
        """
        clock = asyncio.get_running_loop().time
        deadline, quiet = clock() + PATIENCE, 0
        while quiet < 3 and clock() < deadline:  # turns without a message, in which a handler may go on and send one
            await asyncio.sleep(0)
            pumps = (*self.screen_stack, *self.screen.walk_children(Widget))
            quiet = 0 if any(pump._message_queue.qsize() for pump in pumps) else quiet + 1

    def get_css_variables(self) -> dict[str, str]:
        """Textual's variables and those of our roles."""
        variables = super().get_css_variables()
        roles = theming.palette(self.current_theme, variables)
        self.role_styles = theming.role_styles(self.current_theme, roles)
        self.theme_variables = {**variables, **roles}
        return self.theme_variables

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Override: show a toast; a repeated message replaces the earlier one, and only the latest few stay."""
        text = visible(message, 300)
        seen = list(self._notifications)
        kept = [note for note in seen if note.message != text][1 - TOASTS :]
        for note in seen:
            if note not in kept:
                self._unnotify(note, refresh=False)
        seconds = (3 if severity == "information" else 8) if timeout is None else timeout
        super().notify(text, title=title, severity=severity, markup=False, timeout=seconds)

    async def ask(self, question: Question) -> str:
        """The value of the answer."""
        return await self.push_screen_wait(question)

    async def asking(self, worker: Worker[None]) -> None:
        """Return when the dialog that ``worker`` asks in can be answered, or when ``worker`` is over.

        An action that waits for this keeps the keys behind it waiting, so that they answer the dialog. They
        would act on the screen below it otherwise: a dialog takes some turns of the event loop to come up.
        """
        while not worker.is_finished and (not isinstance(self.screen, ModalScreen) or self.screen.focused is None):
            await asyncio.sleep(0)
