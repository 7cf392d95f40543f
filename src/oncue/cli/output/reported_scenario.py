"""The outcome of one scenario as reports show it, safe to print."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from oncue.cli.output.differences import failure_rows
from oncue.cli.workspaces import reachable
from oncue.domain.workspace import Workspace
from oncue.text import visible
from oncue.workbench.scenario_outcome import ScenarioOutcome, Status

UNCHECKED = 'no event says what it expects; add expect = ["flow-id"], or [] for no flow'


class ReportedScenario(NamedTuple):
    """An outcome in the workspace in the folder ``path``, and how long it took."""

    outcome: ScenarioOutcome
    path: str
    workspace: Workspace
    seconds: float

    @property
    def status(self) -> Status:
        """How it ended."""
        return self.outcome.status

    @property
    def file(self) -> str:
        """The file as it is reached from here. Not made visible: JUnit escapes it its own way."""
        return Path(self.path, self.outcome.selected.file).as_posix()

    @property
    def title(self) -> str:
        """Id and name."""
        selected = self.outcome.selected
        name = selected.scenario.name if selected.scenario else None
        return visible(f"{selected.id} ({name})" if name else selected.id)

    def summary(self) -> str:
        """The first thing that is wrong, in one sentence."""
        if self.status == "unchecked":
            return UNCHECKED
        for each in self.outcome.result.events if self.outcome.result else ():
            for difference in each.differences:
                return visible(f"event {each.number}: {difference}")
        return visible(str(self.outcome.problems[0]))

    def rows(self) -> Iterator[str]:
        """Everything that is wrong, with reasons."""
        if self.status == "unchecked":
            yield UNCHECKED
            return
        if self.outcome.result is None or not self.outcome.failed_events:
            yield from (visible(str(reachable(problem, self.path))) for problem in self.outcome.problems)
            return
        yield from failure_rows(self.outcome.result, self.workspace)
