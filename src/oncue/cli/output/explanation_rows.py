"""Why a flow ran or did not, as rows of text that are safe to print: the clauses that say why, and the edits.

A workspace has many flows, and most of them have nothing to do with an event. So only clauses that decide have a row of
their own, and a flow that is far from running has a single one. JSON has everything of every flow.
"""

from typing import TYPE_CHECKING

from oncue.text import visible

if TYPE_CHECKING:
    from oncue.matching.explain import ClauseResult, Explanation
    from oncue.matching.places import PlaceFinding
    from oncue.workbench.expectations import Advice

LONGEST_NAME = 200
"""Characters of a name that are shown."""


def explanation_rows(explanation: "Explanation", advice: "Advice | None" = None) -> list[str]:
    """The clauses that fail or, for a flow that ran, let anything through; then the edits that change the answer.

    ``advice`` is which of them are of use; by default all are.
    """
    matched = explanation.matched
    clauses = [each for each in explanation.clauses if (each.open if matched else not each.ok)]
    return [*map(_clause_row, clauses), *_edit_rows(explanation, advice)]


def held_row(explanation: "Explanation") -> str:
    """The clauses that had to hold, and did."""
    return f"      ✓ holds  {', '.join(each.clause for each in explanation.clauses if each.ok and not each.open)}"


def far_row(explanation: "Explanation") -> str:
    """What a flow that is far from running expects, in one row. Its edits would make another flow of it."""
    from oncue.workbench.explanation_words import expected_words

    failed = [each for each in explanation.clauses if each.ok is False]
    wanted = ("enabled" if each.clause == "enabled" else f"{each.clause} {expected_words(each)}" for each in failed)
    return f"      ✗ expects  {visible('; '.join(wanted), 4 * LONGEST_NAME)}"


def finding_row(finding: "PlaceFinding") -> str:
    """What is wrong with the event itself."""
    return f"  ! about the event: {visible(finding.words, 4 * LONGEST_NAME)}"


def _clause_row(clause: "ClauseResult") -> str:
    """A clause that fails and what it expects, or one that is open and what it lets through."""
    from oncue.workbench.explanation_words import actual_words, expected_words

    if clause.ok is None:
        wanted = visible(expected_words(clause), LONGEST_NAME)
        return f"      ? not known  {clause.clause:13}  expected {wanted}"
    verdict = "✓ open " if clause.ok else "✗ fails"
    actual, expected = (visible(words(clause), LONGEST_NAME) for words in (actual_words, expected_words))
    wanted = f" ({expected})" if clause.ok else f", expected {expected}"
    return f"      {verdict}  {clause.clause:17}  {actual}{wanted}"


def _edit_rows(explanation: "Explanation", advice: "Advice | None") -> list[str]:
    if explanation.depends_on:
        states = (f"runs if {explanation.runs_if}", f"does not run if {explanation.not_if}")
        return [f"      {visible(each, 4 * LONGEST_NAME)}" for each in states]
    from oncue.workbench.explanation_words import consequences_of

    edits, reason = advice or (explanation.edits, explanation.no_edit)
    if reason:
        wanted, why = "keep it off" if explanation.matched else "make it run", visible(reason.spoken, 4 * LONGEST_NAME)
        return [f"      no edit can {wanted}: {why}"]
    purpose = "to keep it off" if explanation.matched else "to make it run"
    rows = []
    for edit in edits:
        rows.append(f"      {purpose}: {visible(edit.words, 4 * LONGEST_NAME)}")
        changes = consequences_of(edit, explanation.config)
        rows += (f"          {visible(each, 4 * LONGEST_NAME)}" for each in changes)
    return rows
