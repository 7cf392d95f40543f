"""The report of ``oncue test --mutate``: each mutant that survived, and an event that would kill it.

Mutants are grouped by flow, so that its author can think of them together. Killed ones are only counted, because
there is nothing to do about them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from oncue.domain.wording import trigger_clause
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.mutation_testing import MutantResult
from oncue.text import counted, visible
from oncue.workbench.json_values import plain


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
        """The mutants that no scenario killed."""
        return tuple(each for each in self.results if each.killed is None)

    @property
    def killed(self) -> int:
        """How many mutants were killed."""
        return len(self.results) - len(self.survived)

    def rows(self) -> Iterator[str]:
        """The mutants that survived, each with an event that would kill it, safe to print."""
        config = self.workspace.config
        for flow_id, found in groupby(self.survived, key=lambda each: each.mutant.flow.id):
            yield visible(f"{flow_id}: {trigger_clause(self.workspace.flows[flow_id].trigger, config)}")
            for each in found:
                yield visible(f"  ✗ survived  {each.mutant.words}")
                if each.covered_by:
                    yield visible(f"      {each.reason}")
                yield visible(f"      to kill it: {each.advice(config)}")

    def summary(self) -> str:
        """How many there were, with the score: ``56 mutants: 24 killed, 32 survived (42 %)``."""
        total, left = len(self.results), len(self.survived)
        # Rounded down: 100 % is all of them.
        counts = f": {self.killed:,} killed, {left:,} survived ({100 * self.killed // total} %)" if total else ""
        unused = f"; {counted(len(self.unused), 'failed scenario')} not used" if self.unused else ""
        return f"{counted(total, 'mutant')}{counts}{unused}"

    def as_plain(self) -> dict[str, Any]:
        """All of it for JSON."""
        total = len(self.results)
        return {
            "total": total,
            "killed": self.killed,
            "score": round(self.killed / total, 4) if total else None,
            "unused": list(self.unused),
            "survived": [self._plain(each) for each in self.survived],
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
                "event": plain(result.suggestion(self.matcher)),
            },
        }
