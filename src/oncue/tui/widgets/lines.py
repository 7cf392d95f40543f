"""Lines of text in roles, and the widget that draws them.

Most of the app is drawn by few widgets that each draw many lines, because in Textual the cost of a key press
grows with the number of widgets. A line is a tuple of (text, role) pairs; the roles are those of
`oncue.tui.theming`. Text goes through `visible` on its way to the screen here and nowhere else, and no markup is ever
parsed, so a name in a file can neither colour, link, nor command anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from oncue.text import visible
from oncue.tui.host import host

Span = tuple[str, str]
"""Text and its role."""
Line = tuple[Span, ...]


def line(*parts: Span | str) -> Line:
    """A line of the given parts; a bare string has the plain role."""
    return tuple((part, "") if isinstance(part, str) else part for part in parts)


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


def strip_of(spans: Line, width: int, base: Style, role_styles: Mapping[str, Style]) -> Strip:
    """The line as Textual draws it: ``width`` cells on ``base``."""
    segments = [Segment(text, base + role_styles[role]) for text, role in fitted(spans, width) if text]
    return Strip(segments).adjust_cell_length(width, base)


class LineWidget(Widget):
    """A widget of lines. Subclasses say what they are for a width (`lines`); the rest is drawing.

    A ``label`` stands left of the first line, in ``label_width`` cells that the lines then do not have: a field
    and its label are one widget. The lines are made once for each change, which `refresh` tells.
    """

    label = ""
    label_width = 0

    def __init__(
        self, *, name: str | None = None, id: str | None = None, label: str = "", label_width: int = 0
    ) -> None:
        super().__init__(name=name, id=id)
        self.label, self.label_width = label, label_width
        self._made: tuple[int, Sequence[Line]] | None = None

    @property
    def role_styles(self) -> Mapping[str, Style]:
        """The styles of the roles in the current theme."""
        return host(self).role_styles

    def lines(self, width: int) -> Sequence[Line]:
        """What to draw, in ``width`` cells."""
        raise NotImplementedError

    def place_of(self, event: events.MouseEvent) -> Offset | None:
        """Column and line of `lines` under the pointer; ``None`` if there is none."""
        offset = event.get_content_offset(self)
        return None if offset is None or offset.x < self.label_width else offset - Offset(self.label_width, 0)

    @property
    def room(self) -> int:
        """Cells that the lines have."""
        return self.content_size.width - self.label_width

    def watch_has_focus(self, _focused: bool) -> None:
        """Nothing to style, as the focus is drawn with the lines; Textual would look for rules that know it."""

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew; Textual's."""
        self._made = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As much as there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(self._lines(width - self.label_width))

    def render_line(self, y: int) -> Strip:
        """Draw one line; Textual's Line API."""
        width = self.content_size.width
        lines = self._lines(width - self.label_width)
        base = self.visual_style.rich_style
        if y >= len(lines):
            return Strip.blank(width, base)
        label = self.label if y == 0 and lines[y] else ""
        before = (label.ljust(self.label_width), "muted") if self.label_width else None
        return strip_of((before, *lines[y]) if before else lines[y], width, base, self.role_styles)

    def _lines(self, width: int) -> Sequence[Line]:
        if self._made is None or self._made[0] != width:
            self._made = (width, self.lines(width))
        return self._made[1]
