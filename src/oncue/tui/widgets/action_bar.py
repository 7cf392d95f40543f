"""Actions for the mouse, each beside its key, so that one learns the keys on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.message import Message

from oncue.tui.host import host
from oncue.tui.shortcut import Shortcut
from oncue.tui.shortcuts import BY_ID, in_use, shown
from oncue.tui.widgets.lines import LineWidget, Parts, Target, flowed
from oncue.workbench.spans import line
from oncue.workbench.state import State


class ActionBar(LineWidget):
    """Actions by the ids of their keys. A click posts `Pressed`; the keys themselves are bound elsewhere."""

    @dataclass(eq=False, repr=False)
    class Pressed(Message):
        """An action was clicked; ``act`` is the Textual action."""

        act: str

    def __init__(self, *key_ids: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._all = [BY_ID[key_id] for key_id in key_ids]
        self.actions = self._all

    def show(self, state: State) -> None:
        """Show only the actions that can do something in ``state``."""
        actions = [each for each in self._all if each.applies(state)]
        if actions != self.actions:
            self.actions = actions
            self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Parts]:
        return flowed((self._target(action) for action in self.actions), width)

    def clicked(self, value: str | int) -> None:
        self.post_message(self.Pressed(str(value)))

    def _target(self, action: Shortcut) -> Target:
        keys = in_use(action, host(self).keymap)
        shortest = min((shown(key) for key in keys.split(",")), key=cell_len)
        return Target(line(" ", (shortest, "accent"), f" {action.label} "), action.act)
