"""Where the events are in a recording: one on each line, or objects in a list or over several lines.

JSON lines are what recordings are meant to be. What other tools write is a list, ``[{…}, {…}]``, or objects that are
laid out for people, one after the other; both come apart into the same objects. The first bytes tell which it is, and
it is read as a stream: a recording may never end, and an endless line or object is cut where no event can be that
long.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

MAX_EVENT = 1024 * 1024
"""Bytes that the text of an event may have."""
KEPT = MAX_EVENT + 1
"""Bytes of a text that are kept: just over the limit, so that one that was cut is refused for its length."""
BOM = b"\xef\xbb\xbf"
_QUOTE, _OPENING = b'"{'
UNCLOSED = b"["
"""The text after the last one where a list is not closed: the recording was cut off."""

# All up to the next brace that is not in a string. Possessive, so that what is incomplete is given up at once.
_TO_BRACE = re.compile(rb'[^"{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"{}]*+)*+', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,\[\]]*+")
_STRAY = re.compile(rb"[^\n{,\]]++")


def texts(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The text of each event in ``chunks``, cut into pieces anyhow, with the number of the line where it begins.

    Blank lines are among them, and texts that are no JSON.
    """
    source = iter(chunks)
    head = b""
    while (has_objects := _has_objects(head)) is None and (chunk := next(source, b"")):
        head += chunk
    pieces = chain([head.removeprefix(BOM)], source)
    return _objects(pieces) if has_objects else enumerate(_lines(pieces), 1)


def _has_objects(head: bytes) -> bool | None:
    """Whether a recording that begins with ``head`` is a list, or objects over several lines; ``None`` if more of it
    is needed to tell.
    """
    if len(head) > MAX_EVENT:
        return False
    begun = head.removeprefix(BOM).lstrip()
    if not begun or (head and BOM.startswith(head)):
        return None
    first, newline, others = begun.partition(b"\n")
    if begun[:1] == b"[":
        inside = begun[1:].lstrip()
        return inside[:1] in (b"{", b"[", b"]") if inside else None
    if begun[:1] != b"{" or (newline and not first.rstrip().endswith((b"{", b"[", b","))):
        return False
    # A line that was cut off behind a comma is followed by the next event.
    return others[:1] != b"{" if others else None


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    begun: list[bytes] = []
    size = 0
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        if size < KEPT:
            begun.append(first)
            size += len(first)
        if others:
            yield b"".join(begun)[:KEPT]
            yield from others[:-1]
            begun, size = [others[-1]], len(others[-1])
    if size:
        yield b"".join(begun)[:KEPT]


def _objects(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The outermost objects in ``chunks``; lists, commas and blanks are what is between them.

    ``data`` is what has come and is not done with. ``start`` is where the object begins that is being read, ``at``
    how far it was looked at, ``depth`` how many of its braces are open there. Of one that is too long only the
    beginning is kept, as ``cut``.
    """
    data, start, at, depth, line, lists, cut = b"", 0, 0, 0, 1, 0, b""
    for chunk in chunks:
        data, start, at = data[start:] + chunk, 0, at - start
        while True:
            if not depth:
                between = _BETWEEN.match(data, at)
                assert between is not None
                line += between[0].count(b"\n")
                lists += between[0].count(b"[") - between[0].count(b"]")
                start = at = between.end()
                if at == len(data):
                    break
                if data[at] != _OPENING:
                    stray = _STRAY.match(data, at)
                    assert stray is not None
                    if stray.end() == len(data) and len(stray[0]) < KEPT:
                        break
                    yield line, stray[0][:KEPT].rstrip()
                    start = at = stray.end()
                    continue
            at = _TO_BRACE.match(data, at).end()  # type: ignore[union-attr]  # it matches nothing, too
            if at == len(data) or data[at] == _QUOTE:
                break
            depth += 1 if data[at] == _OPENING else -1
            at += 1
            if not depth:
                yield line, cut or data[start:at]
                line += data.count(b"\n", start, at)
                start, cut = at, b""
        if depth and len(data) - start >= KEPT:
            cut = cut or data[start : start + KEPT]
            line += data.count(b"\n", start, at)
            start = at
            if len(data) - at >= KEPT:  # an endless string: all that matters of it is whether its end is escaped
                backslashes = len(data) - len(data.rstrip(b"\\"))
                data, start, at = b'"' + b"\\" * (backslashes % 2), 0, 0
    if start < len(data) or cut:
        yield line, (cut or data[start:][:KEPT]).rstrip()
    elif lists > 0:
        yield line, UNCLOSED
