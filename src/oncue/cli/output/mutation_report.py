"""What ``oncue test --mutate`` says: each change of a trigger that no scenario noticed, and an event that would.

Under each flow are its changes, so that whoever wrote it can think of them together. Those that were noticed are
only counted: there is nothing to do about them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from oncue.domain.plain import as_plain
from oncue.domain.wording import trigger_clause
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.mutants import MutantResult
from oncue.text import counted, visible


@dataclass(frozen=True)
class MutationReport:
    """The ``results`` for ``workspace``, by flow, and the ids of scenarios that failed and so were ``unused``.

    ``matcher`` is the one of ``workspace``.
    """

    workspace: Workspace
    matcher: Matcher
    results: Sequence[MutantResult]
    unused: Sequence[str] = ()

    @property
    def survived(self) -> tuple[MutantResult, ...]:
        """The changes that no scenario noticed."""
        return tuple(each for each in self.results if each.killed is None)

    @property
    def killed(self) -> int:
        """How many changes were noticed."""
        return len(self.results) - len(self.survived)

    def rows(self) -> Iterator[str]:
        """The unnoticed changes, each with an event that would show it, safe to print."""
        config = self.workspace.config
        for flow_id, found in groupby(self.survived, key=lambda each: each.mutant.flow.id):
            yield visible(f"{flow_id}: {trigger_clause(self.workspace.flows[flow_id].trigger, config)}")
            for each in found:
                yield visible(f"  ✗ unnoticed  {each.mutant.words}")
                if each.covered_by:
                    yield visible(f"      {each.reason}")
                yield visible(f"      to notice it: {each.advice(config)}")

    def summary(self) -> str:
        """How many there were: ``56 changes of triggers: 24 noticed, 32 unnoticed (42 %)``."""
        total, left = len(self.results), len(self.survived)
        # Rounded down: 100 % is all of them.
        told = f": {self.killed:,} noticed, {left:,} unnoticed ({100 * self.killed // total} %)" if total else ""
        unused = f"; {counted(len(self.unused), 'failed scenario')} not used" if self.unused else ""
        return f"{counted(total, 'change')} of triggers{told}{unused}"

    def as_plain(self) -> dict[str, Any]:
        """All of it for JSON."""
        total = len(self.results)
        return {
            "total": total,
            "noticed": self.killed,
            "score": round(self.killed / total, 4) if total else None,
            "unused": list(self.unused),
            "unnoticed": [self._plain(each) for each in self.survived],
        }

    def _plain(self, result: MutantResult) -> dict[str, Any]:
        return {
            "flow": result.mutant.flow.id,
            "clause": result.mutant.clause,
            "change": result.mutant.words,
            "reason": result.reason,
            "scenarios": result.covered_by,
            "suggestion": {
                "words": result.advice(self.workspace.config),
                "event": as_plain(result.suggestion(self.matcher)),
            },
        }
