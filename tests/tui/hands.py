"""Hands and eyes for the tests of the app: press, type, click, wait until nothing moves, read the screen.

Nothing here waits for the clock. Input goes the way that the terminal driver sends it, so that the app's own
guards are in the way, and `Hands.settle` returns when no message, no layout and no worker is left that could
still change something; a worker that waits for an answer of the user counts as settled.
"""

import asyncio
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from oncue.domain.flows import Flow
from oncue.domain.steps import Step
from oncue.editing.session import Session
from oncue.simulation.timeline import Replay
from oncue.storage.user.settings import read_settings
from oncue.tui.app import OncueApp
from oncue.tui.opening import begin_opening
from oncue.tui.panes.pane import Pane
from oncue.tui.widgets.picker import Picker
from oncue.tui.widgets.rows import RowList
from oncue.workbench.state import State
from oncue.workbench.store import Store

W = TypeVar("W", bound=Widget)

PATIENCE = 10.0
"""Seconds after which a test that waits has failed."""


class Hands:
    """The app under test, and a user in front of it."""

    def __init__(self, app: OncueApp, pilot: Pilot[int], folder: Path) -> None:
        self.app, self.pilot, self.folder = app, pilot, folder

    # What there is

    @property
    def store(self) -> Store:
        assert self.app.store is not None
        return self.app.store

    @property
    def session(self) -> Session:
        return self.store.session

    @property
    def state(self) -> State:
        return self.store.state

    @property
    def flow(self) -> Flow:
        assert self.session.flow is not None
        return self.session.flow

    def steps(self) -> tuple[Step, ...]:
        """The steps of the open flow."""
        return self.flow.steps

    @property
    def replay(self) -> Replay:
        assert self.state.replay is not None
        return self.state.replay

    def text(self, file: str) -> str:
        """The content of a file of the workspace."""
        return (self.folder / file).read_text("utf-8")

    @property
    def place(self) -> str:
        """Where the focus is: the id of the pane, or of the widget if it is in none; with the widget's own id."""
        focused = self.app.screen.focused
        if focused is None:
            return ""
        pane = next((each for each in focused.ancestors if isinstance(each, Pane)), None)
        return "/".join(part for part in (pane.id if pane else "", focused.id or focused.name or "") if part)

    @property
    def asking(self) -> str:
        """The title of the dialog on top; empty if there is none."""
        if not isinstance(self.app.screen, ModalScreen):
            return ""
        return str(self.app.screen.query_one("Frame").border_title)

    @property
    def picking(self) -> str:
        """The title of the open picker; empty if it is closed."""
        open_ones = [picker for picker in self.app.designer.query(Picker) if picker.display]
        return str(open_ones[0].border_title) if open_ones else ""

    @property
    def toasts(self) -> list[str]:
        """What was said, the last at the end, without what only tells of an edit."""
        return [said.text for said in reversed(self.app.messages.messages) if not said.edit]

    @property
    def status(self) -> str:
        """The status line."""
        return self.inside("#footer").splitlines()[0].strip()

    def find(self, selector: str, kind: type[W]) -> W:
        return self.app.screen.query_one(selector, kind)

    # Eyes

    def rows(self) -> list[list[Segment]]:
        """The screen as it is drawn: the segments of each row, after the line filters."""
        strips = self.app.screen._compositor.render_strips()
        return [[segment for segment in strip if segment.text] for strip in strips]

    def grid(self) -> str:
        """The screen as a reader sees it."""
        return "\n".join("".join(segment.text for segment in row).rstrip() for row in self.rows())

    def inside(self, selector: str) -> str:
        """The part of the screen that a widget has."""
        region = self.app.screen.query_one(selector, Widget).region
        return "\n".join(self._cut(region))

    def _cut(self, region: Region) -> Iterator[str]:
        for strip in self.app.screen._compositor.render_strips()[region.y : region.bottom]:
            yield strip.crop(region.x, region.right).text.rstrip()

    # Hands

    async def press(self, *keys: str) -> None:
        """Press keys, each when what the one before it did is done."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def quickly(self, *keys: str) -> None:
        """Press keys faster than the app can answer."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, as fast as it goes."""
        await self.quickly(*(_key_of(character) for character in text))

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self, target: "str | Widget", x: int = 0, y: int = 0, times: int = 1, button: int = 1) -> None:
        """Click into a widget, at a place in its content."""
        widget = self.app.screen.query_one(target, Widget) if isinstance(target, str) else target
        region = widget.content_region
        assert widget.is_on_screen or region.area, f"{target} cannot be seen"
        await self.click_at(region.x + x, region.y + y, times, button)

    async def click_on(self, target: "str | Widget", words: str, nth: int = 0, times: int = 1) -> None:
        """Click on words that are seen in a widget."""
        widget = self.app.screen.query_one(target, Widget) if isinstance(target, str) else target
        found = [
            (widget.region.x + column, widget.region.y + row)
            for row, seen in enumerate(self._cut(widget.region))
            if (column := seen.find(words)) >= 0
        ]
        assert len(found) > nth, f"{words!r} is not seen in {target}:\n" + "\n".join(self._cut(widget.region))
        await self.click_at(*found[nth], times)

    async def click_at(self, x: int, y: int, times: int = 1, button: int = 1) -> None:
        """Press and release a button, by default the left one, at a cell of the screen."""
        driver = self.app._driver
        assert driver is not None
        assert self.app.screen.region.contains(x, y), f"{x}, {y} is outside"
        self.app._click_chain_last_time = None  # a click that is no part of an earlier double click
        for _ in range(times):
            for kind in (events.MouseDown, events.MouseUp):
                driver.process_message(
                    kind(
                        None,
                        x=x,
                        y=y,
                        delta_x=0,
                        delta_y=0,
                        button=button,
                        shift=False,
                        meta=False,
                        ctrl=False,
                        screen_x=x,
                        screen_y=y,
                    )
                )
        await self.settle()

    async def resize(self, columns: int, lines: int) -> None:
        await self.pilot.resize_terminal(columns, lines)
        # Textual keeps the event back until it is idle, when no queue shows that something is still to come.
        await self.until(lambda: self.app.screen.size == (columns, lines))
        await self.settle()

    async def choose(self, words: str) -> None:
        """Type into the open picker, and take what it finds first."""
        assert self.picking, "no picker is open"
        await self.type(words)
        await self.press("enter")

    async def open_flow(self, flow_id: str) -> None:
        """Open a flow, and go to the list of flows."""
        rows = self.find("#flow-rows", RowList)
        self.app.designer.show_pane(1)
        await self.settle()
        rows.move(list(rows.rows).index(flow_id))
        await self.settle()
        assert self.session.selected == flow_id

    def _send(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, _character_of(key))
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    # Patience

    async def settle(self) -> None:
        """Wait until nothing moves any more."""
        await self.until(self._still)
        if self.app._running and not self.app._exit:
            await self.pilot._wait_for_screen(PATIENCE)  # until no handler is in the middle of something
        await self.until(self._still)

    async def settle_early(self) -> None:
        """Wait until nothing moves any more, but for the worker that waits for the workspace."""
        await self.until(lambda: not any(pump.message_queue_size for pump in self._pumps()))
        await self.pilot._wait_for_screen(PATIENCE)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until ``condition`` holds."""
        deadline = time.monotonic() + PATIENCE
        await asyncio.sleep(0)
        while not condition():
            if self.app._exception is not None:
                raise self.app._exception
            assert time.monotonic() < deadline, "it never comes to rest"
            await asyncio.sleep(0.001)

    def _pumps(self) -> list[MessagePump]:
        inside = [each for screen in self.app.screen_stack for each in screen.walk_children(Widget)]
        return [self.app, *self.app.screen_stack, *inside]

    def _still(self) -> bool:
        if not self.app._running:
            return True
        questions = sum(isinstance(screen, ModalScreen) for screen in self.app.screen_stack)
        busy = [worker for worker in self.app.workers if not worker.is_finished]
        screen = self.app.screen
        return (
            not self.app.pressing
            and not any(pump._message_queue.qsize() or pump._next_callbacks for pump in self._pumps())
            and len(busy) <= questions
            and not (screen._layout_required or screen._dirty_widgets or screen._callbacks)
        )


@asynccontextmanager
async def designer(
    folder: Path, size: tuple[int, int] = (120, 40), ready: bool = True, paint: bool = False
) -> AsyncIterator[Hands]:
    """The app on a workspace; ``ready``: until all is loaded that comes after the first paint.

    Without ``paint`` the screen is drawn only when a test looks at it, which is half of the work of a key press.
    """
    app = OncueApp(begin_opening(folder), read_settings())
    if not paint:
        _stop_painting(app.designer)
    async with app.run_test(size=size, notifications=True) as pilot:
        hands = Hands(app, pilot, folder)
        if ready:
            await hands.until(lambda: app.disk is not None and app.disk.ready.is_set())
            await hands.settle()
        yield hands


def set_keys(tmp_path: Path, *lines: str) -> None:
    """Write keys of the user's own into the settings."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.toml").write_text("[keys]\n" + "\n".join(lines) + "\n")


def _stop_painting(screen: Screen[None]) -> None:
    def forget() -> None:
        screen._dirty_widgets.clear()
        screen._compositor._dirty_regions.clear()

    screen._compositor_refresh = forget  # type: ignore[method-assign]


def _key_of(character: str) -> str:
    return {"\n": "enter", "\t": "tab"}.get(character, character)


def _character_of(key: str) -> str | None:
    if len(key) == 1:
        return key
    special = {"enter": "\r", "tab": "\t", "space": " ", "escape": "\x1b", "backspace": "\x7f"}
    if key in special:
        return special[key]
    try:
        return unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return None
