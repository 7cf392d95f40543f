"""JSON for programs, made of values of the domain.

It is written in ASCII: what is not is escaped, so that no terminal and no encoding on the way can stumble over
it. What is at ``None`` is left out of values of the domain.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from oncue.domain.problems import Problem


def plain(value: object) -> Any:
    """A value of the domain as tables, lists and texts."""
    return _adapter(type(value)).dump_python(value, mode="json", exclude_none=True)


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


_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")


def ascii_only(encoded: bytes) -> bytes:
    """JSON as pydantic writes it, with each character that is not printable ASCII escaped."""
    if encoded.isascii() and b"\x7f" not in encoded:
        return encoded
    return _NOT_ASCII.sub(_escape, encoded.decode()).encode()


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}" if found[0] <= "\uffff" else json.dumps(found[0])[1:-1]
