"""What came of a scenario's file as a test: passed, failed, or an error because there is no scenario in it."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, NamedTuple

from oncue.cli.output.expectations import difference_rows, event_json, event_line
from oncue.cli.workspaces import at
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.results import ScenarioResult
from oncue.simulation.runner import run_scenario
from oncue.text import visible
from oncue.workbench.json_values import problem_json
from oncue.workbench.scenario_selection import Chosen

Status = Literal["passed", "failed", "error"]


class Verdict(NamedTuple):
    """A file that was tested in the workspace in the folder ``path``. ``result`` is ``None`` for an error."""

    chosen: Chosen
    path: str
    workspace: Workspace
    result: ScenarioResult | None
    seconds: float

    @property
    def status(self) -> Status:
        """How it ended."""
        if self.result is None:
            return "error"
        return "passed" if self.result.ok else "failed"

    @property
    def file(self) -> str:
        """The file as it is reached from here."""
        return Path(self.path, self.chosen.file).as_posix()

    @property
    def title(self) -> str:
        """Id and name, safe to print."""
        name = self.chosen.scenario.name if self.chosen.scenario else None
        return visible(f"{self.chosen.id} ({name})" if name else self.chosen.id)

    def summary(self) -> str:
        """The first thing that is wrong, in one sentence."""
        if self.result is None:
            return visible(str(self.chosen.problems[0]))
        for each in self.result.events:
            for difference in each.differences:
                return visible(f"event {each.number}: {difference}")
        return visible(str(self.result.problems[0]))

    def rows(self) -> Iterator[str]:
        """All that is wrong, with its reasons, safe to print."""
        if self.result is None:
            yield from (visible(str(at(self.path, problem))) for problem in self.chosen.problems)
            return
        wrong = sorted((each for each in self.result.events if not each.ok), key=lambda each: each.number)
        for each in wrong:
            yield event_line(each, self.result.scenario.delivery, self.workspace)
            yield from (f"  {row}" for row in difference_rows(each, self.workspace))
        if not wrong:
            yield from (visible(str(at(self.path, problem))) for problem in self.result.problems)

    def as_plain(self) -> dict[str, Any]:
        """All of it for JSON."""
        result = self.result
        events = (
            [event_json(each, result.scenario.delivery, self.workspace) for each in result.events] if result else []
        )
        return {
            "id": self.chosen.id,
            "name": result.scenario.name if result else None,
            "file": self.chosen.file,
            "status": self.status,
            "problems": [problem_json(problem) for problem in (result.problems if result else self.chosen.problems)],
            "events": events,
        }


def verdict(chosen: Chosen, path: str, workspace: Workspace, matcher: Matcher) -> Verdict:
    """Play the scenario, if there is one."""
    start = perf_counter()
    result = None if chosen.scenario is None else run_scenario(chosen.scenario, workspace, matcher)
    return Verdict(chosen, path, workspace, result, perf_counter() - start)
