"""The screen on which commands are found and run: palette, help, themes, and parts of the header that lead to one."""

from collections.abc import Mapping

from oncue.tui import commands
from oncue.tui.messages import RunCommand, ThemeChosen
from oncue.tui.screens.pane_grid import PaneGrid
from oncue.tui.screens.picker_screen import PickerScreen
from oncue.tui.shortcuts import BY_ID
from oncue.tui.widgets.header import HeaderLine
from oncue.tui.widgets.picker import Entry
from oncue.tui.widgets.tab_line import TabLine
from oncue.workbench.state import State

SHADED = 0.45
"""How much of the panes is seen while something lies above them."""

_PANES = {"flows": 1, "trigger": 2, "steps": 3, "simulator": 4, "problems": 5}
"""The pane that has the actions of a context."""


class CommandScreen(PickerScreen):
    """A `PickerScreen` that runs commands; its subclass has the panes that they belong to."""

    grid: PaneGrid
    _wanted_keys: Mapping[str, str]

    @property
    def state(self) -> State | None:
        """All that is shown; ``None`` until the workspace is read."""
        raise NotImplementedError

    def show_pane(self, number: int) -> None:
        """Show a pane, and give it the focus."""
        raise NotImplementedError

    def action_palette(self) -> None:
        self._offer("Commands", commands.palette(self.state, self._active_ids(), self._wanted_keys))

    def action_help(self) -> None:
        """Show the keys that work here: those of the picker while it is open."""
        if self.show_picker_keys():
            return
        self._offer("Keys · enter runs one", commands.help_entries(self._active_ids(), self._wanted_keys))

    def _active_ids(self) -> list[str]:
        """The ids of the bindings that work where the focus is, the nearest first."""
        return [each.binding.id or "" for each in self.active_bindings.values()]

    def shade(self, shaded: bool) -> None:
        # A terminal's own colours cannot be mixed with the ground.
        opacity = SHADED if shaded and not self.app.current_theme.ansi else 1.0
        for below in (self.grid, self.query_one(HeaderLine), self.query_one(TabLine)):
            if below.styles.opacity != opacity:
                below.styles.opacity = opacity

    def _offer(self, title: str, shortcuts: list[Entry]) -> None:
        """Let the user pick a shortcut, and do what it does once the picker is closed."""

        def run(shortcut_id: str) -> None:
            self.call_later(self.run_command, shortcut_id)

        self.pick(title, shortcuts, run)

    def on_run_command(self, event: RunCommand) -> None:
        event.stop()
        if event.shortcut_id in BY_ID and self.is_active:
            self.call_later(self.run_command, event.shortcut_id)

    async def run_command(self, shortcut_id: str) -> None:
        """Do what a shortcut does, in the pane that it belongs to."""
        shortcut = BY_ID[shortcut_id]
        number = _PANES.get(shortcut.context)
        if number is not None:
            self.show_pane(number)
            await self.grid.pane(number).run_action(shortcut.act)
        elif shortcut.context == "app":
            await self.run_action(shortcut.act)

    def action_theme(self) -> None:
        before, names = self.app.theme, sorted(self.app.available_themes)

        def preview(name: str) -> None:
            self.app.theme = name

        def choose(name: str) -> None:
            preview(name)
            self.post_message(ThemeChosen(name))

        entries = [Entry(name, name.replace("-", " ")) for name in names]
        self.pick("Theme", entries, choose, current=before, preview=preview, cancelled=lambda: preview(before))
