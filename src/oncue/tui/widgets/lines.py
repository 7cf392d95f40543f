"""The widget that draws lines of text in roles, and tells what a click on a part of them means.

Most of the app is drawn by few widgets that each draw many lines, because in Textual the cost of a key press
grows with the number of widgets. What can be clicked in a line is a `Target`: its value goes into the style of its
cells (Rich's ``meta``) and comes back with the click, as in Textual's own widgets. So no widget computes what is
where, whatever the width of its characters, its labels and its scroll position.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.focus import UnstyledFocus
from oncue.tui.framework.line_cache import keep_lines
from oncue.tui.host import host
from oncue.workbench.spans import Line, Span, fitted, line, merged, width_of

_KEY = "target"
"""The key of a target's value in the ``meta`` of a style."""

_RIGHT = 3
"""The right button of the mouse."""


class Target(NamedTuple):
    """Spans that can be clicked, and what a click on them means to the widget."""

    spans: Line
    value: str | int


Parts = Target | Sequence[Span | Target]
"""A line of which parts can be clicked; or that is one target, over all its width."""


def flowed(targets: Iterable[Target], width: int) -> list[list[Target]]:
    """The targets one after the other in lines of ``width`` cells; none is broken."""
    lines: list[list[Target]] = [[]]
    room = width
    for target in targets:
        cells = width_of(target.spans)
        if cells > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(target)
        room -= cells
    return lines


def bracketed(label: str, chosen: bool, more: Line = ()) -> Line:
    """A label, and what belongs to it, in a row of labels of which one is chosen, which shows without colour, too."""
    before, behind, role = ("❯", "❮", "accent") if chosen else (" ", " ", "muted")
    return merged(((before + label, role), *more, (behind, role)))


def width_of_parts(parts: Sequence[Span | Target]) -> int:
    """Cells that a line of such parts takes."""
    return sum(width_of(part.spans if isinstance(part, Target) else (part,)) for part in parts)


def strip_of(parts: Parts, width: int, base: Style, role_styles: Mapping[str, Style]) -> Strip:
    """The line as Textual draws it: ``width`` cells on ``base``."""
    return Strip(_segments(parts, width, base, role_styles), width)


def _segments(parts: Parts, width: int, base: Style, role_styles: Mapping[str, Style]) -> list[Segment]:
    """The line in ``width`` cells on ``base``."""
    spans: list[Span] = []
    grounds: list[Style] = []
    whole = _ground(parts, base) if isinstance(parts, Target) else base
    for part in (parts,) if isinstance(parts, Target) else parts:
        inside = part.spans if isinstance(part, Target) else (part,)
        spans += inside
        grounds += [_ground(part, base)] * len(inside)
    # Cutting a line may drop spans, but only from its end.
    kept = zip(fitted(tuple(spans), width), grounds, strict=False)
    segments = [Segment(text, ground + role_styles[role]) for (text, role), ground in kept if text]
    room = width - sum(segment.cell_length for segment in segments)
    if room > 0:
        segments.append(Segment(" " * room, whole))
    return segments


def _ground(part: Span | Target, base: Style) -> Style:
    """What the cells of ``part`` lie on."""
    return _meaning(part.value, base) if isinstance(part, Target) else base


@lru_cache(1_024)
def _meaning(value: str | int, base: Style) -> Style:
    return base + Style(meta={_KEY: value})


class LineWidget(UnstyledFocus, Widget):
    """A widget of lines. Subclasses say what they are for a width (`lines`); the rest is drawing.

    A ``label`` stands left of the first line, in ``label_width`` cells that the lines then do not have: a field
    and its label are one widget. The lines are made once for each change, which `refresh` tells.
    """

    label = ""
    label_width = 0
    ground = ""
    """The ground that the lines lie on (`oncue.tui.theming`), if not that of the pane; a label is beside it."""

    def __init__(
        self, *, name: str | None = None, id: str | None = None, label: str = "", label_width: int = 0
    ) -> None:
        super().__init__(name=name, id=id)
        # Textual would draw the whole widget whenever the pointer comes to another target, as if that were a link.
        self.set_reactive(Widget.auto_links, False)
        keep_lines(self)
        self.label, self.label_width = label, label_width
        self._made: tuple[int, Sequence[Parts]] | None = None

    @property
    def role_styles(self) -> Mapping[str, Style]:
        """The styles of the roles in the current theme."""
        return host(self).role_styles

    def lines(self, width: int) -> Sequence[Parts]:
        """What to draw, in ``width`` cells."""
        raise NotImplementedError

    def clicked(self, value: str | int) -> None:
        """A target of `lines` was clicked. Nothing happens by default."""

    def clicked_right(self, value: str | int) -> None:
        """A target was clicked with the right button, which by default means the same."""
        self.clicked(value)

    def on_click(self, event: events.Click) -> None:
        value = event.style.meta.get(_KEY)
        if value is not None:
            (self.clicked_right if event.button == _RIGHT else self.clicked)(value)

    @property
    def room(self) -> int:
        """Cells that the lines have."""
        return self.content_size.width - self.label_width

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Override: make the lines again, too."""
        self._made = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width - self.label_width))

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        lines = self._lines(width - self.label_width)
        beside = base = self.visual_style.rich_style
        if self.ground:
            base += self.role_styles[self.ground]
        if y >= len(lines):
            return Strip.blank(width, base)
        segments = _segments(lines[y], width - self.label_width, base, self.role_styles)
        if self.label_width:
            label = line((self.label, "muted")) if y == 0 and lines[y] else ()
            segments = _segments(label, self.label_width, beside, self.role_styles) + segments
        return Strip(segments, width)

    def _lines(self, width: int) -> Sequence[Parts]:
        if self._made is None or self._made[0] != width:
            self._made = (width, self.lines(width))
        return self._made[1]
