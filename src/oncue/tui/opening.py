"""Opening a workspace: it is read in a thread that is started before the app, so that the two overlap.

What an earlier session left behind is looked for after the first paint (`look_back`): it needs everything that saving
needs, which takes a tenth of a second to import, and there is rarely anything.
"""

import importlib
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from oncue.domain.paths import FLOWS
from oncue.editing.session import Session
from oncue.errors import OncueError
from oncue.storage.absence import look_around, not_found
from oncue.storage.files import find
from oncue.storage.loader import Loaded, load
from oncue.workbench.state import State

if TYPE_CHECKING:
    from oncue.storage.user.drafts import Draft

T = TypeVar("T")


class Opened(NamedTuple):
    """A workspace that was read, and the state that the app starts with."""

    loaded: Loaded
    state: State


class Past(NamedTuple):
    """What earlier sessions left behind: notes on what was finished of it, unsaved work, and what is wrong with it."""

    notes: tuple[str, ...]
    drafts: "list[Draft]"
    troubles: tuple[str, ...] = ()


def begin_opening(folder: Path) -> "Future[Opened]":
    """Start to read ``folder`` in a thread; the future gets the result or the error."""
    return _in_thread(lambda: _open(folder))


def _open(folder: Path) -> Opened:
    loaded = load(folder)
    flows = loaded.workspace.flows
    first = min(flows, key=lambda flow_id: (flows[flow_id].name.casefold(), flow_id), default=None)
    return Opened(loaded, State.start(Session.start(loaded.workspace, first)))


def look_back(folder: Path) -> Past:
    """Finish a save that was cut off, list the drafts of sessions that ended without saving, and say which files that
    look like flows are not read.
    """
    from oncue.storage.saving.transaction import recover
    from oncue.storage.user.drafts import find_drafts

    # Saving and drafts are imported here in a thread, so that the UI thread finds them imported.
    importlib.import_module("oncue.storage.saving.save")
    importlib.import_module("oncue.tui.drafting")

    notes: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    try:
        notes = tuple(f"Finished the interrupted save of {file}." for file in recover(folder))
    except (OncueError, OSError) as error:  # it stays noted, and must not keep anybody from working
        troubles = (f"An interrupted save could not be finished: {error}.",)
    if any(look_around(folder, FLOWS)[1:]):  # that there are no flows can be seen, but not why
        message = not_found(folder, FLOWS, is_empty=next(find(folder, FLOWS), None) is None) or ""
        notes = (*notes, f"{message[:1].upper()}{message[1:]}.") if message else notes
    try:
        drafts, complaints = find_drafts(folder)
    except (OncueError, OSError, ValueError) as error:
        drafts, complaints = [], [f"Unsaved work of earlier sessions could not be looked for: {error}."]
    return Past(notes, drafts, (*troubles, *complaints))


def _in_thread(work: Callable[[], T]) -> "Future[T]":
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, name="open-workspace", daemon=True).start()
    return future
