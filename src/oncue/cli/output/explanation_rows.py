"""Why a flow ran or did not, as rows of text that are safe to print: a row per clause, and the edits that change it."""

from typing import TYPE_CHECKING

from oncue.text import visible

if TYPE_CHECKING:
    from oncue.matching.explain import ClauseResult, Explanation
    from oncue.matching.places import PlaceFinding

LONGEST_NAME = 200
"""Characters of a name that are shown."""


def explanation_rows(explanation: "Explanation", brief: bool = False) -> list[str]:
    """The clauses, and the edits that would make the flow run, or keep it off.

    ``brief``: of the clauses only those that say why: the ones that fail or, for a flow that ran, the open ones.
    """
    matched = explanation.matched
    clauses = [each for each in explanation.clauses if not brief or (each.open if matched else not each.ok)]
    return [*map(_clause_row, clauses), *_edit_rows(explanation)]


def finding_row(finding: "PlaceFinding") -> str:
    """What is wrong with the event itself."""
    return f"  ! about the event: {visible(finding.words, 4 * LONGEST_NAME)}"


def _clause_row(clause: "ClauseResult") -> str:
    """A clause with its verdict; what it expects if it fails, and what it lets through if it is open."""
    from oncue.workbench.explanation_words import actual_words, expected_words

    if clause.ok is None:
        wanted = visible(expected_words(clause), LONGEST_NAME)
        return f"      ? not known  {clause.clause:13}  expected {wanted}"
    verdict = "✓ open " if clause.open else "✓ holds" if clause.ok else "✗ fails"
    actual, expected = (visible(words(clause), LONGEST_NAME) for words in (actual_words, expected_words))
    wanted = f" ({expected})" if clause.open else "" if clause.ok else f", expected {expected}"
    return f"      {verdict}  {clause.clause:17}  {actual}{wanted}"


def _edit_rows(explanation: "Explanation") -> list[str]:
    if explanation.depends_on:
        return []
    from oncue.workbench.explanation_words import consequences

    if reason := explanation.no_edit:
        return [f"      no edit can make it run: {reason}"]
    purpose = "to keep it off" if explanation.matched else "to make it run"
    rows = []
    for edit in explanation.edits:
        rows.append(f"      {purpose}: {visible(edit.words, 4 * LONGEST_NAME)}")
        rows.append(f"          {visible(consequences(edit, explanation.config), 4 * LONGEST_NAME)}")
    return rows
