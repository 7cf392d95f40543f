"""The lines of widgets that are drawn without a border, padding or opacity, at the price of the lines alone."""

from textual._styles_cache import StylesCache
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

_NOTHING = Spacing()


class LineCache(StylesCache):
    """What Textual keeps of the drawn lines of a widget, for one whose `render_line` gives whole lines.

    They are as wide as the widget, or as what of it is beside its scrollbar.

    Textual looks at 20 rules of style for each line, and takes the line apart and together again, also where none of
    them does anything, which is half of the time of drawing. Here they are looked at once.
    """

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        if widget.styles.gutter != _NOTHING or widget.opacity != 1:
            return super().render_widget(widget, crop)
        if crop.right != self._width:
            width = widget.region.width
            if width != self._width:
                self.clear()
                self._width = width
        strips = []
        for y in crop.line_range:
            strip = None if y in self._dirty_lines else self._cache.get(y)
            if strip is None:
                strip = self._cache[y] = widget.render_line(y)
            strips.append(strip)
        self._dirty_lines.difference_update(crop.line_range)
        if filters := widget.get_line_filters():
            background = widget.background_colors[1]
            for each in filters:
                strips = [strip.apply_filter(each, background) for strip in strips]
        if crop.column_span != (0, self._width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips


def keep_lines(widget: Widget) -> None:
    """Let ``widget``, whose `render_line` gives whole lines, have a `LineCache`."""
    widget._styles_cache = LineCache()
