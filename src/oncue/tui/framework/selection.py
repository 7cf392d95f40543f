"""Text that the mouse is dragged over, without the frames round it.

A terminal's own selection takes along whatever stands beside a text, and Textual's needs widgets that say where their
texts are. Here a selection is a part of the screen: it begins where the button is pressed and stays inside the
innermost frame round that, so it takes what is read there as it is seen. What is selected is drawn in reverse, and
handed over when the button is released. A press that does not move is a click as before, and fields select by
themselves.
"""

from typing import NamedTuple, TypeVar

from rich.style import Style
from textual import errors, events
from textual.geometry import Offset, Region, Spacing, clamp
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.text_keys import TextKeys

R = TypeVar("R")

_REVERSED = Style(reverse=True)
_LEFT = 1
"""The left button of the mouse."""


class Marked(NamedTuple):
    """The cells from ``start`` to ``end``, both included, line by line as a text is read, inside ``region``."""

    region: Region
    start: Offset
    end: Offset

    @property
    def rows(self) -> range:
        """The lines of the screen that have some of it."""
        return range(min(self.start.y, self.end.y), max(self.start.y, self.end.y) + 1)

    def span(self, y: int) -> tuple[int, int]:
        """The first cell of it in a line of the screen, and the one behind the last; equal where it has none."""
        (left, top), (right, bottom) = sorted((self.start, self.end), key=lambda each: (each.y, each.x))
        if y not in self.rows:
            return 0, 0
        return left if y == top else self.region.x, right + 1 if y == bottom else self.region.right

    def drawn(self, strip: Strip, x: int, y: int) -> Strip:
        """``strip``, which is drawn at ``x`` and ``y``, with what is marked of it in reverse."""
        first, last = (clamp(each - x, 0, strip.cell_length) for each in self.span(y))
        if first >= last:
            return strip
        inside = strip.crop(first, last).apply_style(_REVERSED)
        return Strip.join([strip.crop(0, first), inside, strip.crop(last)])


class SelectsText(Screen[R]):
    """A mixin for screens on which the mouse selects text, which the app gets by ``text_selected``."""

    marked: Marked | None = None
    _pressed: tuple[Region, Offset] | None = None

    def mark(self, marked: Marked | None) -> None:
        """Show what is selected, or that nothing is any more."""
        before, self.marked = self.marked, marked
        if before == marked:
            return
        for each in (before, marked):
            if each is not None:
                rows = each.rows
                changed = Region(each.region.x, rows.start, each.region.width, len(rows))
                # The window may be smaller by now.
                if seen := changed.intersection(self._compositor.size.region):
                    self._compositor._dirty_regions.add(seen)
        if self.is_current:
            self._compositor_refresh()

    def _forward_event(self, event: events.Event) -> None:
        """Override: a drag selects, and is no click where it ends."""
        if not event.is_forwarded and isinstance(event, events.MouseEvent):
            self._follow_mouse(event)
        super()._forward_event(event)

    def _follow_mouse(self, event: events.MouseEvent) -> None:
        match event:
            case events.MouseDown():
                self.mark(None)
                self._pressed = self._text_at(event.screen_offset) if event.button == _LEFT else None
            case events.MouseMove() if self._pressed is not None and event.button == _LEFT:
                region, start = self._pressed
                x, y = event.screen_offset
                end = Offset(clamp(x, region.x, region.right - 1), clamp(y, region.y, region.bottom - 1))
                self.mark(Marked(region, start, end) if end != start or self.marked is not None else None)
            case events.MouseUp():
                self._pressed = None
                if self.marked is not None:
                    self.app._mouse_down_widget = None  # else it would be a click as well
                    self.app.text_selected(self._marked_text(self.marked))  # type: ignore[attr-defined]
            case events.MouseScrollDown() | events.MouseScrollUp():
                self.mark(None)
            case _:
                pass

    def _text_at(self, offset: Offset) -> tuple[Region, Offset] | None:
        """What is inside the innermost frame round a place, and the place; nothing if that is the frame itself."""
        try:
            widget, _ = self.get_widget_at(*offset)
        except errors.NoWidget:
            return None
        if widget is self or isinstance(widget, TextKeys | ScrollBar):  # they have their own idea of a drag
            return None
        framed = next((each for each in widget.ancestors_with_self if _has_frame(each)), widget)
        region = framed.content_region if isinstance(framed, Widget) else widget.content_region
        region = self._without_scrollbar(region.intersection(self.region))
        return (region, offset) if region.contains_point(offset) else None

    def _without_scrollbar(self, region: Region) -> Region:
        """``region`` without the scrollbar at its right side, which belongs to no text."""
        places = self._compositor.visible_widgets
        bars = (place for widget, (place, _) in places.items() if isinstance(widget, ScrollBar) and widget.vertical)
        beside = any(bar.right == region.right and bar.overlaps(region) for bar in bars)
        return region.shrink(Spacing(right=1)) if beside else region

    def _marked_text(self, marked: Marked) -> str:
        strips = self._compositor.render_strips()
        lines = (strips[y].crop(*marked.span(y)).text.rstrip() for y in marked.rows if y < len(strips))
        return "\n".join(lines).rstrip("\n")


def _has_frame(node: object) -> bool:
    return isinstance(node, Widget) and node.styles.border_top[0] not in ("", "none", "hidden", "blank")
