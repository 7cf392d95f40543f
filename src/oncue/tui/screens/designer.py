"""The designer: three columns of panes on a wide terminal, one pane at a time on a narrow one.

The screen arranges and passes on: state down to the panes, wishes up to the app. Which panes are seen is a matter
of classes and of `app.tcss`.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from oncue.tui.compositor import SparseCompositor
from oncue.tui.messages import ShowPane
from oncue.tui.panes.flows import FlowsPane
from oncue.tui.panes.pane import Pane
from oncue.tui.panes.problems import ProblemsPane
from oncue.tui.panes.simulator import SimulatorPane
from oncue.tui.panes.steps import StepsPane
from oncue.tui.panes.trigger import TriggerPane
from oncue.tui.widgets.choice import Choice
from oncue.tui.widgets.footer import KeyFooter
from oncue.tui.widgets.frames import Column, Row
from oncue.tui.widgets.picker import Entry, Picker
from oncue.tui.widgets.tab_line import TabLine
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.state import State

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp

TOO_SMALL = "This needs more room: at least 50 × 15. Nothing is lost; make the window larger."

_WIDTHS = [(0, "-tiny"), (50, "-narrow"), (110, "-wide")]
_HEIGHTS = [(0, "-flat"), (15, "-low"), (30, "-tall")]


class DesignerScreen(Screen[None]):
    """All panes, the picker above them, the footer below."""

    AUTO_FOCUS = ""
    BLANK = True
    # In Textual every move of the focus draws the whole screen, as this reactive repaints the screen; the widgets
    # that lose and get the focus draw themselves anyway.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(self, columns: int, lines: int) -> None:
        # The classes for the size are set from the start, as setting them later styles every widget again.
        super().__init__(classes=f"{_band(columns, _WIDTHS)} {_band(lines, _HEIGHTS)}")
        self._compositor = SparseCompositor()
        self.panes: tuple[Pane, ...] = (FlowsPane(), TriggerPane(), StepsPane(), SimulatorPane(), ProblemsPane())
        self.seen = 1
        self._narrow = _band(columns, _WIDTHS) == "-narrow"
        self._state: State | None = None
        self._fresh = True
        self._preparing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The panes in their columns."""
        yield TabLine(id="tabs")
        with Row(id="panes"):
            with Column(id="left"):
                yield self.pane(1)
                yield self.pane(5)
            with Column(id="middle"):
                yield self.pane(2)
                yield self.pane(3)
            yield self.pane(4)
        yield KeyFooter(id="footer")
        yield TextBlock([(TOO_SMALL, "")], id="too-small")

    async def on_mount(self) -> None:
        """Start at the flows."""
        self._arrange()
        await cast("OncueApp", self.app).begin()
        self.pane(1).enter()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Everything was styled by being mounted; Textual would do it again when the screen comes up first."""
        if self._fresh:
            event.refresh_styles = self._fresh = False

    def show(self, state: State) -> None:
        """Show ``state`` in all panes."""
        self._state = state
        for pane in self.panes:
            pane.show(state)
        self.query_one(TabLine).show(self.seen, len(state.problems), len(state.session.dirty))

    def pane(self, number: int) -> Pane:
        """The pane with a number."""
        return self.panes[number - 1]

    def show_pane(self, number: int, enter: bool = True) -> None:
        """Show a pane, and give it the focus."""
        pane = self.pane(number)
        if number == 5 and self.query_one(ProblemsPane).none:
            cast("OncueApp", self.app).notify("Nothing is wrong.")
            return
        self._see(number)
        if enter:
            pane.enter()

    def on_resize(self) -> None:
        """Another width may mean another arrangement."""
        narrow = self.has_class("-narrow")
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def on_problems_pane_came(self) -> None:
        """The pane of problems is there only if there are some."""
        self._arrange()

    def _arrange(self) -> None:
        """Show all panes on a wide terminal, on a narrow one only the one that is seen.

        This sets what is displayed, one by one, and no class, which would style every widget again.
        """
        for pane in self.panes:
            here = not self._narrow or pane.number == self.seen
            _display(pane, here and not (isinstance(pane, ProblemsPane) and pane.none))
        for column, numbers in (("#left", (1, 5)), ("#middle", (2, 3))):
            _display(self.query_one(column), not self._narrow or self.seen in numbers)

    def on_show_pane(self, event: ShowPane) -> None:
        """A pane asks to go to another one."""
        event.stop()
        self.show_pane(event.number)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Give ``widget`` the focus; Textual's. The pane that it is in is marked, and is the one to see."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        if self.focused is None:
            return
        inside = next((each for each in self.focused.ancestors if isinstance(each, Pane)), None)
        for pane in self.panes:
            pane.mark(pane is inside)
        if inside is not None:
            self._see(inside.number)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click beside the picker closes it."""
        picker = self.query(Picker).first() if self.query(Picker) else None
        if (
            picker is not None
            and picker.display
            and not picker.region.contains(int(event.screen_x), int(event.screen_y))
        ):
            picker.close()

    def on_choice_opened(self, event: Choice.Opened) -> None:
        """Open the picker for a field."""
        event.stop()
        choice = event.choice
        entries = [Entry(option.value, option.label, option.help) for option in choice.options]

        def pick(value: object) -> None:
            choice.post_message(Choice.Picked(choice, value if isinstance(value, str) else None))

        self.pick(choice.title, entries, pick, current=choice.value)

    def pick(self, title: str, entries: Sequence[Entry], pick: Callable[[object], None], **more: Any) -> None:
        """Open the picker."""
        picker = next((each for each in self.query(Picker) if each.is_mounted), None)
        if picker is None:
            self.run_worker(self._prepare_and_pick(title, entries, pick, **more))
        else:
            picker.open(title, entries, pick, **more)

    async def prepare(self) -> None:
        """Mount what is not seen at the start: the picker."""
        async with self._preparing:
            if not self.query(Picker):
                await self.mount(Picker(id="picker"))

    async def _prepare_and_pick(
        self, title: str, entries: Sequence[Entry], pick: Callable[[object], None], **more: Any
    ) -> None:
        await self.prepare()
        self.query_one(Picker).open(title, entries, pick, **more)

    def _see(self, number: int) -> None:
        if number == self.seen:
            return
        self.seen = number
        self._arrange()
        if self._state is not None:
            self.query_one(TabLine).show(number, len(self._state.problems), len(self._state.session.dirty))


def _band(size: int, bands: list[tuple[int, str]]) -> str:
    """The class of the band that ``size`` is in."""
    return next(name for least, name in reversed(bands) if size >= least)


def _display(widget: Widget, display: bool) -> None:
    """Set whether it is displayed, only if that changes: setting it arranges the screen anew."""
    if widget.display != display:
        widget.display = display
