"""On a narrow terminal one pane is seen at a time; this line names them all and leads to each."""

from collections.abc import Sequence

from oncue.tui.messages import RunCommand, ShowPane
from oncue.tui.widgets.lines import LineWidget, Parts, Target, bracketed
from oncue.workbench.header import Part
from oncue.workbench.spans import Span, line, width_of

TABS = ("Flows", "Trigger", "Steps", "Simulator", "Problems")


class TabLine(LineWidget):
    """The panes by number; the one that is seen is marked by brackets as well as by colour."""

    ground = "surface"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.current, self.problems, self.unsaved = 1, 0, 0
        self.scenarios: list[Part] = []

    def show(self, current: int, problems: int, unsaved: int, scenarios: list[Part]) -> None:
        """Show which pane is seen, how many problems and unsaved flows there are, and how the scenarios stand."""
        before = (self.current, self.problems, self.unsaved, self.scenarios)
        if (current, problems, unsaved, scenarios) != before:
            self.current, self.problems, self.unsaved, self.scenarios = current, problems, unsaved, scenarios
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        parts = self._parts(short=False)
        taken = sum(width_of(part.spans if isinstance(part, Target) else (part,)) for part in parts)
        return [parts if taken <= width else self._parts(short=True)]

    def _parts(self, short: bool) -> list[Span | Target]:
        """How everything stands must be in sight; where there is no room, the panes that are not seen are numbers."""
        parts: list[Span | Target] = [
            Target(bracketed(str(n) if short and n != self.current else label, n == self.current), n)
            for n, label in self._labels()
        ]
        if self.unsaved:
            parts.append(Target(line((f"  ● {self.unsaved}{'' if short else ' unsaved'}", "warning")), "app.review"))
        for part in self.scenarios:
            parts += [("  ", ""), Target(part.spans, part.command)]
        return parts

    def clicked(self, value: str | int) -> None:
        self.post_message(ShowPane(value) if isinstance(value, int) else RunCommand(value))

    def _labels(self) -> list[tuple[int, str]]:
        labels = [(number, f"{number} {label}") for number, label in enumerate(TABS[:4], 1)]
        if self.problems:
            labels.append((5, f"5 Problems {self.problems}"))
        return labels
