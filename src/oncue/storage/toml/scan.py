"""The statements of a TOML text: its headers and ``key = value`` entries, with their lines and spans.

A parser gives values and forgets where they were. This finds the places again: for the line of a wrong key, and for
an edit that must touch nothing else. The text is known to be TOML, or is broken and then scanned as far as it makes
sense; a scan never fails. What is inside inline tables and lists is part of one value and has no statement.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from oncue.domain.problems import KeyPath
from oncue.storage.toml.tokens import Span, dotted_key, plain_entry, value_end

_SPACE = re.compile(r"[ \t\r\n]*")
_MOST_PARTS = 64  # of a path that is looked at part by part: a hostile key may have 100,000

Path = KeyPath
"""Here, a path whose list indices are those of arrays of tables: ``("steps", 0, "text")``."""


class Statement(NamedTuple):
    """A header (``[trigger]``, ``[[steps]]``) or an entry (``event = "x"``) of a TOML text.

    ``path`` is the whole path, that of the header above an entry included; the name of each array of tables is
    followed by an index: ``("steps", 0, "text")``. ``start`` and ``end`` span its lines, including the last line
    break; ``value`` spans the value of an entry.
    """

    header: bool
    path: Path
    line: int
    start: int
    end: int
    value: Span


def statements(text: str) -> Iterator[Statement]:
    """The statements of ``text`` in order."""
    at, line = 0, 1
    table: Path = ()
    last_index: dict[Path, int] = {}
    while True:
        while entry := plain_entry(text, at):
            yield Statement(False, (*table, entry[1]), line, at, entry.end(), entry.span(2))
            line += text.count("\n", at, entry.end())
            at = entry.end()
        first = _skip_space(text, at)
        if first >= len(text):
            return
        start = text.rfind("\n", at, first) + 1 or at
        line += text.count("\n", at, start)
        if text[first] == "#":
            end = _line_end(text, first)
        elif text[first] == "[":
            end = _line_end(text, first)
            table = _header_path(text, first, last_index)
            yield Statement(True, table, line, start, end, (end, end))
        else:
            keys, value_start = dotted_key(text, first)
            value_stop, end = value_end(text, value_start)
            if keys:
                yield Statement(False, (*table, *keys), line, start, end, (value_start, value_stop))
        line += text.count("\n", start, end)
        at = end


@lru_cache(maxsize=1)  # the problems of a file are located one after the other; each would scan all of it again
def scanned(text: str) -> tuple[Statement, ...]:
    """All statements of ``text``; those of the text that was asked for last are remembered."""
    return tuple(statements(text))


def line_of(text: str, path: Path) -> int | None:
    """The line of the statement that gives ``path``, or else of the nearest table around it."""
    begun, places = _places(text)
    if len(path) == 1:
        return begun.get(path[0])
    nearest: int | None = None
    nearest_size = 0
    for there, line in places.get(path[:2], []) + places.get(path[:1], []):
        if there[: len(path)] == path:
            return line
        if nearest_size < len(there) and path[: len(there)] == there:
            nearest, nearest_size = line, len(there)
    return nearest


def value_of(text: str, path: Path) -> str | None:
    """The value of ``path`` as it is written, if a statement gives it."""
    found = (each for each in statements(text) if each.path == path and not each.header)
    return next((text[each.value[0] : each.value[1]] for each in found), None)


@lru_cache(maxsize=1)
def _places(text: str) -> tuple[Mapping[str | int, int], Mapping[Path, list[tuple[Path, int]]]]:
    """The first line on which each key begins a path, and the paths of all statements by their first two parts.

    An index of whole paths and all that they lead through would cost more than the few look-ups in one file.
    """
    begun: dict[str | int, int] = {}
    places: dict[Path, list[tuple[Path, int]]] = {}
    for statement in scanned(text):
        for part in statement.path[:1]:
            begun.setdefault(part, statement.line)
        places.setdefault(statement.path[:2], []).append((statement.path, statement.line))
    return begun, places


def _header_path(text: str, at: int, last_index: dict[Path, int]) -> Path:
    """The path of the header at ``at``; ``last_index`` has the arrays of tables so far and is kept up to date."""
    array = text.startswith("[[", at)
    keys, _ = dotted_key(text, at + 1 + array)
    if len(keys) > _MOST_PARTS:
        return tuple(keys)
    path: Path = ()
    for number, key in enumerate(keys, 1):
        path = (*path, key)
        if array and number == len(keys):
            last_index[path] = last_index.get(path, -1) + 1
        if path in last_index:
            path = (*path, last_index[path])
    return path


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    assert space is not None, "it matches nothing at all, too"
    return space.end()


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
