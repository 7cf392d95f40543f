"""Lines of text in roles, and how they are cut, spread and wrapped to a width in terminal cells.

A line is a tuple of (text, role) pairs. What a role looks like is for the front end to say (`oncue.tui.theming` for
the app). Text goes through `visible` here on its way to the screen and nowhere else, and no markup is ever parsed, so
a name in a file can neither colour, link, nor command anything.
"""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

from oncue.text import visible

Span = tuple[str, str]
"""Text and its role."""
Line = tuple[Span, ...]


def line(*parts: Span | str) -> Line:
    """A line of the given parts; a bare string has the plain role."""
    return tuple([(part, "") if isinstance(part, str) else part for part in parts])


def width_of(spans: Line) -> int:
    """Cells that the line takes on screen."""
    return sum(cell_len(visible(text)) for text, _ in spans)


def fitted(spans: Line, width: int) -> Line:
    """The line cut to ``width`` cells, with an ellipsis where something was cut."""
    room = width
    kept: list[Span] = []
    for text, role in spans:
        shown = visible(text, max(room * 4, 80))
        cells = cell_len(shown)
        if cells > room:
            while not room and kept:  # what was kept is full: the ellipsis takes its last place
                shown, role = kept.pop()
                room = cell_len(shown)
            kept.append((set_cell_size(shown, max(room - 1, 0)).rstrip() + "…" if room else "", role))
            return tuple(kept)
        kept.append((shown, role))
        room -= cells
    return tuple(kept)


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
            cells = cell_len(word)
            if cells > room and not word.strip():
                continue  # spaces at the end of a line
            if cells > room and current:
                lines.append(merged(current))
                current = [(" " * indent, "")] if indent else []
                room = max(width, 8) - indent
                word = word.lstrip()
                cells = cell_len(word)
            while cells > room and room > 0:
                head = set_cell_size(word[: 4 * room], room).rstrip()
                lines.append(merged((*current, (head, role))))
                current = [(" " * indent, "")] if indent else []
                word, room = word[len(head) or 1 :], max(width, 8) - indent
                # A long rest is measured when it is short, so that a text of one word costs no square of its length.
                cells = cell_len(word) if len(word) <= 8 * room else room + 1
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
