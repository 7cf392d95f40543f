"""On a narrow terminal one pane is seen at a time; this line names them all and leads to each."""

from collections.abc import Sequence

from oncue.tui.messages import RunCommand, ShowPane
from oncue.tui.widgets.lines import LineWidget, Parts, Target, bracketed, width_of_parts
from oncue.workbench.findings import NONE, Counts
from oncue.workbench.header import Part
from oncue.workbench.spans import Span, line

TABS = ("Flows", "Trigger", "Steps", "Simulator", "Problems")


class TabLine(LineWidget):
    """The panes by number; the one that is seen is marked by brackets as well as by colour."""

    ground = "surface"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.current, self.problems, self.unsaved = 1, NONE, 0
        self.scenarios: list[Part] = []

    def show(self, current: int, problems: Counts, unsaved: int, scenarios: list[Part]) -> None:
        """Show which pane is seen, how many problems and unsaved flows there are, and how the scenarios stand."""
        before = (self.current, self.problems, self.unsaved, self.scenarios)
        if (current, problems, unsaved, scenarios) != before:
            self.current, self.problems, self.unsaved, self.scenarios = current, problems, unsaved, scenarios
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        """How everything stands must be in sight; in the end the panes that are not seen are only numbers."""
        tries = [self._parts(*each) for each in ((True, True, 3), (True, True, 1), (True, False, 1), (False, False, 1))]
        return [next((parts for parts in tries if width_of_parts(parts) <= width), tries[-1])]

    def _parts(self, names: bool, words: bool, kinds: int) -> list[Span | Target]:
        """With all the names or only one; with words or only signs; with so many kinds of problems, the worst first."""
        parts: list[Span | Target] = []
        wrong = tuple(span for each in self.problems.parts(words=False)[:kinds] for span in ((" ", ""), *each))
        for number, name in enumerate(TABS if any(self.problems) else TABS[:4], 1):
            here = number == self.current
            label = f"{number} {name}" if names or here else f"{number}"
            parts.append(Target(bracketed(label, here, wrong if number == len(TABS) else ()), number))
        if self.unsaved:
            parts.append(Target(line((f"  ● {self.unsaved}{' unsaved' if words else ''}", "warning")), "app.review"))
        for part in self.scenarios:
            parts += [("  ", ""), Target(part.spans, part.command)]
        return parts

    def clicked(self, value: str | int) -> None:
        self.post_message(ShowPane(value) if isinstance(value, int) else RunCommand(value))
