"""The report of ``oncue test --mutate``: each mutant that survived, and an event that would kill it.

Mutants are grouped by flow, so that its author can think of them together. Killed ones are only counted, because
there is nothing to do about them.
"""

from collections.abc import Iterator
from itertools import groupby

from oncue.domain.wording import flow_clause
from oncue.text import counted, visible
from oncue.workbench.mutation_outcome import MutationOutcome


def mutation_rows(outcome: MutationOutcome) -> Iterator[str]:
    """The mutants that survived, each with an event that would kill it, safe to print."""
    config, flows = outcome.workspace.config, outcome.workspace.flows
    for flow_id, found in groupby(outcome.survived, key=lambda each: each.mutant.flow.id):
        yield visible(f"{flow_id}: {flow_clause(flows[flow_id], config)}")
        for each in found:
            yield visible(f"  ✗ survived  {each.mutant.words}")
            if each.covered_by:
                yield visible(f"      {each.reason}")
            yield visible(f"      to kill it: {each.advice(config)}")


def mutation_summary(outcome: MutationOutcome) -> str:
    """How many there were, with the score: ``56 mutants: 24 killed, 32 survived (42 %)``."""
    total, killed, left = len(outcome.results), outcome.killed, len(outcome.survived)
    # Rounded down: 100 % is all of them.
    counts = f": {killed:,} killed, {left:,} survived ({100 * killed // total} %)" if total else ""
    unused = f"; {counted(len(outcome.unused), 'failed scenario')} not used" if outcome.unused else ""
    return f"{counted(total, 'mutant')}{counts}{unused}"
