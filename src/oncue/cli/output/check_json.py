"""What ``oncue check --format json`` prints: a list of findings."""

from collections.abc import Iterable

from oncue.storage.findings import Finding
from oncue.workbench.json_values import as_json, problem_json


def findings_json(findings: Iterable[Finding]) -> bytes:
    """Each finding as one object on a line of its own, so that both programs and ``grep`` can read the list."""
    rows = [
        as_json({**problem_json(each.problem), "suggestion": each.problem.suggestion or None, "column": each.column})
        for each in findings
    ]
    return b"[\n" + b",\n".join(rows) + b"\n]\n" if rows else b"[]\n"
