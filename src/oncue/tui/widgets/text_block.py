"""Paragraphs of text, each in a role, wrapped to the width there is; where the height is fixed, cut with a sign."""

from collections.abc import Sequence

from textual.widget import Widget

from oncue.tui.widgets.lines import LineWidget
from oncue.workbench.spans import Line, Span, fitted, wrapped


class TextBlock(LineWidget):
    """Text that is read and not changed."""

    def __init__(self, paragraphs: Sequence[Span] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs: tuple[Span, ...] = tuple(paragraphs)

    def show(self, paragraphs: Sequence[Span]) -> None:
        """Show these paragraphs."""
        shown = tuple(paragraphs)
        if shown != self._paragraphs:
            width = self.room
            before = len(self.lines(width))
            self._paragraphs = shown
            grows = self.styles.height is None or self.styles.height.is_auto
            self.refresh(layout=grows and (not width or len(self.lines(width)) != before))

    def lines(self, width: int) -> Sequence[Line]:
        rows = [each for paragraph in self._paragraphs for each in wrapped((paragraph,), width)]
        room = len(rows) if self.styles.is_auto_height else self._seen
        if not 0 < room < len(rows):
            return rows
        rest = tuple(span for row in rows[room - 1 :] for span in (*row, (" ", "")))
        return [*rows[: room - 1], fitted(rest, width)]

    @property
    def _seen(self) -> int:
        """How many lines are seen: the lower end may lie outside of what contains this."""
        height, container = self.content_size.height, self.parent
        if not isinstance(container, Widget) or not self.region.height:
            return height
        return min(height, container.content_region.bottom - self.content_region.y)
