"""Everything that is wrong, as one list: what is known at once, and what the linter found when it was asked last."""

from dataclasses import dataclass
from functools import cached_property

from oncue.domain.problems import Problem
from oncue.workbench.analysis import Analysis
from oncue.workbench.findings import NONE, Counts, Findings


@dataclass(frozen=True, eq=False)
class ProblemList:
    """What ``oncue check`` would list, with what cannot be saved: the ``unfinished``."""

    findings: Findings
    analysis: Analysis
    unfinished: tuple[Problem, ...] = ()

    @property
    def behind(self) -> bool:
        """Whether the linter has to be asked again, as something was edited since."""
        return self.findings.checked is not self.analysis.session.workspace

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All of it: the unfinished, then errors, warnings and hints."""
        return self.unfinished + self.findings.merged(self.analysis.problems, self.analysis.session.workspace)

    @cached_property
    def counts(self) -> Counts:
        """How many there are."""
        return Counts.of((*self.unfinished, *self._wanted(self.analysis.problems))) + self.findings.counts

    def counts_of(self, flow_id: str) -> Counts:
        """How many a flow has."""
        found = self.findings.of_flows.get(flow_id, NONE)
        known = self.analysis.flow_problems.get(flow_id)
        return Counts.of(self._wanted(known)) + found if known else found

    @cached_property
    def wrong_flows(self) -> frozenset[str]:
        """The ids of the flows with errors or warnings."""
        known = frozenset(flow_id for flow_id in self.analysis.flow_problems if self.counts_of(flow_id).wrong)
        return self.findings.wrong_flows | known

    def _wanted(self, problems: tuple[Problem, ...]) -> list[Problem]:
        return self.findings.wanted(problems, self.analysis.session.workspace)
