"""Bytes to plain values: the only TOML reader of oncue, and its limits.

Everything that reads TOML goes through `read_toml`, so that what one part of oncue can read, every part can. rtoml
parses ten times as fast as the standard library, names line and column, and limits its recursion in native code; the
standard library's parser takes minutes and gigabytes for a line of 40,000 dots. What rtoml accepts and oncue cannot
handle safely (integers over 64 bits, infinities, endless lists) is refused here. Every refusal names the file, the
line where it is known, the limit, and what was found.

rtoml reads TOML 1.1, so oncue does; what it writes itself is TOML 1.0, which every other reader has.
"""

import math
import re
from typing import Any, NamedTuple, NoReturn

import rtoml

from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.storage.toml.scan import Path, line_of, statements

MAX_FILE = 256 * 1024
MAX_STRING = 64 * 1024
MAX_ITEMS = 5_000
MAX_DEPTH = 32
MAX_DOTS = 16
MIN_INT, MAX_INT = -(2**63), 2**63 - 1

BOM = b"\xef\xbb\xbf"
_PLACE = r" at line (\d+) column (\d+)\Z"
_CONFLICT = r"(?m)^(<{7}|={7}|>{7})(?: |\r?$)"


class Document(NamedTuple):
    """A TOML file that was read: its text without byte order mark, and its values."""

    text: str
    values: dict[str, Any]


def read_toml(data: bytes, file: str) -> Document:
    """The values of the TOML file ``file`` with the content ``data``.

    Raises `UnreadableError` with one problem if it is not valid TOML or exceeds a limit; never anything else.
    """
    text = _text(data, file)
    if "<<<<<<< " in text:
        _refuse_conflict_marks(text, file)
    try:
        # Line ends depend on the checkout, values must not: rtoml would keep a carriage return in a """text""".
        values = rtoml.loads(text.replace("\r\n", "\n") if "\r" in text else text)
    except (ValueError, RecursionError) as error:
        _explain_syntax(text, file, str(error))
    if not _plainly_within_limits(values):
        _refuse_over_limit(values, text, file)
    return Document(text, values)


def too_large(file: str, size: int) -> UnreadableError:
    """The error for a file of so many bytes, which need not all have been read."""
    message = f"the file has {size:,} bytes; the limit is {MAX_FILE:,}"
    return UnreadableError([Problem(file, message, Code.LIMIT)])


def _text(data: bytes, file: str) -> str:
    if len(data) > MAX_FILE:
        raise too_large(file, len(data))
    if data.startswith(BOM):
        data = data[3:]
        if data.startswith(BOM):  # which rtoml would pass over as well, and others would not
            _refuse(file, "a second byte order mark; remove it", 1)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(file, "this is UTF-16; save the file as UTF-8", 1)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(file, f"the byte 0x{data[error.start]:02x} is not valid UTF-8; save the file as UTF-8", line)


def _refuse_conflict_marks(text: str, file: str) -> None:
    marks = list(re.finditer(_CONFLICT, text))
    if {mark[1][0] for mark in marks} >= {"<", ">"}:
        message = "an unresolved merge conflict; choose a side and remove the lines <<<<<<<, ======= and >>>>>>>"
        _refuse(file, message, _line_at(text, marks[0].start()))


def _explain_syntax(text: str, file: str, error: str) -> NoReturn:
    if (at := text.find("\0")) >= 0:
        message = "there is a NUL character; is this a TOML file in UTF-8?"
        _refuse(file, message, _line_at(text, at))
    if mark := re.search(_CONFLICT, text):
        message = "this looks like a merge conflict; remove the lines <<<<<<<, ======= and >>>>>>>"
        _refuse(file, message, _line_at(text, mark.start()))
    place = re.search(_PLACE, error)
    if place is None or "recursion" in error:
        _refuse_dots(text, file)
        line = None if place is None else int(place[1])
        _refuse(file, f"nested too deeply; the limit is {MAX_DEPTH} levels", line, Code.LIMIT)
    line, column = int(place[1]), int(place[2])
    from oncue.storage.toml.complaints import complaint, shown  # for messages only

    wrong = complaint(text, line, column, error[: place.start()])
    where = f"column {column}: " if wrong.line == line else ""
    _refuse(file, f"{wrong.message} ({where}{shown(text, wrong.line)})", wrong.line)


def _plainly_within_limits(values: dict[str, Any]) -> bool:
    """Whether no limit can be exceeded; fast, since every file goes through it.

    It goes level by level, so that it need not count the depth of each value. Nothing that is this shallow has a key
    with too many dots.
    """
    level: list[Any] = [values]
    for _ in range(MAX_DOTS):
        below: list[Any] = []
        for table in level:
            for value in table.values() if type(table) is dict else table:
                kind = type(value)
                if kind is str:
                    if len(value) > MAX_STRING:
                        return False
                elif kind is dict:
                    below.append(value)
                elif kind is list:
                    if len(value) > MAX_ITEMS:
                        return False
                    below.append(value)
                elif (kind is int and not MIN_INT <= value <= MAX_INT) or (kind is float and not math.isfinite(value)):
                    return False
        if not below:
            return True
        level = below
    return False


def _refuse_over_limit(values: dict[str, Any], text: str, file: str) -> None:
    """Name the first limit that is exceeded, if one is."""
    _refuse_dots(text, file)
    pending: list[tuple[Any, Path]] = [(values, ())]
    while pending:
        value, path = pending.pop()
        message = _over(value)
        if len(path) > MAX_DEPTH:
            message = f"nested {len(path)} levels deep; the limit is {MAX_DEPTH}"
        if message:
            _refuse(file, message, line_of(text, path), Code.LIMIT, path)
        if isinstance(value, dict):
            pending += [(inner, (*path, name)) for name, inner in value.items()][::-1]
        elif isinstance(value, list):
            pending += [(inner, (*path, number)) for number, inner in enumerate(value)][::-1]


def _over(value: object) -> str:
    match value:
        case str() if len(value) > MAX_STRING:
            return f"the text has {len(value):,} characters; the limit is {MAX_STRING:,}"
        case list() if len(value) > MAX_ITEMS:
            return f"the list has {len(value):,} entries; the limit is {MAX_ITEMS:,}"
        case bool():
            return ""
        case int() if not MIN_INT <= value <= MAX_INT:
            shown = value if value.bit_length() < 200 else f"a number of {value.bit_length():,} bits"
            return f"the number is {shown}; the limits are {MIN_INT} and {MAX_INT}"
        case float() if not math.isfinite(value):
            return f"the number is {value}; expected a finite one"
    return ""


def _refuse_dots(text: str, file: str) -> None:
    for statement in statements(text):
        dots = len(statement.path) - 1
        if dots > MAX_DOTS:
            _refuse(file, f"a key with {dots:,} dots; the limit is {MAX_DOTS}", statement.line, Code.LIMIT)


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _refuse(file: str, message: str, line: int | None = None, code: Code = Code.SYNTAX, path: Path = ()) -> NoReturn:
    raise UnreadableError([Problem(file, message, code, path, line)]) from None
