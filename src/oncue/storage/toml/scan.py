"""Where the statements of a TOML text are: its headers and ``key = value`` entries, with lines and spans.

A parser gives values and forgets the places. This looks at a text that is already known to be TOML (or at one
that is broken, as far as it makes sense) and gives the places: for the line of a wrong key, and for an edit
that must touch nothing else. It never fails, and does not look inside inline tables and lists.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# The tokens that matter for finding the end of a value. Triple quotes come first; an unclosed string ends with
# its line (with the text, if it is a triple one), so that a broken text is scanned to its end all the same.
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""(?!")|\Z)'
    "|"
    r"'''.*?(?:'''(?!')|\Z)"
    r'|"(?:[^"\\\n]|\\.)*(?:"|$)'
    "|"
    r"'[^'\n]*(?:'|$)"
    r"|\#[^\n]*|[\[\]{}]|\n",
    re.DOTALL | re.MULTILINE,
)
_ELEMENT = re.compile(_TOKEN.pattern.removesuffix(r"|\n") + r"|,|\s+|[^\s,\[\]{}\"'#]+", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")

_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}
_MOST_PARTS = 64  # of a header that can be below an array of tables; longer ones are refused, not looked at

Span = tuple[int, int]
Path = tuple[str | int, ...]


class Statement(NamedTuple):
    """A header (``[trigger]``, ``[[steps]]``) or an entry (``event = "x"``) of a TOML text.

    ``path`` is the whole dotted key, that of the header above it included, with the (0-based) index behind the
    name of each array of tables: ``("steps", 0, "text")``. ``start`` and ``end`` span its lines, the line break
    included; ``value`` spans the value of an entry.
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
    counts: dict[Path, int] = {}
    while at < len(text):
        skipped = _SPACE.match(text, at)
        assert skipped is not None
        start = text.rfind("\n", at, skipped.end()) + 1 or at
        line += text.count("\n", at, start)
        at = skipped.end()
        if at >= len(text):
            return
        if text[at] == "#":
            end = _line_end(text, at)
        elif text[at] == "[":
            end = _line_end(text, at)
            table = _header(text, at, counts)
            yield Statement(True, table, line, start, end, (end, end))
        else:
            keys, equals = _dotted(text, at)
            last, end = _value_end(text, equals)
            if keys:
                yield Statement(False, (*table, *keys), line, start, end, (equals, last))
        line += text.count("\n", start, end)
        at = end


def line_of(text: str, path: Path) -> int | None:
    """The line of the statement that gives ``path``, or else of the nearest table around it."""
    best: tuple[int, int | None] = (0, None)
    for statement in statements(text):
        same = _common(statement.path, path)
        if same > best[0] and (same == len(statement.path) or same == len(path)):
            best = (same, statement.line)
    return best[1]


def comments_in(text: str) -> bool:
    """Whether there is a comment in ``text``, a value or a whole file."""
    return any(token[0][0] == "#" for token in _TOKEN.finditer(text))


def elements(text: str) -> list[Span]:
    """The spans of the elements of a list whose text is ``text``, from its ``[`` to its ``]``."""
    found: list[Span] = []
    depth, start, end = 0, -1, -1
    at = 0
    for token in _ELEMENT.finditer(text):
        what = token[0]
        if what[0] == "#" or what.isspace():
            continue
        if what in "]}":
            depth -= 1
        if depth == 1 and what == ",":
            found.append((start, end))
            start = -1
        elif depth >= 1:
            start = token.start() if start < 0 else start
            end = token.end()
        if what in "[{":
            depth += 1
        at = token.end()
    return [*found, (start, end)] if start >= 0 and at else found


def _common(one: Path, other: Path) -> int:
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same


def _header(text: str, at: int, counts: dict[Path, int]) -> Path:
    """The path of a header; the tables of an array are counted on the way."""
    array = text.startswith("[[", at)
    keys, _ = _dotted(text, at + 1 + array)
    if len(keys) > _MOST_PARTS:
        return tuple(keys)
    path: Path = ()
    for number, key in enumerate(keys, 1):
        path = (*path, key)
        if array and number == len(keys):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _dotted(text: str, at: int) -> tuple[list[str], int]:
    """The parts of a dotted key, and the offset just behind it and its ``=``."""
    keys = []
    while found := _KEY.match(text, at):
        keys.append(_unquoted(found[1]))
        at = found.end()
        if not text.startswith(".", at):
            break
        at += 1
    if text.startswith("=", at):
        at += 1
        while text[at : at + 1] in (" ", "\t") and at < len(text):
            at += 1
    return keys, at


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] != '"':
        return key
    return _ESCAPE.sub(_character, key[1:-1])


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(min(int(code, 16), 0x10FFFF)) if code else _SHORT.get(escape[3], escape[3])


def _value_end(text: str, at: int) -> tuple[int, int]:
    """Where a value that begins at ``at`` ends, and where its last line does."""
    depth, comment, end = 0, len(text), len(text)
    for token in _TOKEN.finditer(text, at):
        what = token[0][0]
        if what == "\n" and depth <= 0:
            comment, end = min(comment, token.start()), token.end()
            break
        if what == "#" and depth <= 0:
            comment = token.start()
        elif what in "[{":
            depth += 1
        elif what in "]}":
            depth -= 1
    return at + len(text[at:comment].rstrip()), end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
