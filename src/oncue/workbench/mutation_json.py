"""What mutation testing found as JSON values, for programs."""

from typing import Any

from oncue.domain.plain import as_plain
from oncue.simulation.mutation_testing import MutantResult
from oncue.workbench.mutation_outcome import MutationOutcome


def mutation_json(outcome: MutationOutcome) -> dict[str, Any]:
    """How many mutants were killed, and each that survived with an event that would kill it."""
    return {
        "total": len(outcome.results),
        "killed": outcome.killed,
        "score": None if outcome.score is None else round(outcome.score, 4),
        "unused": list(outcome.unused),
        "survived": [_survivor_json(each, outcome) for each in outcome.survived],
    }


def _survivor_json(result: MutantResult, outcome: MutationOutcome) -> dict[str, Any]:
    return {
        "flow": result.mutant.flow.id,
        "clause": result.mutant.clause,
        "change": result.mutant.words,
        "reason": result.reason,
        "scenarios": result.covered_by,
        "untried": result.untried,
        "suggestion": {
            "words": result.advice(outcome.workspace.config),
            "event": as_plain(result.suggestion(outcome.matcher)),
        },
    }
