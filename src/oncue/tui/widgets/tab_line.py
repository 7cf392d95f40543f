"""On a narrow terminal one pane is seen at a time; this line names them all and leads to each."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events

from oncue.tui.messages import ShowPane
from oncue.tui.widgets.lines import Line, LineWidget, Span

TABS = ("Flows", "Trigger", "Steps", "Simulator", "Problems")


class TabLine(LineWidget):
    """The panes by number; the one that is seen is marked by brackets as well as by colour."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.current, self.problems, self.unsaved = 1, 0, 0

    def show(self, current: int, problems: int, unsaved: int) -> None:
        """Show which pane is seen, and how many problems and unsaved flows there are."""
        if (current, problems, unsaved) != (self.current, self.problems, self.unsaved):
            self.current, self.problems, self.unsaved = current, problems, unsaved
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """One line."""
        spans: list[Span] = []
        for number, label in self._labels():
            here = number == self.current
            spans.append((f"❯{label}❮" if here else f" {label} ", "accent" if here else "muted"))
        if self.unsaved:
            spans.append((f"  ● {self.unsaved} unsaved", "warning"))
        return [tuple(spans)]

    def on_click(self, event: events.Click) -> None:
        """Go to the pane that was clicked."""
        offset = self.place_of(event)
        start = 0
        for number, label in self._labels():
            cells = cell_len(label) + 2
            if offset is not None and start <= offset.x < start + cells:
                self.post_message(ShowPane(number))
            start += cells

    def _labels(self) -> list[tuple[int, str]]:
        labels = [(number, f"{number} {label}") for number, label in enumerate(TABS[:4], 1)]
        if self.problems:
            labels.append((5, f"5 Problems {self.problems}"))
        return labels
