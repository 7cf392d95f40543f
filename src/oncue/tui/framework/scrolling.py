"""Contents that grow without a new layout of the screen, and scrollbars that cost nothing while they rest."""

from collections.abc import Sequence
from typing import Any, Self, cast

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.line_cache import keep_lines


def virtual_size_reactive(repaint: bool = True) -> "Reactive[Size]":
    """`Widget.virtual_size` for a widget whose own size does not depend on the length of what is in it.

    Textual's arranges the whole screen when that changes: 5,600 calls instead of 1,600 for a letter in a field (18 ms
    instead of 11), 13,000 instead of 8,400 for an event in the simulator. Without ``repaint`` the widget draws itself.
    """
    return Reactive(Size(0, 0), layout=False, repaint=repaint)


def update_scrollbars(view: ScrollView) -> None:
    """Adapt the scrollbars to the virtual size, and nothing else: what Textual does among much more."""
    view._scroll_update(view.virtual_size)


class StillScrollBar(ScrollBar):
    """A scrollbar that is drawn again only if it looks different, and then as lines.

    Textual draws all scrollbars after each layout, which are 1 to 3 ms for each of them. One that is there although
    all is seen, so that nothing moves when it is needed, would cost that for nothing.
    """

    _drawn: object = None
    _bar: tuple[object, Sequence[Segment]] = (None, ())

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        keep_lines(self)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to scroll."""
        return self.window_size >= self.window_virtual_size

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not layout and self.is_mounted and self._look() == self._drawn:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        look = self._look()
        if look != self._drawn:  # no bar is told that what it belongs to is dimmed
            self._styles_cache.clear()
            self._drawn = look
        if not self.is_blank:
            return super().render_lines(crop)
        return super().render_lines(Region(crop.x, crop.y, crop.width, min(1, crop.height))) * crop.height

    def render_line(self, y: int) -> Strip:
        """Override: Textual draws the whole bar by way of Rich's console, which takes twice as long."""
        made_for = self._drawn, self.size
        if self._bar[0] != made_for:
            bar = cast("ScrollBarRender", self.render())
            style = cast("Style", bar.style)
            colors = {"back_color": style.bgcolor, "bar_color": style.color}
            sizes = self.size.height, bar.virtual_size, bar.window_size, bar.position, self.size.width
            self._bar = made_for, bar.render_bar(*sizes, **cast("Any", colors)).segments
        lines, base = self._bar[1], self.visual_style.rich_style
        if y >= len(lines):  # it is about to be told that it is longer
            return Strip.blank(self.size.width, base)
        return Strip([Segment(lines[y].text, base + lines[y].style)], self.size.width)

    def _look(self) -> object:
        """All that its look depends on but its size, with which a widget is drawn again anyway."""
        styles = cast("Widget", self.parent).styles
        where = None if self.is_blank else (self.window_size, self.window_virtual_size, self.position)
        colors = styles.scrollbar_color, styles.scrollbar_background, self.opacity
        return where, self.mouse_over, self.grabbed, colors


class StillBars:
    """A mixin for widgets that scroll up and down, which gives them a `StillScrollBar`."""

    app: App[Any]
    scrollbar_size_vertical: int
    _vertical_scrollbar: ScrollBar | None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar at the side, which is made when it is needed first."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = StillScrollBar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(cast("Widget", self), self._vertical_scrollbar)
        return self._vertical_scrollbar
