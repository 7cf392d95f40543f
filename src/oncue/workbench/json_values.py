"""Values of the domain and of results as JSON, for programs.

JSON is ASCII: what is not is escaped, so that no terminal and no encoding on the way can stumble over it. What a value
of the domain does not state is left out of it.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from oncue.domain.plain import as_plain
from oncue.domain.problems import Problem

if TYPE_CHECKING:
    from oncue.matching.explain import Explanation
    from oncue.matching.suggested_edits import SuggestedEdit


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as tables; its place is the key as a person writes it."""
    return {
        "file": problem.file,
        "message": problem.message,
        "key": problem.key,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity,
        **({"suggestion": problem.suggestion} if problem.suggestion else {}),
    }


def as_json(value: object) -> bytes:
    """Plain values as compact JSON."""
    return _encode(value).encode()


_encode = json.JSONEncoder(separators=(",", ":")).encode


def explanation_json(explanation: "Explanation", edits: "Sequence[SuggestedEdit] | None" = None) -> dict[str, Any]:
    """Why a flow did or did not match an event, and the edits that would change that: all, or those of use."""
    return {
        "flow": explanation.flow.id,
        "clauses": [clause._asdict() for clause in explanation.clauses],
        "edits": [_edit_json(edit) for edit in (explanation.edits if edits is None else edits)],
    }


def _edit_json(edit: "SuggestedEdit") -> dict[str, Any]:
    return {
        "words": edit.words,
        "trigger": as_plain(edit.flow.trigger),
        "when": None if edit.flow.when is None else as_plain(edit.flow.when),
        "enabled": edit.flow.enabled,
        "starts": edit.starts.size,
        "stops": edit.stops.size,
        "always": edit.always[1],
        "shift": edit.shift and edit.shift._asdict(),
        "depends": edit.depends,
    }
