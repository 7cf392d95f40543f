"""Everything that is wrong in the workspace; each problem leads to its place. Hidden while there are none."""

from collections.abc import Sequence
from typing import cast

from textual.app import ComposeResult
from textual.message import Message

from oncue.domain.paths import id_of, is_of_flows, is_of_scenarios
from oncue.domain.problems import Problem
from oncue.text import counted
from oncue.tui.messages import Open, ProblemOpened, ShowPane, SimulatorChange
from oncue.tui.panes.pane import Pane
from oncue.tui.widgets.rows import RowList
from oncue.workbench.spans import Line, line
from oncue.workbench.state import State


class ProblemsPane(Pane):
    """The problems of files that cannot be read, of flows, and of scenarios. ``none``: there are none."""

    number, title = 5, "Problems"

    class Came(Message):
        """The first problem came up, or the last one was solved."""

    def __init__(self) -> None:
        super().__init__(id="problems")
        self.none = True
        self._shown: tuple[Problem, ...] = ()
        self._state: State | None = None

    def compose(self) -> ComposeResult:
        yield RowList[Problem](_draw, height=2, empty=[line("There are no problems.")], id="problem-rows")

    def show(self, state: State) -> None:
        """Show the problems of ``state``."""
        self._state = state
        problems = state.problems
        if problems != self._shown:
            self._shown = problems
            self._rows.show(problems)
            self.retitle(counted(len(problems), "problem"), "enter goes there")
        if self.none == bool(problems):
            self.none = not problems
            self.post_message(self.Came())

    def enter(self) -> None:
        self.screen.set_focus(self._rows)

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        problem = cast("Problem", event.row)
        file_id = id_of(problem.file)
        if is_of_scenarios(problem.file) and self._state is not None and file_id in self._state.scenarios:
            scenario = self._state.scenarios[file_id]
            self.post_message(SimulatorChange(lambda state: state.opening_scenario(scenario)))
            self.post_message(ShowPane(4))
        elif self._state is not None and is_of_flows(problem.file) and file_id in self._state.workspace.flows:
            self.post_message(Open(file_id, problem.path or ("name",)))
        else:
            self.post_message(ProblemOpened(problem))

    @property
    def current(self) -> Problem | None:
        """The problem under the cursor."""
        return self._rows.current

    @property
    def _rows(self) -> "RowList[Problem]":
        return self.query_one("#problem-rows", RowList)


def _draw(problem: Problem, width: int) -> Sequence[Line]:
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    key = f" {problem.key}" if problem.key else ""
    return (line(("! ", "error"), place, (key, "accent")), line("  ", (problem.message, "muted")))
