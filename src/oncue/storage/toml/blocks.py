"""The blocks of an array of tables: each ``[[key]]`` header with what belongs to it, to be moved as a whole.

A block has the comments above its header, its entries and sub-tables, and the comments directly below its last
entry. (tomlkit keeps comments too, but counts those above a header to the block before it, so they stay behind or go
astray when a block is moved.)
"""

import re

from oncue.storage.toml.scan import Statement, statements
from oncue.storage.toml.spans import Edit, apply, newline_of
from oncue.storage.toml.tokens import Span

_EMPTY_LINE = re.compile(r"[ \t]*\r?\n[ \t]*\r?\n")
_COMMENT_LINES = re.compile(r"(?:[ \t]*#[^\n]*\n)+[ \t]*")


def blocks(text: str, key: str) -> list[Span]:
    """The span of each block of the array of tables ``key``, without the empty lines around it."""
    found, spans = list(statements(text)), []
    for index, statement in enumerate(found):
        if _is_header(statement, key):
            following = index + 1
            while following < len(found) and _belongs(found[following], statement):
                following += 1
            start = _end_with_comments(text, found, index - 1) if index else 0
            end = _end_with_comments(text, found, following - 1)
            above = text[start : statement.start]
            spans.append((start + len(above) - len(above.lstrip("\r\n")), _end_of_last_line(text, end)))
    return spans


def replace_blocks(text: str, spans: list[Span], bodies: list[str]) -> str:
    """Put ``bodies`` in the places of the blocks, in order. More of them follow the last; too few leave no gap."""
    newline = newline_of(text)
    if not spans:
        return _appended(text, bodies, newline)
    kept = list(zip(spans, bodies, strict=False))
    edits, before, before_end = [], "", 0
    for (start, end), body in kept:
        before += text[before_end:start]
        lead = newline if _needs_gap(before, body) else ""
        edits.append(Edit(start, end, lead + body))
        before, before_end = body, end
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else newline * 2
    if between.strip() or not between:
        between = newline * 2
    last = spans[-1][1]
    for body in bodies[len(spans) :]:
        gap = newline * 2 if _needs_gap(before + between, body) else between
        edits.append(Edit(last, last, gap + body))
        before = body
    gone = spans[len(bodies) :]
    edits += (Edit(_end_of_last_line(text, start), end, "") for start, end in gone)
    rest = text[before_end if not gone or text[before_end : gone[0][0]].strip() else gone[-1][1] :]
    if rest.strip() and _needs_gap(before + rest[: len(rest) - len(rest.lstrip())], rest.lstrip()):
        edits.append(Edit(last, last, newline))
    return apply(text, edits)


def _needs_gap(before: str, after: str) -> bool:
    """Whether a comment would change sides without an empty line between the two texts."""
    above = before.rstrip()
    if not above or _EMPTY_LINE.match(before, len(above)):
        return False
    if above[above.rfind("\n") + 1 :].lstrip(" \t").startswith("#"):
        return True
    below = _COMMENT_LINES.match(after)
    return below is not None and not after.startswith("[", below.end())


def closed_up(body: str) -> str:
    """The block without empty lines above the comments at its end, which would not be its own otherwise."""
    end = max((each.end for each in statements(body)), default=0)
    if "#" not in body[end:]:
        return body
    return body[:end] + "".join(line for line in body[end:].splitlines(keepends=True) if line.strip())


def _end_of_last_line(text: str, end: int) -> int:
    """Where the last line with something on it ends before ``end``, blanks at its end included."""
    at = len(text[:end].rstrip())
    while at < end and text[at] in " \t":
        at += 1
    return at


def _appended(text: str, bodies: list[str], newline: str) -> str:
    found = list(statements(text))
    # Comments at the end are about no block and stay there; so do those of a text that has nothing else at its top.
    end = len(text[: _end_with_comments(text, found, len(found) - 1) if found else len(text)].rstrip())
    ending = text[end:] if text[end:].strip(" \t") else newline
    added = "".join(f"{newline}{newline}{body}" for body in bodies)
    return text[:end] + (added if end else added.lstrip("\r\n")) + (ending if end else newline)


def _is_header(statement: Statement, key: str) -> bool:
    return statement.header and len(statement.path) == 2 and statement.path[0] == key


def _belongs(statement: Statement, header: Statement) -> bool:
    return statement.path[:2] == header.path and statement.path != header.path


def _end_with_comments(text: str, found: list[Statement], index: int) -> int:
    """The end of a statement and of the comments directly below it, unless these lead on to the next header."""
    end = found[index].end
    while text[end:].lstrip(" \t").startswith("#"):
        line_end = text.find("\n", end)
        end = len(text) if line_end < 0 else line_end + 1
    leads_on = index + 1 < len(found) and found[index + 1].header and found[index + 1].start == end
    return found[index].end if leads_on else end
