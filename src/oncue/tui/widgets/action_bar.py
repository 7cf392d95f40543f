"""A line of actions for the mouse, each with its key beside it, so that the keys are learnt on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message

from oncue.tui.host import host
from oncue.tui.shortcuts import BY_ID, in_use, shown
from oncue.tui.widgets.lines import Line, LineWidget, Span


class ActionBar(LineWidget):
    """Actions by the ids of their keys. A click posts `Pressed`; the keys themselves are bound elsewhere."""

    @dataclass(eq=False, repr=False)
    class Pressed(Message):
        """An action was clicked; ``act`` is the Textual action."""

        act: str

    def __init__(self, *key_ids: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.actions = [BY_ID[key_id] for key_id in key_ids]

    def lines(self, width: int) -> Sequence[Line]:
        """The actions, wrapped."""
        rows: list[list[Span]] = []
        for index, row, start in self._places(width):
            if row == len(rows):
                rows.append([])
            key, label = self._words(index)
            rows[row] += [(" " if start == 0 else "  ", ""), (key, "accent"), (f" {label}", "")]
        return [tuple(row) for row in rows]

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        offset = self.place_of(event)
        if offset is None:
            return
        for index, row, start in self._places(self.room):
            if row == offset.y and start <= offset.x < start + self._cells(index):
                self.post_message(self.Pressed(self.actions[index].act))

    def _words(self, index: int) -> tuple[str, str]:
        action = self.actions[index]
        keys = in_use(action, host(self).keymap)
        return min((shown(key) for key in keys.split(",")), key=cell_len), action.label

    def _cells(self, index: int) -> int:
        key, label = self._words(index)
        return cell_len(key) + cell_len(label) + 3

    def _places(self, width: int) -> list[tuple[int, int, int]]:
        """Index, row and start of each action."""
        found, row, start = [], 0, 0
        for index in range(len(self.actions)):
            if start and start + self._cells(index) > width:
                row, start = row + 1, 0
            found.append((index, row, start))
            start += self._cells(index)
        return found
