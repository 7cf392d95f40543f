"""One line of a recording, read carefully: what event it states, or everything that is wrong with it.

Pydantic validates it, and its errors become problems in oncue's words. JSON parsers keep one of two members with the
same key and say nothing, so keys are looked at once more.
"""

import json
import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from oncue.domain.events import Event
from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.validation.problems import problems_of

MAX_DEPTH = 64

_EVENT = TypeAdapter(Event)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def read_event(line: bytes, name: str, number: int | None = None) -> Event:
    """The event in one line of JSON; raises `UnreadableError`."""
    try:
        event = _EVENT.validate_json(line)
    except ValidationError as error:
        raise UnreadableError(_explain(error, line, name, number)) from None
    if key := _repeated_key(line):
        raise UnreadableError([Problem(name, "this key is there twice", Code.SYNTAX, (key,), number)])
    return event


def _explain(error: ValidationError, line: bytes, name: str, number: int | None) -> list[Problem]:
    first = error.errors(include_url=False)[0]
    if first["type"] != "json_invalid":
        if isinstance(first["input"], list | str | int | float | bool | None) and not first["loc"]:
            return [Problem(name, "expected one JSON object on each line, { … }", Code.WRONG_TYPE, line=number)]
        return [problem._replace(line=number) for problem in problems_of(error, Event, name)]
    return [Problem(name, _syntax(line, str(first.get("ctx", {}).get("error", ""))), Code.SYNTAX, line=number)]


def _syntax(line: bytes, reason: str) -> str:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in line:
        return "this is UTF-16 or binary; expected JSON in UTF-8"
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        return f"the byte 0x{line[error.start]:02x} at column {error.start + 1} is not valid UTF-8"
    if "recursion" in reason or _depth(text) > MAX_DEPTH:
        return f"nested too deeply; the limit is {MAX_DEPTH} levels"
    if "hex escape" in reason and (half := _SURROGATE.search(text)):
        return f"{half[0]} is half of a surrogate pair, which is no character"
    return f"this is not JSON: {re.sub(r' at line 1 column ', ' at column ', reason)}"


def _depth(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        if letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _repeated_key(line: bytes) -> str:
    """The first key that an object has twice, or nothing."""
    repeated: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                repeated.append(key)
            seen.add(key)

    json.loads(line, object_pairs_hook=look)
    return repeated[0] if repeated else ""
