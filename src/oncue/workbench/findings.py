"""What is wrong with the workspace as it is edited: the list of ``oncue check``.

What is wrong with single flows and scenarios is known at once (`oncue.workbench.analysis`). What they do together is
found by the linter, which takes longer, so it belongs to an earlier workspace while somebody types. Both are one list,
without what ``[check]`` or comments in the files leave out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from oncue.domain.paths import id_of, is_of_flows
from oncue.domain.problems import KeyPath, Problem, Severity
from oncue.domain.workspace import Workspace
from oncue.linting.selection import Selection
from oncue.text import counted
from oncue.workbench.spans import Line, Span, line

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
SIGNS: Mapping[Severity, Span] = {"error": ("!", "error"), "warning": ("▲", "warning"), "hint": ("·", "muted")}
"""The sign of each severity, and its role."""

Place = tuple[str, str, KeyPath]
"""Where a problem is and of which kind: its file, its code and its path."""


class Counts(NamedTuple):
    """How many problems there are of each severity."""

    errors: int = 0
    warnings: int = 0
    hints: int = 0

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Counts":
        """Those of ``problems``."""
        found = Counter(problem.severity for problem in problems)
        return cls(*(found[severity] for severity in SEVERITIES))

    @property
    def wrong(self) -> int:
        """Errors and warnings: a hint may be right as it is."""
        return self.errors + self.warnings

    def __add__(self, other: object) -> "Counts":
        assert isinstance(other, Counts)
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))

    def parts(self, words: bool = True) -> list[Line]:
        """``! 2 errors``, ``▲ 1 warning`` and so on, as far as there are some; without ``words`` only numbers."""
        return [
            line((f"{SIGNS[severity][0]} {counted(count, severity) if words else count}", SIGNS[severity][1]))
            for severity, count in zip(SEVERITIES, self, strict=True)
            if count
        ]


NONE = Counts()


@dataclass(frozen=True, eq=False)
class Findings:
    """What the linter found in ``checked``, which is ``None`` before it was asked.

    ``problems`` are those of flows together; ``ignored`` are the places of problems of single flows and scenarios that
    comments leave out. ``late``: something was edited since, and the linter takes its time.
    """

    problems: tuple[Problem, ...] = ()
    ignored: frozenset[Place] = frozenset()
    checked: Workspace | None = None
    late: bool = False

    def delayed(self) -> "Findings":
        """The same, known to be late."""
        return self if self.late else replace(self, late=True)

    def in_time(self) -> "Findings":
        """The same, not late."""
        return replace(self, late=False) if self.late else self

    def merged(self, others: Iterable[Problem], workspace: Workspace) -> tuple[Problem, ...]:
        """All problems, errors first, in each severity ``others`` first: the problems that are known at once."""
        mine = self.wanted(others, workspace)
        found: list[Problem] = []
        for severity in SEVERITIES:
            found += (problem for problem in mine if problem.severity == severity)
            found += self._by_severity.get(severity, ())
        return tuple(found)

    def wanted(self, problems: Iterable[Problem], workspace: Workspace) -> list[Problem]:
        """Those of the ``problems`` known at once that neither ``[check]`` nor comments leave out."""
        wants = Selection.of(workspace.config.check).wants
        return [each for each in problems if wants(each.code) and place_of(each) not in self.ignored]

    @cached_property
    def of_flows(self) -> Mapping[str, Counts]:
        """How many of ``problems`` each flow has, of those that have some."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            if is_of_flows(problem.file):
                found.setdefault(id_of(problem.file), []).append(problem)
        return {flow_id: Counts.of(problems) for flow_id, problems in found.items()}

    @cached_property
    def wrong_flows(self) -> frozenset[str]:
        """The ids of the flows that have errors or warnings among ``problems``."""
        return frozenset(flow_id for flow_id, counts in self.of_flows.items() if counts.wrong)

    @cached_property
    def counts(self) -> Counts:
        """How many ``problems`` there are."""
        return Counts.of(self.problems)

    @cached_property
    def _by_severity(self) -> Mapping[Severity, Sequence[Problem]]:
        return {each: [problem for problem in self.problems if problem.severity == each] for each in SEVERITIES}


def findings_of(
    workspace: Workspace, known: Collection[Problem], not_ignored: Callable[[Iterable[Problem]], Iterable[Problem]]
) -> Findings:
    """What the linter finds in ``workspace`` beside what is ``known`` at once.

    ``not_ignored`` leaves out what comments in the files ignore.
    """
    from oncue.linting.lint import lint  # not needed for the first paint

    found = lint(workspace, Selection.of(workspace.config.check))
    kept, at_once = set(not_ignored(found)), set(known)
    ignored = frozenset(place_of(problem) for problem in found if problem in at_once and problem not in kept)
    problems = tuple(dict.fromkeys(each for each in found if each in kept and each not in at_once))
    return Findings(problems, ignored, workspace)


def place_of(problem: Problem) -> Place:
    """What tells a problem from others of its file, also where its words change."""
    return problem.file, problem.code, problem.path
