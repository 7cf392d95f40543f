"""JSON for programs, made of values of the domain (`oncue.domain.plain.as_plain`).

It is written in ASCII: what is not is escaped, so that no terminal and no encoding on the way can stumble over
it. What is at ``None`` is left out of values of the domain.
"""

import json
from typing import Any

from oncue.domain.problems import Problem


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as tables; its place is the key as a person writes it."""
    return {
        "file": problem.file,
        "message": problem.message,
        "key": problem.key,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity,
    }


def as_json(value: object) -> bytes:
    """Plain values as compact JSON."""
    return json.dumps(value, separators=(",", ":")).encode()
