"""The lines of widgets that are drawn without a border, padding or opacity, at the price of the lines alone."""

from collections.abc import Sequence

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

_NOTHING = Spacing()
_NO_COLOR = Color(0, 0, 0, 0)


class LineCache(StylesCache):
    """What Textual keeps of the drawn lines of a widget, for one whose `render_line` gives whole lines.

    They are as wide as the widget, or as what of it is beside its scrollbar.

    Textual looks at 20 rules of style for each line, and takes the line apart and together again, also where none of
    them does anything, which is half of the time of drawing. Here they are looked at once.
    """

    _filters: Sequence[LineFilter] = ()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        if widget.styles.gutter != _NOTHING or widget.opacity != 1:
            return super().render_widget(widget, crop)
        filters = widget.get_line_filters()
        if filters != self._filters:
            self.clear()
            self._filters = filters
        if crop.right != self._width:
            width = widget.region.width
            if width != self._width:
                self.clear()
                self._width = width
        strips = []
        for y in crop.line_range:
            strip = None if y in self._dirty_lines else self._cache.get(y)
            if strip is None:
                strip = self._cache[y] = self._filtered(widget.render_line(y), widget)
            strips.append(strip)
        self._dirty_lines.difference_update(crop.line_range)
        if crop.column_span != (0, self._width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _filtered(self, strip: Strip, widget: Widget) -> Strip:
        segments = strip._segments
        background = widget.visual_style.background or _NO_COLOR
        for each in self._filters:
            segments = each.apply(segments, background)
        return Strip(segments, strip.cell_length)


def keep_lines(widget: Widget) -> None:
    """Let ``widget``, whose `render_line` gives whole lines, have a `LineCache`."""
    widget._styles_cache = LineCache()
