"""Why a flow did not run, as rows of text that are safe to print: a row per clause, and the nearest edit."""

from typing import TYPE_CHECKING

from oncue.text import visible

if TYPE_CHECKING:
    from oncue.matching.explain import ClauseResult, Explanation

LONGEST_NAME = 200
"""Characters of a name that are shown."""


def explanation_rows(missed: "Explanation", failed_only: bool = False) -> list[str]:
    """The clauses, or only those that fail, and what would make the flow run."""
    clauses = [_clause_row(clause) for clause in missed.clauses if not (clause.ok and failed_only)]
    return [*clauses, _edit_row(missed)]


def _clause_row(clause: "ClauseResult") -> str:
    """A clause with its verdict, and what it expects if it fails."""
    verdict = "✓ holds" if clause.ok else "✗ fails"
    actual = visible(clause.actual, LONGEST_NAME)
    wanted = "" if clause.ok else f", expected {visible(clause.expected, LONGEST_NAME)}"
    return f"      {verdict}  {clause.clause:17}  {actual}{wanted}"


def _edit_row(missed: "Explanation") -> str:
    """What would make the flow run."""
    edit = missed.nearest_edit
    if edit is None:
        return "      no edit can make it run: the event does not state its channel"
    return f"      to make it run: {visible(edit.words, 4 * LONGEST_NAME)}"
