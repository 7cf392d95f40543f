"""A line of text to edit that draws itself in roles, as everything here does.

An input is the most expensive of Textual's widgets to style. It has four parts with styles of their own, sixty lines
of default rules, gets classes for its size and for being valid, and each of these and every move of the focus styles
it again. This one has a few rules that never change, and draws the focus, the cursor and the selection by itself;
so they can also be seen in themes of the terminal's own colours, where no rule could tell them apart.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.validation import ValidationResult
from textual.widgets import Input

from oncue.text import from_editable
from oncue.tui.framework.focus import UnstyledFocus
from oncue.tui.framework.line_cache import keep_lines
from oncue.tui.framework.scrolling import virtual_size_reactive
from oncue.tui.framework.text_keys import TextKeys
from oncue.tui.host import host


class Field(UnstyledFocus, TextKeys, Input, inherit_css=False):  # type: ignore[misc]
    """Textual's input on one line, without a frame and without validation.

    It shows the beginning of its text, and while it has the focus the end, to go on writing.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    virtual_size = virtual_size_reactive()
    DEFAULT_CSS = """
    Field { width: 1fr; scrollbar-size-horizontal: 0; pointer: text; }
    """

    def __init__(
        self, value: str = "", placeholder: str = "", *, name: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(value, placeholder, select_on_focus=False, name=name, id=id)
        keep_lines(self)
        self.set_reactive(Input.cursor_blink, False)  # a cursor that blinks keeps the terminal and the CPU busy

    @property
    def text(self) -> str:
        """The text that is meant by what is seen."""
        return from_editable(self.value)

    def validate(self, value: str) -> ValidationResult | None:
        """Override: accept everything."""
        return None

    def on_focus(self) -> None:
        """Show the end, unless something is selected."""
        if self.selection.is_empty:
            self.cursor_position = len(self.value)

    def on_blur(self, _event: events.Blur) -> None:
        """Show the beginning."""
        self.cursor_position = 0

    def render_line(self, y: int) -> Strip:
        """Override: draw the text, or the placeholder."""
        width = self.scrollable_content_region.width
        role_styles = host(self).role_styles
        base = self.visual_style.rich_style
        base += role_styles["highlight" if self.has_focus else "field"]
        if y:
            return Strip.blank(width, base)
        style = base if self.value else base + role_styles["muted"]
        left = self.scroll_offset.x
        strip = Strip(
            Segment(text, style + part) for text, part in self._parts(role_styles["cursor"], role_styles["selection"])
        )
        return strip.crop(left, left + width).adjust_cell_length(width, base)

    def _parts(self, cursor: Style, selection: Style) -> Iterator[tuple[str, Style]]:
        """The text in parts that look alike."""
        text = f"{self.value or self.placeholder} "  # the cursor may stand behind the end
        if not self.has_focus:
            yield text, Style.null()
            return
        at = self.cursor_position
        start, end = sorted(self.selection)
        edges = sorted({0, start, end, at, at + 1, len(text)})
        for here, there in pairwise(edges):
            style = cursor if here == at else selection if start <= here < end else Style.null()
            yield text[here:there], style
