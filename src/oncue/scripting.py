"""What only the Python API has: a scenario is run by one call, and its result can tell about itself.

Scripts and test suites are front ends like the command line and the app, and use the same words as ``oncue test``.
"""

from dataclasses import dataclass

from oncue.cli.output.differences import failure_rows
from oncue.cli.output.scenario_output import text_pieces
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.errors import ArgumentError
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import run_scenario as run
from oncue.text import visible


@dataclass(frozen=True)
class ScenarioRun:
    """What came of ``scenario`` in ``workspace``."""

    scenario: Scenario
    workspace: Workspace
    result: ScenarioResult

    @property
    def ok(self) -> bool:
        """Whether everything came of it that it expects."""
        return self.result.ok

    @property
    def checked(self) -> bool:
        """Whether it expects anything at all."""
        return self.result.checked

    @property
    def events(self) -> tuple[EventResult, ...]:
        """What came of each event, in the order in which they were delivered."""
        return self.result.events

    def report(self) -> str:
        """What is not as expected, with reasons, as ``oncue test`` prints it; empty if `ok`."""
        rows = list(failure_rows(self.result, self.workspace))
        return "\n".join(rows or [visible(str(problem)) for problem in self.result.problems])

    def transcript(self) -> str:
        """The conversations as ``oncue simulate`` prints them."""
        return b"".join(text_pieces(self.result, self.workspace)).decode()


def run_scenario(scenario: Scenario, workspace: Workspace, matcher: Matcher | None = None) -> ScenarioRun:
    """Run ``scenario`` in ``workspace`` and compare what comes of it with what it expects.

    ``matcher`` is the one of ``workspace``, for callers that run many scenarios; it is compiled if it is not given.
    """
    if not isinstance(scenario, Scenario) or not isinstance(workspace, Workspace):
        wrong = workspace if isinstance(scenario, Scenario) else scenario
        raise ArgumentError("run_scenario", "a Scenario and a Workspace", wrong)
    result = run(scenario, workspace, compile_matcher(workspace) if matcher is None else matcher)
    return ScenarioRun(scenario, workspace, result)
