"""The header: one line at the top with the workspace, its branch, and how everything stands; each part leads there."""

from collections.abc import Sequence

from oncue.tui.messages import RunCommand
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.header import Part, Repository, left_parts, right_parts, width_of_parts
from oncue.workbench.spans import Span
from oncue.workbench.state import State


class HeaderLine(LineWidget):
    """The header. It is drawn only when one of its parts changed."""

    ground = "surface"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._repository: Repository | None = None
        self._left: list[Part] = []
        self._right: list[Part] = []
        self._state: State | None = None

    def show(self, state: State) -> None:
        """Show how ``state`` stands."""
        self._state = state
        left = left_parts(state.workspace.name, self._repository)
        right = right_parts(state)
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def show_repository(self, repository: Repository | None) -> None:
        """Show what git knows of the workspace."""
        self._repository = repository
        if self._state is not None:
            self.show(self._state)

    def lines(self, width: int) -> Sequence[Parts]:
        left, right = self._left, self._right
        while left[1:] and width_of_parts([*left, *right]) + 4 > width:
            left = left[:-1]
        room = width - width_of_parts(left) - width_of_parts(right) - 2
        gap: Span = (" " * max(room, 2), "")
        return [[(" ", ""), *_targets(left), gap, *_targets(right)]]

    def clicked(self, value: str | int) -> None:
        self.post_message(RunCommand(str(value)))


def _targets(parts: list[Part]) -> list[Span | Target]:
    shown: list[Span | Target] = []
    for part in parts:
        if shown:
            shown.append(("  ", ""))
        shown += [Target(part.spans, part.command)] if part.command else part.spans
    return shown
