"""The blocks of an array of tables: each ``[[key]]`` header with what belongs to it, to be moved as a whole.

A block has the comments above its header, its entries and sub-tables, and the comments directly below its last
entry. (tomlkit keeps comments too, but counts those above a header to the block before it, so they stay behind or go
astray when a block is moved.)
"""

from oncue.storage.toml.scan import Statement, statements
from oncue.storage.toml.spans import Edit, apply, newline_of
from oncue.storage.toml.tokens import Span


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
    edits = [Edit(*span, body) for span, body in zip(spans, bodies, strict=False)]
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else newline * 2
    if between.strip() or not between:
        between = newline * 2
    last = spans[-1][1]
    edits += (Edit(last, last, between + body) for body in bodies[len(spans) :])
    edits += (Edit(_end_of_last_line(text, start), end, "") for start, end in spans[len(bodies) :])
    return apply(text, edits)


def _end_of_last_line(text: str, end: int) -> int:
    """Where the last line with something on it ends before ``end``, blanks at its end included."""
    at = len(text[:end].rstrip())
    while at < end and text[at] in " \t":
        at += 1
    return at


def _appended(text: str, bodies: list[str], newline: str) -> str:
    end = len(text.rstrip())
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
