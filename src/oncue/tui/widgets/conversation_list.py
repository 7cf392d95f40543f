"""The conversations that are under way in the simulator, in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from oncue.tui.widgets.lines import LineWidget, Parts, Target, bracketed
from oncue.workbench.spans import fitted, width_of

LONGEST = 22
"""Cells that the name of a conversation takes at most."""


class ConversationList(LineWidget):
    """Names of which one is chosen; where there is no room for all, the first ones go until that one is seen."""

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A conversation was clicked; ``at`` is its place."""

        at: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._at = 0

    def show(self, names: Sequence[str], at: int) -> None:
        """Show these names, of which the one at ``at`` is chosen."""
        if (tuple(names), at) != (self._names, self._at):
            self._names, self._at = tuple(names), at
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        targets = [
            Target(bracketed(f"{at + 1} {_short(name)}", at == self._at), at) for at, name in enumerate(self._names)
        ]
        cells = [width_of(target.spans) for target in targets]
        first = 0
        while first < self._at and sum(cells[first : self._at + 1]) > width:
            first += 1
        return [targets[first:]]

    def clicked(self, value: str | int) -> None:
        self.post_message(self.Chosen(int(value)))


def _short(name: str) -> str:
    return "".join(text for text, _ in fitted(((name, ""),), LONGEST))
