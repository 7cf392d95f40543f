"""What ``oncue test`` prints: a character for each scenario as it ends, then failures, then a summary; or JSON.

A report is given one outcome at a time and keeps only what it prints later, so that the memory of a long run is that of
its failures.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from oncue.cli.output.json_stream import JsonStream
from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.cli.stdout import Output
from oncue.text import counted, visible
from oncue.workbench.result_json import outcome_json
from oncue.workbench.scenario_outcome import Status

if TYPE_CHECKING:
    from oncue.workbench.mutation_outcome import MutationOutcome

CHARACTERS: Mapping[Status, str] = {"passed": ".", "failed": "F", "error": "E"}
MARKS: Mapping[Status, str] = {"passed": "✓ passed", "failed": "✗ failed", "error": "! error"}
COUNTED: Mapping[Status, str] = {"passed": "passed", "failed": "failed", "error": "with errors"}
_LINE = 80
"""Characters on one line."""


class Report(ABC):
    """Prints outcomes as they come, and a summary."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.counts: Counter[Status] = Counter()

    @property
    def passed(self) -> bool:
        """Whether every scenario passed."""
        return self.counts.total() == self.counts["passed"]

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

    def __init__(self, output: Output) -> None:
        super().__init__(output)
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
            "failed": self.counts["failed"],
            "errors": self.counts["error"],
        }
        self._stream.member("totals", totals)
        self._stream.member("ok", self.passed)
        if mutation:
            from oncue.workbench.mutation_json import mutation_json

            self._stream.member("mutants", mutation_json(mutation))
        self._stream.close()


class TextReport(Report):
    """For people. ``quiet``: only the summary; ``verbose``: a line for each scenario instead of a character."""

    def __init__(self, output: Output, quiet: bool = False, verbose: bool = False) -> None:
        super().__init__(output)
        self._quiet, self._verbose = quiet, verbose
        self._failures: list[str] = []

    def _add(self, reported: ReportedScenario) -> None:
        if self._quiet:
            return
        if self._verbose:
            self._write(f"{MARKS[reported.status]:8}  {reported.title}\n")
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
        if mutation:
            from oncue.cli.output.mutation_report import mutation_summary

            self._write(f"{mutation_summary(mutation)}\n")

    def _write(self, text: str) -> None:
        self.output.write(text.encode())


def _mutation_rows(mutation: "MutationOutcome") -> list[str]:
    from oncue.cli.output.mutation_report import mutation_rows

    return list(mutation_rows(mutation))
