"""The base of all panes: a number, a frame with a title, and a state to show."""

from typing import Any, Self

from rich.style import Style
from textual import events
from textual.color import Color
from textual.containers import Vertical
from textual.geometry import Region
from textual.strip import Strip

from oncue.tui.framework.focus import draw_with_focus
from oncue.tui.messages import RunCommand
from oncue.tui.plain import plain
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.rows import RowList
from oncue.workbench.state import State


class Pane(Vertical):
    """A framed part of the screen. The frame of the pane that has the focus is heavy, and of another colour.

    The frame is set on this widget alone: with a class or the selector ``:focus-within``, Textual would style every
    widget inside again whenever the focus moves.
    """

    has_inner_focus = False
    _titling: int | None = None
    """The edge of the frame whose title is being set."""

    number = 0
    title = ""
    note_runs = ""
    """The id of the shortcut that a click on the note below in the frame stands for."""
    _frame = ("", "")
    _lists: tuple[RowList[Any], ...] = ()

    def show(self, state: State) -> None:
        """Show ``state``."""
        raise NotImplementedError

    def enter(self) -> None:
        """Focus the widget that is most useful."""
        raise NotImplementedError

    def retitle(self, detail: str = "", note: str = "") -> None:
        """Set the titles of the frame: the pane's title with ``detail`` above, ``note`` below."""
        frame = (f"{self.number} {self.title}" + (f" · {detail}" if detail else ""), note)
        before, self._frame = self._frame, frame
        if frame[0] != before[0]:
            self._titling = 0
            self.border_title = plain(frame[0])
        if frame[1] != before[1]:
            self._titling = 1
            self.border_subtitle = plain(frame[1])
        self._titling = None

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._set_frame())
        self._set_frame()
        self._lists = tuple(self.query(RowList))
        self._activate_lists()

    def mark(self, focused: bool) -> None:
        """Show whether the focus is in this pane."""
        if focused != self.has_inner_focus:
            self.has_inner_focus = focused
            self._set_frame()
            self._activate_lists()
            draw_with_focus(self, *self._edges())

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Override: while only a title changes, redraw only the edge that it is in."""
        if self._titling is not None and not regions and not layout:
            regions = (self._edges()[self._titling],)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Override: all lines between the upper and lower edge are alike, so render one of them for all."""
        last = self.outer_size.height - 1
        drawn: dict[int, Strip] = {}
        for y in crop.line_range:
            kind = y if y in (0, last) else 1
            if kind not in drawn:
                drawn[kind] = super().render_lines(Region(crop.x, kind, crop.width, 1))[0]
        return [drawn[y if y in (0, last) else 1] for y in crop.line_range]

    def _activate_lists(self) -> None:
        for rows in self._lists:
            rows.activate(self.has_inner_focus)

    def _set_frame(self) -> None:
        """Style the frame, rule by rule: Textual's properties would redraw everything inside as well."""
        color = Color.parse(self.app.theme_variables["accent" if self.has_inner_focus else "muted"])
        rules = self.styles.inline
        for side in ("top", "right", "bottom", "left"):
            rules.set_rule(f"border_{side}", ("heavy" if self.has_inner_focus else "round", color))
        for title in ("border_title", "border_subtitle"):
            rules.set_rule(f"{title}_color", color)
        rules.set_rule("border_title_style", Style(bold=self.has_inner_focus))

    def _edges(self) -> tuple[Region, ...]:
        """The upper, lower, left and right side of the frame, as seen from the content."""
        width, height = self.outer_size
        sides = (Region(0, 0, width, 1), Region(0, height - 1, width, 1), Region(0, 0, 1, height))
        return tuple(side.translate(-self.content_offset) for side in (*sides, Region(width - 1, 0, 1, height)))

    def on_click(self, event: events.Click) -> None:
        if self.note_runs and self._frame[1] and event.widget is self and event.y == self.outer_size.height - 1:
            self.post_message(RunCommand(self.note_runs))

    def on_action_bar_pressed(self, event: ActionBar.Pressed) -> None:
        event.stop()
        # As if its key had been pressed in this pane.
        self.call_later(self.run_action, event.act)
