"""One key, click or paste after the other.

Textual hands a key to the widget that has the focus and takes the next one at once, while what the first one does
is a chain of messages that is still on its way. A key of the app overtakes it: ``ctrl+s`` right behind a letter
would save the text without the letter. Here each input waits until no message of the one before it is left, so
that what is typed ahead, or sent by a program, does the same as what is typed slowly.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget

PATIENCE = 1.0
"""Seconds after which the next input has its turn, whatever the one before it still does."""

_ROUNDS = 3
"""Turns of the event loop without a message after which none will come: a handler that waited may send one."""


class Intake:
    """The input of ``app`` on its way to ``handle``, which is awaited for one event at a time."""

    def __init__(self, app: App[int], handle: Callable[[events.InputEvent], Awaitable[None]]) -> None:
        self._app, self._handle = app, handle
        self._waiting: deque[events.InputEvent] = deque()
        self._task: asyncio.Task[None] | None = None
        self._holds = 0

    @property
    def idle(self) -> bool:
        """Whether no input waits for its turn."""
        return self._task is None

    def take(self, event: events.InputEvent) -> None:
        """Let an event have its turn. Of mouse moves that wait in a row, the last is enough."""
        if isinstance(event, events.MouseMove) and self._waiting and isinstance(self._waiting[-1], events.MouseMove):
            self._waiting.pop()
        self._waiting.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    def hold(self) -> Callable[[], None]:
        """Let nothing in while something is under way that no message tells of; call the result when it is done."""
        self._holds += 1

        def release() -> None:
            self._holds = max(0, self._holds - 1)

        return release

    async def _work(self) -> None:
        try:
            while self._waiting and not self._app._exit:
                await self._turn()
                await self._handle(self._waiting.popleft())
        except Exception as error:
            self._app._handle_exception(error)
        finally:
            self._waiting.clear()
            self._task = None

    async def _turn(self) -> None:
        """Return when all is done that was begun."""
        if self._quiet():
            return
        clock = asyncio.get_running_loop().time
        deadline, rounds = clock() + PATIENCE, 0
        while rounds < _ROUNDS and clock() < deadline:
            await asyncio.sleep(0.001 if self._holds else 0)
            rounds = rounds + 1 if self._quiet() else 0
        self._holds = 0

    def _quiet(self) -> bool:
        pumps: list[MessagePump] = [self._app, *self._app.screen_stack]
        if self._holds or any(pump._message_queue.qsize() for pump in pumps):
            return False
        return not any(widget._message_queue.qsize() for widget in self._app.screen.walk_children(Widget))
