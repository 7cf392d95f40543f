"""Drawing less: only what lies in the regions that changed, and nothing that is removed."""

from collections.abc import Collection, Iterable
from typing import Any

from textual import errors
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.removal import is_gone
from oncue.tui.framework.selection import SelectsText


class SparseCompositor(Compositor):
    """Textual's compositor, with which the pointer meets no widget that is removed, and which draws less.

    Between two frames the screen still shows widgets that have been removed. Textual finds them under the pointer, and
    ends as it finds neither their screen nor their styles. Here they are not found, whoever looks and whatever for, and
    not drawn, as by ctrl+l.

    In a partial update it leaves out what lies between the regions that changed.

    Textual draws all lines of every widget in the smallest box round all that changed. Between the frames of two panes,
    or a field and the footer, that box holds most of the screen, of which nothing changed. With this one, going to
    another pane takes 3,900 calls instead of 7,600 (12 ms instead of 17), switching a flow off 8,100 instead of 10,700.
    """

    _changed: Collection[Region] = ()

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        for found in self.get_widgets_at(int(x), int(y)):
            return found
        raise errors.NoWidget(f"No widget at {x}, {y}")

    def get_widgets_at(self, x: int, y: int) -> Iterable[tuple[Widget, Region]]:
        return (found for found in super().get_widgets_at(x, y) if found[0].is_attached)

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Override: for each widget to draw its region, the part of that to draw, and the lines of this part."""
        marked = self.root.marked if isinstance(self.root, SelectsText) else None
        for region, part, strips in self._parts(crop):
            if marked is not None:
                seen = region.intersection(part)
                strips = [marked.drawn(strip, seen.x, y) for y, strip in zip(seen.line_range, strips, strict=False)]
            yield region, part, strips

    def _parts(self, crop: Region | None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._changed:
            for widget in [*self.visible_widgets]:
                if is_gone(widget):
                    del self.visible_widgets[widget]
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [each.intersection(seen) for each in self._changed if each.overlaps(seen)]
            if touched and not is_gone(widget):
                rows = Region.from_union(touched)
                part = Region(seen.x, rows.y, seen.width, rows.height)
                yield region, part, widget.render_lines(part.translate(-region.offset))


def draw_sparsely(screen: Screen[Any]) -> None:
    """Let ``screen``, which is not mounted yet, have a `SparseCompositor`. All screens need it."""
    screen._compositor = SparseCompositor()


def redraw(app: App[Any]) -> None:
    """Clear the terminal and draw all of it: another program may have written over what Textual believes is there."""
    if app._driver is not None:
        app._driver.write("\x1b[2J")
    app.screen._compositor_refresh()
    app._display(app.screen, app.screen._compositor.render_full_update())
