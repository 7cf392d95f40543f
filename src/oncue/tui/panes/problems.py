"""All that `oncue check` finds in the workspace as it is edited; each problem leads to its place.

The pane is hidden while there are no problems.
"""

from collections.abc import Sequence
from functools import partial
from typing import cast

from textual.app import ComposeResult
from textual.message import Message

from oncue.domain.checks import check_flow
from oncue.domain.paths import CONFIG_FILE, id_of, is_of_flows, is_of_scenarios
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.errors import EditError
from oncue.tui.messages import Edit, EventShown, Open, ProblemExplained, ProblemOpened
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.rows import RowList
from oncue.workbench.problem_rows import LINES, problem_row
from oncue.workbench.spans import Line, line
from oncue.workbench.state import State


class ProblemsPane(Pane):
    """The problems, errors first. ``none``: there are none."""

    BINDINGS = bindings("problems")
    number, title = 5, "Problems"

    class Came(Message):
        """The first problem came up, or the last one was solved."""

    def __init__(self) -> None:
        super().__init__(id="problems")
        self.none = True
        self._shown: tuple[Problem, ...] = ()
        self._state: State | None = None

    def compose(self) -> ComposeResult:
        empty = [line("There are no problems.")]
        yield RowList[Problem](self._draw, height=LINES, empty=empty, id="problem-rows")

    def show(self, state: State) -> None:
        """Show the problems of ``state``."""
        before, self._state = self._state, state
        problems = state.problems
        if problems != self._shown:
            current, at, self._shown = self.current, self._rows.cursor, problems
            same = current in problems[at : at + 1] or current not in problems
            self._rows.show(problems, None if same else problems.index(cast("Problem", current)))
        elif before is None or before.workspace is not state.workspace:
            self._rows.redraw()  # names of flows
        self._retitle(state)
        if self.none == bool(problems):
            self.none = not problems
            self.post_message(self.Came())

    def enter(self) -> None:
        self.screen.set_focus(self._rows)

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        self._go_to(cast("Problem", event.row))

    def action_fix(self) -> None:
        problem, state = self.current, self._state
        if problem is None or state is None:
            return
        flow_id = id_of(problem.file)
        if problem.file == CONFIG_FILE:
            self.notify("workspace.toml is not edited here; mend it in a text editor, then press F8.")
        elif not is_of_flows(problem.file) or flow_id not in state.workspace.flows:
            self.notify(f"{problem.file} is not edited here; mend it in a text editor, then press F8.")
        elif _mended(problem, state.workspace, flow_id) is state.workspace:
            self.notify("How to fix this is for you to decide; its details say what can be done.")
        else:
            self.post_message(Edit(f"Fix {problem.code}", partial(_fix, problem), flow_id=flow_id))

    def action_page(self) -> None:
        if self.current is not None:
            self.post_message(ProblemExplained(self.current))

    @property
    def current(self) -> Problem | None:
        """The problem under the cursor."""
        return self._rows.current

    def _go_to(self, problem: Problem) -> None:
        file_id, workspace = id_of(problem.file), self._state.workspace if self._state else None
        if workspace is not None and is_of_scenarios(problem.file) and file_id in workspace.scenarios:
            match problem.path:
                case ("events", int() as index, *_):
                    self.post_message(EventShown(file_id, index + 1))
                case _:
                    self.post_message(EventShown(file_id, 1))
        elif workspace is not None and is_of_flows(problem.file) and file_id in workspace.flows:
            self.post_message(Open(file_id, problem.path or ("name",)))
        else:
            self.post_message(ProblemOpened(problem))

    def _retitle(self, state: State) -> None:
        words = self.outer_size.width >= 60
        counts = ", ".join(part[0][0] for part in state.listed.counts.parts(words=True)) if words else ""
        short = " ".join(part[0][0] for part in state.listed.counts.parts(words=False))
        self.retitle(counts or short, "checking …" if state.findings.late else "enter goes there")

    def on_resize(self) -> None:
        if self._state is not None:
            self._retitle(self._state)

    def _draw(self, problem: Problem, width: int) -> Sequence[Line]:
        return () if self._state is None else problem_row(problem, self._state.workspace, width)

    @property
    def _rows(self) -> "RowList[Problem]":
        return self.query_one("#problem-rows", RowList)


def _fix(problem: Problem, workspace: Workspace, flow_id: str) -> Workspace:
    """The workspace without the problem. Raises `EditError` if the flow has changed since it was found."""
    if problem not in check_flow(workspace.flows[flow_id], workspace.config):
        raise EditError(f"{workspace.flows[flow_id].name} has changed since")
    return _mended(problem, workspace, flow_id)


def _mended(problem: Problem, workspace: Workspace, flow_id: str) -> Workspace:
    """The workspace without the problem; the same if it is not clear how to fix it."""
    from oncue.linting.fixes import fixed  # not needed for the first paint

    flow = workspace.flows[flow_id]
    if problem not in check_flow(flow, workspace.config):
        return workspace
    mended = fixed(flow, [problem], workspace.config)
    return workspace if mended == flow else workspace.with_flow(mended)
