"""Recorded events: JSON lines to events, line by line, however long the file is.

A bad line is one problem with its number, and the others are read. Each line is decoded the fast way first
(`oncue.storage.recorded_event`). What that does not understand is read carefully here, which finds the same events and
says what is wrong with the rest.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from oncue.domain.events import Event
from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.storage.recorded_event import RecordedEvent, decode
from oncue.storage.toml.read import BOM
from oncue.validation.problems import problems_of

MAX_LINE = 1024 * 1024
MAX_DEPTH = 64

_EVENT = TypeAdapter(Event)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def read_events(lines: Iterable[bytes], name: str) -> Iterator[Event | RecordedEvent | Problem]:
    """The events in ``lines``, and a problem for each line that is none; blank lines are skipped.

    ``name`` is what the problems call the source.
    """
    for number, line in enumerate(lines, 1):
        event = decode(line) if len(line) <= MAX_LINE else None
        if event is not None:
            yield event
            continue
        if number == 1:
            line = line.removeprefix(BOM)
        if line.strip():
            yield _read_carefully(line, name, number)


def read_event(line: bytes, name: str, number: int | None = None) -> Event:
    """The event in one line of JSON, read carefully; raises `UnreadableError`."""
    if len(line) > MAX_LINE:
        message = f"the line has {len(line):,} bytes; the limit is {MAX_LINE:,}"
        raise UnreadableError([Problem(name, message, Code.LIMIT, line=number)])
    try:
        event = _EVENT.validate_json(line)
    except ValidationError as error:
        raise UnreadableError(_explain(error, line, name, number)) from None
    if key := _repeated_key(line):
        raise UnreadableError([Problem(name, "this key is there twice", Code.SYNTAX, (key,), number)])
    return event


def _read_carefully(line: bytes, name: str, number: int) -> Event | Problem:
    try:
        return read_event(line, name, number)
    except UnreadableError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        return first._replace(message=first.message + more)


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
