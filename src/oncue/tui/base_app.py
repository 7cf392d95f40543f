"""What any careful terminal app does: colours, toasts, dialogs, and every way out.

However the app ends, by a key, a signal or a bug, the work is kept, the terminal is given back, and the exit status is
true. Which work there is to keep is for the app to say (`BaseApp.keep_work`).
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rich.style import Style
from textual.app import SuspendNotSupported
from textual.filter import LineFilter
from textual.notifications import SeverityLevel

from oncue.text import visible
from oncue.tui import terminal_safety, theming
from oncue.tui.editor import run_editor
from oncue.tui.framework.compositor import redraw
from oncue.tui.framework.guarded_app import GuardedApp
from oncue.tui.framework.toasts import forget_toasts
from oncue.tui.modals.browser import Browser
from oncue.tui.modals.path_prompt import PathPrompt
from oncue.tui.modals.prompt import Prompt
from oncue.tui.modals.question import Question
from oncue.tui.user import Action, Answer, Check, Complete
from oncue.tui.waiting import pending_keys_handled
from oncue.workbench.copying import first_line
from oncue.workbench.said import Said, SaidLog
from oncue.workbench.spans import Line

TOASTS = 2
"""Toasts that are seen at a time: of what does not fit into the status line, or is said while a dialog is open."""

COLOURLESS = "ansi-dark"
"""The theme without colours: it shows by reverse video what others show by a background."""

BUG = 70
"""The exit status after a bug, as sysexits(3) has it for an internal software error."""


class BaseApp(GuardedApp[int]):
    """An app that keeps the work and gives the terminal back, however it ends.

    ``crash`` is the bug that ended it, if one did; ``kept``, whether the work was kept on the way out.
    The app is the `User` of whatever is no widget.
    """

    ENABLE_COMMAND_PALETTE = False
    bug_status = BUG

    def __init__(self) -> None:
        self.role_styles: Mapping[str, Style] = {}
        super().__init__()
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"  # what a key does is there at once, and does not glide for half a second
        self.crash: BaseException | None = None
        self.messages = SaidLog()
        self.kept = True
        self.give_terminal_back = terminal_safety.remember_terminal()
        self._filters_of_ours: list[LineFilter] = [terminal_safety.PlainFilter()]
        if self.no_color:
            self.theme = COLOURLESS
            self._filters_of_ours.append(terminal_safety.ColourlessFilter())

    def action_redraw(self) -> None:
        redraw(self)

    def keep_work(self) -> bool:
        """Keep what is unsaved for the next start; whether that was done. Must not need the screen."""
        return True

    def end(self, status: int) -> None:
        """Leave with an exit status."""
        terminal_safety.stay_awake()
        self.exit(status, return_code=status)

    def leave_on_signal(self, number: int) -> None:
        """Leave, because the window was closed, or the process is told to end."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # the terminal is not taken yet, or is given back
            os._exit(128 + number)
        self.begin_to_leave(128 + number)  # what is interrupted here still goes on, and the work may be closed
        terminal_safety.leave_for_sure(128 + number, self._keep, self.give_terminal_back)
        loop.call_soon_threadsafe(self.end, 128 + number)  # and wake the loop

    async def before_key(self) -> None:
        await pending_keys_handled(self)

    def bug_met(self, error: Exception) -> None:
        """Keep the work first; the report on the bug is written when the terminal is given back."""
        if self.crash is None:
            self.crash = error
            self._keep()

    def _keep(self) -> None:
        """Keep the work, whatever that raises: no step of the way out may hold up the others."""
        try:
            self.kept = self.keep_work()
        except Exception:
            self.kept = False

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *self._filters_of_ours]

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
        """Override: say it in the status line, and in a toast only what cannot be read there."""
        text = visible(message, 300)
        if self.say(text, severity):
            forget_toasts(self, text, 0)  # what is said now is about something else
            return
        forget_toasts(self, text, TOASTS - 1)
        seconds = (3 if severity == "information" else 8) if timeout is None else timeout
        super().notify(text, title=title, severity=severity, markup=False, timeout=seconds)

    def say(self, text: str, severity: SeverityLevel = "information", edit: bool = False) -> bool:
        """Keep and show a message; whether all of it can be read where it is shown."""
        said = Said(visible(text, 300), severity, f"{datetime.now():%H:%M:%S}", edit)
        self.messages = self.messages.saying(said)
        return self.show_said(self.messages.last or said)

    async def edit_outside(self, path: Path, line: int | None) -> str:
        """Give the terminal to the user's editor until it is closed; `oncue.tui.user`."""
        try:
            with self.suspend(), terminal_safety.keys_of_signals_are_for_the_child():
                return run_editor(path, line)
        except SuspendNotSupported:
            return "This terminal cannot be given to an editor."

    def text_selected(self, text: str) -> None:
        """Override: copy what was selected with the mouse, as there is no key that every terminal has for it."""
        if text.strip():
            self.copy_to_clipboard(text)
            self.notify(f"Sent to the terminal's clipboard: {first_line(text)}")

    def say_edit(self, words: str) -> None:
        """What an edit changed; `oncue.tui.user`."""
        self.say(words, edit=True)

    def show_said(self, said: Said) -> bool:
        """Show what was said last; whether all of it can be read."""
        return False

    async def ask(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], cursor: int = -1
    ) -> str:
        """The value of the answer that the user chooses; `oncue.tui.user`. To be called from a worker."""
        return await self.push_screen_wait(Question(title, text, answers, cursor))

    async def browse(
        self,
        title: str,
        labels: Sequence[Line],
        text_of: Callable[[int], Sequence[Line]],
        actions: Sequence[Action] = (),
        cursor: int = 0,
        note: str = "",
    ) -> tuple[str, int] | None:
        """A list and the text of each thing in it; `oncue.tui.user`. To be called from a worker."""
        return await self.push_screen_wait(Browser(title, labels, text_of, actions, cursor, note))

    async def prompt(
        self, title: str, hint: str, value: str, check: Check, complete: Complete | None = None
    ) -> str | None:
        """A text that the user types; `oncue.tui.user`. To be called from a worker."""
        if complete is None:
            return await self.push_screen_wait(Prompt(title, hint, value, check))
        return await self.push_screen_wait(PathPrompt(title, hint, value, check, complete))
