"""One widget in an app that has nothing else, with what it tells; for tests of widgets."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from oncue.tui.terminal_safety import PlainFilter
from oncue.tui.theming import CHIPS, GROUNDS, ROLES, palette

STYLES: Mapping[str, Style] = {
    **dict.fromkeys(("", *ROLES, *GROUNDS, *CHIPS), Style()),
    "highlight": Style(reverse=True),
    "cursor": Style(underline=True),
    "selection": Style(italic=True),
}


class BareApp(App[None]):
    """A host of one widget. ``told`` are the widget's own messages."""

    AUTO_FOCUS = None
    CSS = "Screen > Widget { width: 1fr; height: auto; }"

    def __init__(self, widget: Widget, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.role_styles, self.keymap, self.typing = STYLES, keymap, False
        self.widget = widget
        self.told: list[Message] = []
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return {**variables, **palette(self.current_theme, variables)}

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), PlainFilter()]

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.pressed.append(event.key)
        await super().on_event(event)


class Bench:
    """The widget under test, a pointer and keys."""

    def __init__(self, app: BareApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def told(self) -> list[Message]:
        """What the widget told since this was last asked."""
        told, self.app.told = self.app.told, []
        return told

    @property
    def screen(self) -> list[str]:
        """The lines of the widget as they are drawn, after the filters."""
        widget = self.app.widget
        return [strip.text.rstrip() for strip in widget.render_lines(widget.size.region)]

    async def click(self, words: str, shift: int = 0) -> None:
        """Click on the first cell of words that are seen, or so many cells to the right of it."""
        y, line = next((y, line) for y, line in enumerate(self.screen) if words in line)
        x = cells_before(line, words) + shift
        await self.click_at(x, y)

    async def click_at(self, x: int, y: int) -> None:
        await self.pilot.click(self.app.widget, offset=(x, y))
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


def cells_before(line: str, words: str) -> int:
    """Cells from the start of ``line`` to ``words`` in it."""
    from rich.cells import cell_len

    return cell_len(line[: line.index(words)])


@asynccontextmanager
async def bench(
    widget: Widget, size: tuple[int, int] = (80, 12), keymap: Mapping[str, str] | None = None
) -> AsyncIterator[Bench]:
    """``widget`` in an app of this size."""
    app = BareApp(widget, keymap or {})

    def hear(message: Message) -> None:
        if type(message).__module__.startswith("oncue") and message not in app.told:  # it passes here at each parent
            app.told.append(message)

    async with app.run_test(size=size, message_hook=hear) as pilot:
        await pilot.pause()
        yield Bench(app, pilot)
