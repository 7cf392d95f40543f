"""The five panes: all of them in columns on a wide terminal, on a narrow one only the one that is seen."""

from textual.app import ComposeResult
from textual.widget import Widget

from oncue.domain.problems import KeyPath
from oncue.tui.panes.flows import FlowsPane
from oncue.tui.panes.pane import Pane
from oncue.tui.panes.problems import ProblemsPane
from oncue.tui.panes.simulator import SimulatorPane
from oncue.tui.panes.steps import StepsPane
from oncue.tui.panes.trigger import TriggerPane
from oncue.tui.widgets.frames import Column, Row
from oncue.workbench.state import State


class PaneGrid(Row):
    """The panes by number, of which one is ``seen``: it has the focus, or had it last."""

    def __init__(self, narrow: bool) -> None:
        super().__init__(id="panes")
        self.flows, self.trigger, self.steps = FlowsPane(), TriggerPane(), StepsPane()
        self.simulator, self.problems = SimulatorPane(), ProblemsPane()
        self.panes: tuple[Pane, ...] = (self.flows, self.trigger, self.steps, self.simulator, self.problems)
        self.seen = 1
        self._narrow = narrow
        self._zoomed = False
        self._focused: Widget | None = None

    def compose(self) -> ComposeResult:
        with Column(id="left"):
            yield self.pane(1)
            yield self.pane(5)
        with Column(id="middle"):
            yield self.pane(2)
            yield self.pane(3)
        yield self.pane(4)

    def on_mount(self) -> None:
        self._arrange()

    @property
    def last(self) -> int:
        """The number of the last pane that is there: the pane of problems hides while there are none."""
        return 4 if self.problems.none else 5

    def pane(self, number: int) -> Pane:
        """The pane with a number."""
        return self.panes[number - 1]

    def show(self, state: State) -> None:
        """Show ``state`` in all panes."""
        for pane in self.panes:
            pane.show(state)

    def see(self, number: int) -> None:
        """Make sure that a pane is on the screen."""
        if number != self.seen:
            self.seen = number
            self._arrange()

    def zoom(self) -> None:
        """Give the pane that is seen all the room, or take it back."""
        self._zoomed = not self._zoomed
        self.set_class(self._zoomed, "-zoomed")
        self._arrange()

    def focus_field(self, path: KeyPath) -> None:
        """Go to the field of a path of keys in the open flow's file."""
        if path[:1] == ("steps",):
            self.see(3)
            number, field = (int(path[1]) + 1, path[2:3]) if len(path) > 1 else (1, ())
            # What is about the kind of the step is about all of it.
            self.steps.focus_step(number, str(field[0]) if field and field[0] != "type" else "")
        elif path:
            self.see(2)
            self.trigger.focus_key(path)

    def focus_moved(self, focused: Widget) -> None:
        """Mark the pane that ``focused`` is in, which is the one to see."""
        inside = next((each for each in focused.ancestors if isinstance(each, Pane)), None)
        for pane in self.panes:
            pane.mark(pane is inside)
        if inside is not None:
            self._focused = focused
            self.see(inside.number)

    def on_show(self) -> None:
        """Give the focus back to what had it before the window was too small for any pane."""
        last = self._focused
        if last is not None and self.screen.focused is None:
            if last.is_attached and last.focusable:
                self.screen.set_focus(last)
            else:
                self.pane(self.seen).enter()

    def on_resize(self) -> None:
        narrow = self.screen.has_class("-narrow")
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def on_problems_pane_came(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Display what is to be seen. No class is set for it, which would make Textual style every widget again."""
        alone = self._narrow or self._zoomed
        for pane in self.panes:
            here = not alone or pane.number == self.seen
            _display(pane, here and not (pane is self.problems and self.problems.none))
        for column, numbers in (("#left", (1, 5)), ("#middle", (2, 3))):
            _display(self.query_one(column), not alone or self.seen in numbers)


def _display(widget: Widget, display: bool) -> None:
    """Set whether ``widget`` is displayed, only if that changes: setting it makes Textual arrange the screen again."""
    if widget.display != display:
        widget.display = display
