"""Lines of text in roles, and how they are cut, spread and wrapped to a width in terminal cells.

A line is a tuple of (text, role) pairs. What a role looks like is for the front end to say (`oncue.tui.theming` for
the app). Text goes through `visible` here on its way to the screen and nowhere else, and no markup is ever parsed, so
a name in a file can neither colour, link, nor command anything.
"""

from bisect import bisect_right
from collections.abc import Iterable

from rich.cells import cell_len

from oncue.text import visible

Span = tuple[str, str]
"""Text and its role."""
Line = tuple[Span, ...]


def line(*parts: Span | str) -> Line:
    """A line of the given parts; a bare string has the plain role."""
    return tuple([(part, "") if isinstance(part, str) else part for part in parts])


def cells_of(text: str) -> int:
    """Cells that ``text`` takes at most, so that parts of a line never take more than the sum of what they take.

    What a joiner or a variation selector does depends on its neighbours, which may be in another part; so each is
    counted by itself.
    """
    if text.isascii() or not ("\u200d" in text or "\ufe0f" in text):
        return cell_len(text)
    return sum(1 if character == "\ufe0f" else cell_len(character) for character in text)


def width_of(spans: Line) -> int:
    """Cells that the line takes on screen."""
    return sum(cells_of(visible(text)) for text, _ in spans)


def fitted(spans: Line, width: int) -> Line:
    """The line cut to ``width`` cells, with an ellipsis where something was cut."""
    room = width
    kept: list[Span] = []
    for text, role in spans:
        shown = visible(text, max(room * 4, 80))
        cells = cells_of(shown)
        if cells > room:
            while not room and kept:  # what was kept is full: the ellipsis takes its last place
                shown, role = kept.pop()
                room = cells_of(shown)
            kept.append((_cut(shown, room), role))
            return tuple(kept)
        kept.append((shown, role))
        room -= cells
    return tuple(kept)


def _cut(text: str, room: int) -> str:
    """``text``, which is too long, with an ellipsis in ``room`` cells."""
    return f"{_head(text, room - 1)}…" if room else ""


def _head(text: str, room: int) -> str:
    """As much of ``text`` as fits into ``room`` cells, without spaces at its end."""
    # Not by rich's `set_cell_size`, which divides by zero where joiners stand in front of a wide character.
    end = bisect_right(range(len(text) + 1), max(room, 0), key=lambda at: cells_of(text[:at])) - 1
    kept = text[:end].rstrip()
    while kept and cells_of(f"{kept}…") - 1 > room:
        kept = kept[:-1]
    return kept


def spread(left: Line, right: Line, width: int) -> Line:
    """``left`` at the left edge and ``right`` at the right one; where both do not fit, ``left`` is cut."""
    room = width - width_of(right)
    if not right or room < 4:
        return fitted(left + right, width)
    shown = fitted(left, room - 1)
    return (*shown, (" " * (room - width_of(shown)), ""), *right)


def wrapped(spans: Line, width: int, indent: int = 0) -> list[Line]:
    """The line broken at spaces into lines of ``width`` cells, all but the first indented."""
    lines: list[Line] = []
    current: list[Span] = []
    room = max(width, 8)
    for text, role in spans:
        for word in _words(visible(text)):
            cells = cells_of(word)
            if cells > room and not word.strip():
                continue  # spaces at the end of a line
            if cells > room and current:
                lines.append(merged(current))
                current = [(" " * indent, "")] if indent else []
                room = max(width, 8) - indent
                word = word.lstrip()
                cells = cells_of(word)
            while cells > room and room > 0:
                head = _head(word[: 4 * room], room)
                lines.append(merged((*current, (head, role))))
                current = [(" " * indent, "")] if indent else []
                word, room = word[len(head) or 1 :], max(width, 8) - indent
                # A long rest is measured when it is short, so that a text of one word costs no square of its length.
                cells = cells_of(word) if len(word) <= 8 * room else room + 1
            current.append((word, role))
            room -= cells
    lines.append(merged(current))
    return lines


def merged(spans: Iterable[Span]) -> Line:
    """The same line with neighbours of one role made one, so that there is less to draw."""
    result: list[Span] = []
    for text, role in spans:
        if result and result[-1][1] == role:
            result[-1] = (result[-1][0] + text, role)
        elif text:
            result.append((text, role))
    return tuple(result)


def _words(text: str) -> Iterable[str]:
    """``text`` in pieces that may start a line: each word with the spaces before it."""
    start, seen = 0, False
    for index, character in enumerate(text):
        if character == " " and seen:
            yield text[start:index]
            start, seen = index, False
        elif character != " ":
            seen = True
    if start < len(text):
        yield text[start:]
