"""What any careful terminal app does: colours, toasts, dialogs, and every way out.

However the app ends, by a key, a signal or a bug, the work is kept, the terminal is given back, and the exit status is
true. Which work there is to keep is for the app to say (`BaseApp.keep_work`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.style import Style
from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.notifications import SeverityLevel

from oncue.text import visible
from oncue.tui import terminal_safety, theming
from oncue.tui.modals.prompt import Prompt
from oncue.tui.modals.question import Question
from oncue.tui.user import Answer, Check

TOASTS = 4
"""Toasts that are seen at a time."""

BUG = 70
"""The exit status after a bug, as sysexits(3) has it for an internal software error."""


class BaseApp(App[int]):
    """An app that keeps the work and gives the terminal back, however it ends.

    ``crash`` is the bug that ended it, if one did. The app is the `User` of whatever is no widget.
    """

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
        terminal_safety.on_signals(self._leave_on_signal)

    def _leave_on_signal(self, number: int) -> None:
        # A closed window, a shutdown, a kill.
        self.keep_work()
        terminal_safety.leave_for_sure(128 + number)
        self.end(128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """Override: keep the work first; the report on the bug is written when the terminal is given back."""
        if self._exit:
            return  # on the way out already: a key that was still waiting met a widget that is gone
        if self.crash is None:
            self.crash = error
            self.keep_work()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Override: end without Textual's traceback, which shows the values of local variables."""
        self._return_code = BUG
        self._close_messages_no_wait()

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), self._plain]

    async def _broker_event(self, event_name: str, event: events.Event, default_namespace: Any) -> bool:
        """Override: a link in a text does nothing, because no text of ours has any."""
        return False if event_name == "click" else await super()._broker_event(event_name, event, default_namespace)

    async def on_event(self, event: events.Event) -> None:
        """Override: drop what is still waiting when the app ends, so that a long queue of keys does not hold that up.

        A mouse event during a resize can meet a widget that has no place yet; only that event is lost.
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

    def get_css_variables(self) -> dict[str, str]:
        """Override: add the colours of our roles."""
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

    async def ask(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], cursor: int = -1
    ) -> str:
        """The value of the answer that the user chooses; `oncue.tui.user`. To be called from a worker."""
        return await self.push_screen_wait(Question(title, text, answers, cursor))

    async def prompt(self, title: str, hint: str, value: str, check: Check) -> str | None:
        """A text that the user types; `oncue.tui.user`. To be called from a worker."""
        return await self.push_screen_wait(Prompt(title, hint, value, check))
