"""The app: it wires the store, the files, the drafts and the screen together, and is the way in and out.

What takes time (reading, saving, drafts) is in a thread. The state is in the `Store`, what is done with it on the
`DesignerScreen`; nothing below knows the app.
"""

import asyncio
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import ModalScreen, Screen

from oncue.errors import OncueError
from oncue.storage.user.settings import Settings, read_settings, save_theme
from oncue.suggestions import did_you_mean
from oncue.text import first, visible
from oncue.tui import terminal_safety
from oncue.tui.background import Work, in_background
from oncue.tui.base_app import BUG, BaseApp
from oncue.tui.disk import Disk
from oncue.tui.framework.parser import parse_input_tolerantly
from oncue.tui.framework.sizes import limit_sizes
from oncue.tui.framework.toasts import let_toasts_be_late
from oncue.tui.git_watch import GitWatch
from oncue.tui.keymap import check_keymap, widget_keymap
from oncue.tui.messages import ThemeChosen
from oncue.tui.opening import Opened, begin_opening
from oncue.tui.screens.designer import DesignerScreen
from oncue.tui.shortcuts import BY_ID, in_use, shown
from oncue.tui.user import Answer
from oncue.tui.waiting import finished, pending_keys_handled
from oncue.workbench.said import Said
from oncue.workbench.store import Store

if TYPE_CHECKING:
    from oncue.tui.drafting import Drafting

PATIENCE = 0.25
"""Seconds after which the screen is painted even if the workspace is not read yet."""

WATCH = 1.5
"""Seconds between two looks at the folder, as many terminals never say that they came to the front."""

SHARE = 0.01
"""Part of a core that looking may take; where there are many files, it is done less often."""

FEW_COLOURS = "ansi-dark"
"""The theme where the terminal has 16 colours and the user chose no other."""

SETTLING = 0.05
"""Seconds after the first paint in which the user is not disturbed by what can wait."""


class OncueApp(BaseApp, inherit_bindings=False):
    """The flow designer on a workspace that is being read. ``store`` and ``disk`` are ``None`` until it is.

    ``failure``: why the workspace could not be read. ``settled`` is called when all that follows the first paint is
    done.
    """

    CSS_PATH = "app.tcss"
    TITLE = "oncue"
    BINDINGS = [Binding("ctrl+c", "help_quit", show=False, system=True)]

    def __init__(self, opening: "Future[Opened]", settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.keymap, self._key_complaints = check_keymap(settings.keys)
        self._opening = opening
        self.store: Store | None = None
        self.disk: Disk | None = None
        self._drafting: Drafting | None = None
        self._git = GitWatch()
        self.failure: str = ""
        self.next_folder: Path | None = None
        """The workspace to be opened when this one is left."""
        self.settled: Callable[[], None] | None = None
        self.designer = DesignerScreen(shutil.get_terminal_size(), self.keymap, self.begin)
        if not self.no_color:
            # Of 16 colours the nearest to the accent may be red, so that the focus looks like an error.
            few = not settings.theme_chosen and self.console.color_system == "standard"
            if few or settings.theme in self.available_themes:
                self.theme = FEW_COLOURS if few else settings.theme

    def show_said(self, said: Said) -> bool:
        """Override: show it in the status line, which cannot be read below a dialog."""
        return self.designer.say(said) and self.screen is self.designer

    @property
    def typing(self) -> bool:
        """Whether letters are text now, and no commands: whether the widget with the focus takes them."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def get_default_screen(self) -> Screen[None]:
        return self.designer

    # The way in

    def on_mount(self) -> None:
        self.set_keymap(widget_keymap(self.keymap))
        for complaint in (*self.settings.complaints, *self._theme_complaints(), *self._key_complaints):
            self.notify(f"{self.settings.file}: {complaint}", severity="error")

    def _theme_complaints(self) -> list[str]:
        name = self.settings.theme
        if name in self.available_themes:
            return []
        return [f"theme: there is no theme {name!r}; {did_you_mean(name, sorted(self.available_themes))}"]

    async def begin(self) -> None:
        """Show the workspace in the first paint if it is read in time; otherwise as soon as it is read.

        Each paint of the start costs as much as a key press. Until the workspace is read, the panes are empty.
        """
        reading = asyncio.wrap_future(self._opening)
        await asyncio.wait([reading], timeout=PATIENCE)
        if reading.done():
            self._start(reading)
        else:
            in_background(self, partial(self._start_late, reading), group="open")

    async def _start_late(self, reading: "asyncio.Future[Opened]") -> None:
        await asyncio.wait([reading])
        self._start(reading)

    def _start(self, reading: "asyncio.Future[Opened]") -> None:
        try:
            opened = reading.result()
        except (OncueError, OSError) as error:
            self.failure = str(error)
            self.end(2)
            return
        self.store = Store(opened.state)
        self.disk = Disk(self.store, self, opened.loaded)
        self.designer.start(self.store, self.disk, self)
        self.run_later(SETTLING, partial(self._settle, self.store, self.disk))

    async def _settle(self, store: Store, disk: Disk) -> None:
        """Do what can wait until the workspace is on the screen."""
        await self.designer.prepare()
        drafts = await disk.recover()
        await self._open_last(store, disk)
        from oncue.tui.drafting import Drafting

        self._drafting = Drafting(store, disk, self, self.run_later)
        from oncue.tui.replaying import ScenarioReplays

        def busy() -> bool:
            return self.pressing

        def over() -> bool:
            return self.leaving or not self.is_running

        ScenarioReplays(store, partial(in_background, self.designer, group="scenarios"), busy, over)
        from oncue.tui.checking import Checking

        Checking(store, disk, partial(in_background, self.designer, group="checks"), busy, over)
        await self._look_at_git(disk)
        self.run_later(WATCH, partial(self._watch, disk))
        if self.settled is not None:
            self.settled()
        await self._drafting.offer(drafts)

    async def _open_last(self, store: Store, disk: Disk) -> None:
        """Open the flow that was open when the workspace was left, unless the user has begun with another one."""
        from oncue.storage.user.recents import last_flow  # saving is imported by now

        before = store.session
        flow_id = await asyncio.to_thread(last_flow, disk.folder)
        if flow_id in store.session.workspace.flows and store.session is before:
            store.open(flow_id)

    async def action_workspaces(self) -> None:
        """Let the user open another workspace."""
        from oncue.tui import other_workspaces

        here = None if self.disk is None else self.disk.folder
        entries = await asyncio.to_thread(other_workspaces.entries, here)

        async def leave(chosen: Path | str) -> None:
            folder = chosen if isinstance(chosen, Path) else await other_workspaces.ask_for_folder(here, self)
            if folder is not None:
                await self._quit(folder)

        def go(chosen: Path | str) -> None:
            in_background(self.designer, partial(leave, chosen), group="ask", exclusive=True)

        self.designer.pick("Open a workspace", entries, go)

    async def _watch(self, disk: Disk) -> None:
        """Read again what changed on disk, and look again later."""
        cost = await disk.refresh()
        await self._look_at_git(disk)
        self.run_later(max(WATCH, cost / SHARE), partial(self._watch, disk))

    async def _look_at_git(self, disk: Disk) -> None:
        """Show what git knows of the workspace, if that can be other than it was when it was looked at last."""
        repository = await self._git.look(disk.folder, disk.files)
        if repository is not None:
            self.designer.show_repository(repository)

    def run_later(self, seconds: float, work: Work) -> None:
        """Start ``work`` in the background after so many seconds."""

        def start() -> None:
            in_background(self, work)

        self.set_timer(seconds, start)

    # While it runs

    def on_app_focus(self) -> None:
        if self.disk is not None:
            self.designer.refresh_files()

    def on_theme_chosen(self, message: ThemeChosen) -> None:
        self.run_worker(partial(self._keep_theme, message.name), thread=True, group="settings")

    def _keep_theme(self, name: str) -> None:
        try:
            save_theme(self.settings, name)
        except (OncueError, OSError) as error:
            self.call_from_thread(self.notify, f"The theme could not be kept: {error}", severity="error")

    def action_help_quit(self) -> None:
        """Override: say how to quit, in the user's keys. In a dialog, ctrl+c does nothing."""
        if not isinstance(self.screen, ModalScreen):
            key = in_use(BY_ID["app.quit"], self.keymap).split(",")[0]
            self.notify(f"Press {shown(key)} to quit.")

    # The way out

    async def action_quit(self) -> None:
        await self.designer.run_dialog(self._quit)

    async def _quit(self, then: Path | None = None) -> None:
        """Quit, unless the user would rather stay; ``then`` is the workspace to be opened afterwards."""
        if then is not None and not (then / "workspace.toml").is_file():
            self.notify(f"{then}: there is no workspace any more.", severity="error")
            return
        self.next_folder = then
        await pending_keys_handled(self)
        if self.disk is not None and self.disk.ready.is_set():
            await finished(self, "save")  # what is being saved is not unsaved
        if self.store is None or not self.store.state.unsaved:
            self._quit_now()
            return
        state = self.store.state
        flows = {**state.session.saved.flows, **state.workspace.flows}
        names = dict.fromkeys(flows[each].name if each in flows else each for each in sorted(state.unsaved))
        text = [(f"Unsaved: {first(list(names), 8)}.", "")]
        text += [
            (f"{each.problem.file}: {each.problem.message}.", "warning") for each in self.store.state.unfinished[:4]
        ]
        answers = [
            Answer("save", "s", "Save, then quit"),
            Answer("drop", "d", "Quit without saving; the edits are lost"),
            Answer("look", "l", "Look at what is unsaved"),
            Answer("stay", "esc", "Stay"),
        ]
        match await self.ask("Unsaved work", text, answers, cursor=0):
            case "save":
                if await self.designer.save():
                    self._quit_now()
            case "drop":
                self._quit_now()
            case "look":
                await self.designer.review()

    def _quit_now(self) -> None:
        if self._drafting is not None:
            self._drafting.close(keep=False)
        if self.store is not None and self.disk is not None:
            from oncue.storage.user.recents import remember

            remember(self.disk.folder, self.store.session.selected or "")
        self.end(0)

    def keep_work(self) -> bool:
        """Override: write the draft now, and keep it for the next start."""
        if self.store is None or self.disk is None:
            return True
        if self._drafting is None and self.store.state.unsaved:  # an edit before everything was ready
            from oncue.tui.drafting import Drafting

            self._drafting = Drafting(self.store, self.disk, self, lambda _seconds, _work: None)
        if self._drafting is not None:
            complaint = self._drafting.write_now()
            kept = complaint is None and (self._drafting.works or not self.store.state.unsaved)
            self._drafting.close(keep=True)
            return kept
        return True


_TURN = 0.001
"""Seconds of a thread's turn. Those that read keys and write to the terminal wait for one, which is 5 ms in Python."""


def run(folder: Path, settled: Callable[[], None] | None = None) -> int:
    """Run the app on a workspace folder until the user quits; returns the exit status.

    ``settled`` is called when the first screen is there and what follows it is done.
    """
    settings = read_settings()
    terminal_safety.tolerate_bytes()
    parse_input_tolerantly()
    limit_sizes()
    let_toasts_be_late()
    sys.setswitchinterval(_TURN)
    to_open: Path | None = folder
    while to_open is not None:
        app = OncueApp(begin_opening(to_open), read_settings() if to_open is not folder else settings)
        app.settled = settled
        terminal_safety.on_signals(app.leave_on_signal)
        app.run()
        to_open = None if app.crash is not None or app.failure or app.return_code else app.next_folder
    if app.crash is not None:
        from oncue.storage.user.crash_reports import write_report

        work = "unsaved work is kept for the next start" if app.kept else "unsaved work could not be kept"
        report = write_report(app.crash) or "could not be written"
        _complain(f"a bug in oncue ended it; {work}. Report: {report}")
        return BUG
    if app.failure:
        _complain(app.failure)
    return app.return_code or 0


def _complain(text: str) -> None:
    """Say something on the terminal once the app has given it back."""
    sys.stderr.write(f"oncue: {visible(text)}\n")
