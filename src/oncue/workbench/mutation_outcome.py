"""How mutation testing of a workspace ended: which mutants its scenarios killed, and which survived."""

from collections.abc import Sequence
from dataclasses import dataclass

from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.mutation_testing import MutantResult


@dataclass(frozen=True)
class MutationOutcome:
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

    @property
    def score(self) -> float | None:
        """The share of mutants that were killed; ``None`` where there are none."""
        return self.killed / len(self.results) if self.results else None
