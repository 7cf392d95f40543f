"""How the test of a scenario ended: passed, failed, unchecked, or an error because its file cannot be read.

One that expects nothing cannot fail, unless it meets a loop; to call it passed would say that something was tested.
"""

from typing import Literal, NamedTuple

from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import run_scenario
from oncue.workbench.scenario_selection import SelectedScenario

Status = Literal["passed", "failed", "unchecked", "error"]


class ScenarioOutcome(NamedTuple):
    """What came of a selected scenario. ``result`` is ``None`` if there is none to run."""

    selected: SelectedScenario
    result: ScenarioResult | None

    @property
    def status(self) -> Status:
        """How it ended."""
        if self.result is None:
            return "error"
        if not self.result.ok:
            return "failed"
        return "passed" if self.result.checked else "unchecked"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file, or with the names in it."""
        return self.selected.problems if self.result is None else self.result.problems

    @property
    def failed_events(self) -> list[EventResult]:
        """The events that did not have the expected result, in order of their number."""
        return self.result.failed if self.result else []


def run_selected(selected: SelectedScenario, workspace: Workspace, matcher: Matcher) -> ScenarioOutcome:
    """Run the scenario, if its file can be read."""
    result = None if selected.scenario is None else run_scenario(selected.scenario, workspace, matcher)
    return ScenarioOutcome(selected, result)
