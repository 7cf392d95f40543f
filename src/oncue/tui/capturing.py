"""Opening a capture, and what is done with its conversations: they are replayed, or saved as scenarios.

What reads captures is imported only here and when it is asked for, as it is not needed for the first paint.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textual.app import App

from oncue.domain.rules import flow_id_from
from oncue.errors import ImpossibleEvent
from oncue.text import counted
from oncue.tui.disk import Disk
from oncue.tui.messages import Open
from oncue.tui.user import User
from oncue.tui.widgets.picker import Entry
from oncue.workbench.captured_events import CapturedEvent
from oncue.workbench.scenario_names import problem_with_name
from oncue.workbench.scenario_selection import all_scenarios
from oncue.workbench.store import Store

ANOTHER = "another"
"""The value of the entry for a path that is typed."""


def entries(folder: Path) -> list[Entry]:
    """What is likely to be a capture, and a way to everything else. It looks at folders, so call it in a thread."""
    from oncue.storage.capture_places import capture_places

    found = [
        Entry(place.path, place.label, "all of the folder" if place.is_folder else _size(place.size))
        for place in capture_places(folder, Path.cwd())
    ]
    return [*found, Entry(ANOTHER, "Another file or folder…", "type its path")]


def _size(size: int) -> str:
    if size < 10_000:
        return counted(size, "byte")
    return f"{size / 1_000:,.0f} kB" if size < 10_000_000 else f"{size / 1_000_000:,.0f} MB"


async def ask_for_path(user: User) -> Path | None:
    """A path that the user types. To be called from a worker."""
    from oncue.storage.capture_places import problem_with
    from oncue.storage.typed_paths import completed, path_of

    here = Path.cwd()
    hint = f"A file of captured or recorded events, or a folder of them, from {here} on; tab completes."
    check, complete = partial(problem_with, base=here), partial(completed, base=here)
    typed = await user.prompt("Open a capture", hint, "", check, complete)
    return None if typed is None else path_of(typed, here)


async def show_capture(app: App[int], path: Path, store: Store, disk: Disk, user: User) -> Open | bool:
    """Show the events of a capture. What the user wants to open, or whether the simulator has a conversation of it.

    To be called from a worker.
    """
    from oncue.tui.capture_reading import CaptureReading
    from oncue.tui.modals.capture import CaptureDialog, Replay

    reading = CaptureReading(path, store.state.analysis.edited)
    wanted = await app.push_screen_wait(CaptureDialog(reading, partial(_save, store, disk, user)))
    if isinstance(wanted, Replay):
        return await _replay(reading.found.events, wanted.chosen, wanted.whole, store, user)
    return False if wanted is None else wanted


async def _replay(
    events: Sequence[CapturedEvent], chosen: CapturedEvent, whole: bool, store: Store, user: User
) -> bool:
    from oncue.workbench.captured_replay import conversation_of, opened, replayed

    try:
        own = conversation_of(events, chosen)
        upto = own[-1].number if whole else chosen.number
        timeline, left_out = await asyncio.to_thread(replayed, own, upto, store.state.workspace.config)
        store.simulate(partial(opened, timeline))
    except ImpossibleEvent as error:
        user.notify(f"Not replayed: {error}.", severity="error")
        return False
    ahead = f"; {counted(len(timeline.ahead), 'event')} ahead" if timeline.ahead else ""
    _tell(f"Replayed {counted(len(timeline.events), 'event')}{ahead}", left_out, user)
    return True


async def _save(
    store: Store,
    disk: Disk,
    user: User,
    events: Sequence[CapturedEvent],
    marked: frozenset[int],
    chosen: CapturedEvent,
) -> None:
    """Ask for a name, and save the marked events, or else the conversation of the chosen one, as a scenario."""
    from oncue.workbench.captured_replay import as_scenario, conversation_of, with_starts

    def check(name: str) -> str | None:
        return problem_with_name(name, store.state.workspace)

    try:
        wanted = with_starts(events, marked) if marked else conversation_of(events, chosen)
        compiled = store.state.analysis.edited
        await asyncio.to_thread(as_scenario, wanted, compiled, "recording", "Recording")  # before anybody is asked
        what = f"{counted(len(wanted), 'event')} {'marked' if marked else 'of the conversation'}"
        hint = f"{what}: what they show, in a few words; the name of its file is made from it."
        name = await user.prompt("Save a scenario", hint, "", check)
        if not name or not name.strip():
            return
        compiled = store.state.analysis.edited  # files may have been read again while the user was asked
        scenario_id = flow_id_from(name, all_scenarios(compiled.workspace))
        scenario, left_out = await asyncio.to_thread(as_scenario, wanted, compiled, scenario_id, name.strip())
    except ImpossibleEvent as error:
        user.notify(f"Not saved: {error}.", severity="error")
        return
    if await disk.save_scenario(scenario):
        _tell(f"Saved scenarios/{scenario.id}.toml", left_out, user)


def _tell(done: str, left_out: Sequence[str], user: User) -> None:
    user.notify("; ".join([done, *left_out]) + ".")
