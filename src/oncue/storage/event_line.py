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
from oncue.storage.recorded_texts import UNCLOSED
from oncue.text import first
from oncue.validation.problems import problems_of

MAX_DEPTH = 64
_FOREIGN = 3
"""Unknown keys by which a line without an event is taken for something else altogether."""
_KIND_KEYS = frozenset({"type", "kind", "eventtype", "eventname", "topic", "name", "action", "events"})
_EXAMPLE = '{"event": "message_created", …}'

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
    detail = error.errors(include_url=False)[0]
    if detail["type"] != "json_invalid":
        if isinstance(detail["input"], list | str | int | float | bool | None) and not detail["loc"]:
            return [Problem(name, "expected one JSON object on each line, { … }", Code.WRONG_TYPE, line=number)]
        found = [problem._replace(line=number) for problem in problems_of(error, Event, name)]
        return _in_one(found, name, number) or sorted(found, key=_telling)
    return [Problem(name, _syntax(line, str(detail.get("ctx", {}).get("error", ""))), Code.SYNTAX, line=number)]


def _in_one(found: list[Problem], name: str, number: int | None) -> list[Problem]:
    """Instead of a list of complaints what the line seems to be, if it is no event at all."""
    unknown = [str(each.path[0]) for each in found if each.code == Code.UNKNOWN_KEY and len(each.path) == 1]
    if not any(each.code == Code.MISSING_KEY and each.path == ("event",) for each in found) or not unknown:
        return []
    kinds = [key for key in unknown if key.casefold().replace("_", "") in _KIND_KEYS]
    if kinds:
        message = f"unknown key; what happened is called 'event' here, such as {_EXAMPLE}"
        return [Problem(name, message, Code.UNKNOWN_KEY, (kinds[0],), number)]
    if len(unknown) < _FOREIGN:
        return []
    message = f"this is no event of oncue, but has the keys {first(list(map(repr, unknown)), 4)}; expected {_EXAMPLE}"
    return [Problem(name, message, Code.WRONG_TYPE, line=number)]


def _telling(problem: Problem) -> int:
    """The first of several complaints is the one that is shown: what happened, then keys that are not known."""
    if problem.path == ("event",) and problem.code != Code.MISSING_KEY:
        return 0
    order: tuple[str, ...] = (Code.MISSING_KEY, Code.UNKNOWN_KEY)
    return order.index(problem.code) + 1 if problem.code in order else len(order) + 1


def _syntax(line: bytes, reason: str) -> str:
    if line == UNCLOSED:
        return "the list is not closed; the end of the recording is missing"
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
    what, _, column = reason.partition(" at line 1 column ")
    said = next((words for beginning, words in _COMPLAINTS.items() if what.startswith(beginning)), what)
    return f"this is not JSON: {said}{f' (column {column})' if column else ''}"


_COMPLAINTS = {
    "EOF while parsing": "it ends too early",
    "expected value": "there is no value where one must be",
    "expected ident": "there is no value where one must be; text must be in quotes",
    "trailing characters": "there is more after the event; each event has a line of its own",
    "trailing comma": "there is a comma too many",
    "key must be a string": "keys must be in double quotes",
    "expected `,`": "a comma or a closing bracket is missing",
    "expected `:`": "a colon is missing after the key",
    "control character": "a line end or another control character is in a text; write \\n",
    "invalid escape": "an unknown escape is in a text; write \\\\ for a backslash",
    "invalid number": "a number is not written as JSON has it; text must be in quotes",
}
"""What the parser says at the beginning of a complaint, in words for people."""


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
