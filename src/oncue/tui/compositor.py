"""What is drawn when a part of the screen changes.

Textual draws all lines of every widget in the smallest box round all that changed. Between the frames of two
panes, or a field and the footer, that box holds most of the screen, of which nothing changed. Here only the lines
of a widget are drawn that one of the changed regions touches.
"""

from collections.abc import Collection, Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparseCompositor(Compositor):
    """Textual's compositor, which in a partial update leaves out what lies between the regions that changed."""

    _changed: Collection[Region] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """What to write to the terminal, of the regions that changed."""
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """For each widget to draw its region, the part of that to draw, and the lines of this part."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [each.intersection(seen) for each in self._changed if each.overlaps(seen)]
            if touched:
                rows = Region.from_union(touched)
                part = Region(seen.x, rows.y, seen.width, rows.height)
                yield region, part, widget.render_lines(part.translate(-region.offset))
