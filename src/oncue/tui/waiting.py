"""Waiting for the right moment, so that keys that come faster than the app answers are neither lost nor overtaken."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.worker import Worker, WorkerError

from oncue.tui.modals.dialog import Dialog

PATIENCE = 0.5
"""Seconds to wait for pending keys at most."""

_PLACING = frozenset({"step-form", "condition-editor"})
"""Groups of work that puts the fields in place which the keys behind are for."""


async def pending_keys_handled(app: App[Any]) -> None:
    """Wait until all pending key presses are handled, but no longer than `PATIENCE`. Not for message handlers.

    A key press is a chain of messages from widget to widget, and a key of the app overtakes those before it: saving or
    quitting at once would lose the letter that was typed just before.
    """
    clock = asyncio.get_running_loop().time
    deadline, quiet = clock() + PATIENCE, 0
    pumps: Sequence[MessagePump] = ()
    while quiet < 3 and clock() < deadline:  # a few turns without a message: a handler may still go on and send one
        await asyncio.sleep(0)
        if not quiet:  # what is there changes by messages only
            pumps = (*app.screen_stack, *app.screen.walk_children(Widget))
        placing = any(worker.group in _PLACING and not worker.is_finished for worker in app.workers)
        quiet = 0 if placing or any(pump.message_queue_size for pump in pumps) else quiet + 1


async def finished(app: App[Any], group: str) -> None:
    """Wait until no work of ``group`` goes on, however it ends. Not for work of that group."""
    for worker in [worker for worker in app.workers if worker.group == group and worker.is_running]:
        with suppress(WorkerError):
            await worker.wait()


async def wait_for_dialog(app: App[Any], worker: "Worker[Any]") -> None:
    """Wait until the dialog that ``worker`` opens can be answered, or until ``worker`` is finished.

    An action that waits for this holds back the keys behind it, so that they answer the dialog. Otherwise they would
    act on the screen below, because a dialog takes some turns of the event loop to open.
    """
    # Whether the dialog has the focus does not matter: in a terminal in the background nothing has.
    while not worker.is_finished and not (isinstance(app.screen, Dialog) and app.screen.keyboard is not None):
        await asyncio.sleep(0)
