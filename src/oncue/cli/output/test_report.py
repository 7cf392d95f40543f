"""What ``oncue test`` prints: a sign for each scenario as it ends, then what is wrong, then a summary; or JSON.

A report is told of each verdict in turn and keeps only what it still has to say, so that a long run needs no
more memory than its failures do.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping

from oncue.cli.output.mutation_report import MutationReport
from oncue.cli.output.verdicts import Status, Verdict
from oncue.cli.stdout import Output
from oncue.text import counted, visible
from oncue.workbench.json_values import as_json

SIGNS: Mapping[Status, str] = {"passed": ".", "failed": "F", "error": "E"}
MARKS: Mapping[Status, str] = {"passed": "✓ passed", "failed": "✗ failed", "error": "! error"}
COUNTED: Mapping[Status, str] = {"passed": "passed", "failed": "failed", "error": "with errors"}
_LINE = 80
"""Signs on one line."""


class Report(ABC):
    """Is told of each verdict, and of the end."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.counts: Counter[Status] = Counter()

    @property
    def passed(self) -> bool:
        """Whether all that was told of passed."""
        return self.counts.total() == self.counts["passed"]

    def tell(self, verdict: Verdict) -> None:
        """One more scenario was played."""
        self.counts[verdict.status] += 1
        self._tell(verdict)

    @abstractmethod
    def _tell(self, verdict: Verdict) -> None:
        """Say of it, or remember."""

    @abstractmethod
    def end(self, seconds: float, mutation: MutationReport | None = None) -> None:
        """All were played, and the changes of triggers tried if they were asked for."""


class JsonReport(Report):
    """One object, in pieces."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._before = b'{"scenarios":['

    def _tell(self, verdict: Verdict) -> None:
        self.output.write(self._before + as_json(verdict.as_plain()))
        self._before = b","

    def end(self, seconds: float, mutation: MutationReport | None = None) -> None:
        """The totals; how long it took is left out, so that the same input gives the same bytes."""
        totals = {
            "scenarios": self.counts.total(),
            "passed": self.counts["passed"],
            "failed": self.counts["failed"],
            "errors": self.counts["error"],
        }
        begun = b"" if self.counts else self._before
        rest = {"totals": totals, "ok": self.passed, **({"mutants": mutation.as_plain()} if mutation else {})}
        self.output.write(b"%b],%b\n" % (begun, as_json(rest)[1:]))


class TextReport(Report):
    """For people. ``quiet``: the summary alone; ``verbose``: a line for each scenario instead of a sign."""

    def __init__(self, output: Output, quiet: bool = False, verbose: bool = False) -> None:
        super().__init__(output)
        self._quiet, self._verbose = quiet, verbose
        self._wrong: list[str] = []

    def _tell(self, verdict: Verdict) -> None:
        if self._quiet:
            return
        if self._verbose:
            self._write(f"{MARKS[verdict.status]:8}  {verdict.title}\n")
        else:
            self._write(SIGNS[verdict.status] + ("" if self.counts.total() % _LINE else "\n"))
        if verdict.status != "passed":
            self._wrong += ("", f"{MARKS[verdict.status]}: {verdict.title}", f"  {visible(verdict.file)}")
            self._wrong += (f"  {row}" for row in verdict.rows())

    def end(self, seconds: float, mutation: MutationReport | None = None) -> None:
        """What is wrong, what is untested, and the summary."""
        if not self._quiet and not self._verbose and self.counts.total() % _LINE:
            self._write("\n")
        for row in self._wrong:
            self._write(f"{row}\n")
        untested = list(mutation.rows()) if mutation and not self._quiet else []
        if untested:
            self._write("\n")
        for row in untested:
            self._write(f"{row}\n")
        if self._wrong or untested:
            self._write("\n")
        counts = (f"{self.counts[status]:,} {words}" for status, words in COUNTED.items() if self.counts[status])
        told = f": {', '.join(counts)}" if self.counts else ""
        self._write(f"{counted(self.counts.total(), 'scenario')}{told} in {seconds:.2f} s\n")
        if mutation:
            self._write(f"{mutation.summary()}\n")

    def _write(self, text: str) -> None:
        self.output.write(text.encode())
