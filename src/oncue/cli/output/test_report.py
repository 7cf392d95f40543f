"""What ``oncue test`` prints: a character for each scenario as it ends, then failures, then a summary; or JSON.

A report is given one outcome at a time and keeps only what it prints later, so that the memory of a long run is that of
its failures.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from oncue.cli.output.json_stream import JsonStream
from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.cli.stdout import Output
from oncue.domain.problems import Problem
from oncue.text import counted, visible
from oncue.workbench.json_values import problem_json
from oncue.workbench.result_json import outcome_json
from oncue.workbench.scenario_outcome import Status

if TYPE_CHECKING:
    from oncue.workbench.mutation_outcome import MutationOutcome

CHARACTERS: Mapping[Status, str] = {"passed": ".", "unchecked": "-", "failed": "F", "error": "E"}
MARKS: Mapping[Status, str] = {
    "passed": "✓ passed",
    "unchecked": "○ not checked",
    "failed": "✗ failed",
    "error": "! error",
}
COUNTED: Mapping[Status, str] = {
    "passed": "passed",
    "unchecked": "not checked",
    "failed": "failed",
    "error": "with errors",
}
_LINE = 80
"""Characters on one line."""


class Report(ABC):
    """Prints outcomes as they come, and a summary. ``unreadable``: what is wrong with files that are not scenarios."""

    def __init__(self, output: Output, unreadable: Sequence[Problem] = ()) -> None:
        self.output, self.unreadable = output, unreadable
        self.counts: Counter[Status] = Counter()

    @property
    def passed(self) -> bool:
        """Whether no scenario failed, and every file of the workspace that they are played against could be read."""
        return not self.unreadable and not self.counts["failed"] and not self.counts["error"]

    def add(self, reported: ReportedScenario) -> None:
        """Add the outcome of a scenario."""
        self.counts[reported.status] += 1
        self._add(reported)

    @abstractmethod
    def _add(self, reported: ReportedScenario) -> None:
        """Print it, or keep it for the end."""

    @abstractmethod
    def end(self, seconds: float, mutation: "MutationOutcome | None" = None) -> None:
        """All scenarios have run, and the mutants if they were asked for."""


class JsonReport(Report):
    """One object, an item at a time. How long it took is left out, so that the same input gives the same bytes."""

    def __init__(self, output: Output, unreadable: Sequence[Problem] = ()) -> None:
        super().__init__(output, unreadable)
        self._stream = JsonStream(output.write)
        self._stream.begin_list("scenarios")

    def _add(self, reported: ReportedScenario) -> None:
        self._stream.item(outcome_json(reported.outcome, reported.workspace))

    def end(self, seconds: float, mutation: "MutationOutcome | None" = None) -> None:
        """The totals."""
        self._stream.end_list()
        totals = {
            "scenarios": self.counts.total(),
            "passed": self.counts["passed"],
            "unchecked": self.counts["unchecked"],
            "failed": self.counts["failed"],
            "errors": self.counts["error"],
        }
        self._stream.member("totals", totals)
        self._stream.member("problems", [problem_json(problem) for problem in self.unreadable])
        self._stream.member("ok", self.passed)
        if mutation:
            from oncue.workbench.mutation_json import mutation_json

            self._stream.member("mutants", mutation_json(mutation))
        self._stream.close()


class TextReport(Report):
    """For people. ``quiet``: only the summary; ``verbose``: a line for each scenario instead of a character."""

    def __init__(
        self, output: Output, unreadable: Sequence[Problem] = (), quiet: bool = False, verbose: bool = False
    ) -> None:
        super().__init__(output, unreadable)
        self._quiet, self._verbose = quiet, verbose
        self._failures: list[str] = []

    def _add(self, reported: ReportedScenario) -> None:
        if self._quiet:
            return
        if self._verbose:
            self._write(f"{MARKS[reported.status]:13}  {reported.title}\n")
        else:
            self._write(CHARACTERS[reported.status] + ("" if self.counts.total() % _LINE else "\n"))
        if reported.status != "passed":
            self._failures += ("", f"{MARKS[reported.status]}: {reported.title}", f"  {visible(reported.file)}")
            self._failures += (f"  {row}" for row in reported.rows())

    def end(self, seconds: float, mutation: "MutationOutcome | None" = None) -> None:
        """The failures, the surviving mutants, and the summary."""
        if not self._quiet and not self._verbose and self.counts.total() % _LINE:
            self._write("\n")
        for row in self._failures:
            self._write(f"{row}\n")
        untested = _mutation_rows(mutation) if mutation and not self._quiet else []
        if untested:
            self._write("\n")
        for row in untested:
            self._write(f"{row}\n")
        if self._failures or untested:
            self._write("\n")
        counts = (f"{self.counts[status]:,} {words}" for status, words in COUNTED.items() if self.counts[status])
        details = f": {', '.join(counts)}" if self.counts else ""
        self._write(f"{counted(self.counts.total(), 'scenario')}{details} in {seconds:.2f} s\n")
        if self.unreadable:
            files = len({problem.file for problem in self.unreadable})
            self._write(f"✗ failed: {counted(files, 'file')} of the workspace cannot be read\n")
        if mutation:
            from oncue.cli.output.mutation_report import mutation_summary

            self._write(f"{mutation_summary(mutation)}\n")

    def _write(self, text: str) -> None:
        self.output.write(text.encode())


def _mutation_rows(mutation: "MutationOutcome") -> list[str]:
    from oncue.cli.output.mutation_report import mutation_rows

    return list(mutation_rows(mutation))
