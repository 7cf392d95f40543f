"""The workspace on disk: saving beside the UI thread, a question for each conflict, and reading again what changed.

`Disk` takes over what is saved or read into the store, and keeps what is known of the files for the next save. What
saving needs takes a tenth of a second to import, so it is imported by `recover`, after the first paint, in a thread.
"""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from oncue.domain.paths import flow_file, id_of
from oncue.domain.scenarios import Scenario
from oncue.errors import ConflictError, OncueError, SaveError, SaveWarning
from oncue.storage.files import FileState
from oncue.storage.loader import Loaded, changed_on_disk, load
from oncue.text import counted
from oncue.tui.opening import look_back
from oncue.tui.user import User
from oncue.workbench.store import Store

if TYPE_CHECKING:
    from oncue.storage.user.drafts import Draft

STILL_HERE = "Your edit is still here."


class Disk:
    """Saves and reloads the workspace of ``store``, one save at a time; ``ready`` is set when saving is possible."""

    def __init__(self, store: Store, user: User, loaded: Loaded) -> None:
        self._store, self._user = store, user
        self._loaded = loaded
        """What unsaved edits started from, by which saving finds conflicts."""
        self._on_disk = loaded
        """What was read last, by which changes on disk are found. It differs in files that are edited here."""
        self._failure = ""
        self._lock = asyncio.Lock()
        self.ready = asyncio.Event()

    @property
    def folder(self) -> Path:
        """The folder of the workspace."""
        return self._loaded.folder

    @property
    def loaded(self) -> Loaded:
        """What unsaved edits started from."""
        return self._loaded

    @property
    def files(self) -> Mapping[str, FileState]:
        """The files as they were when the edits started from them."""
        return self._loaded.files

    @property
    def reserved(self) -> frozenset[str]:
        """Ids that no new flow may get, because a file that cannot be read has them."""
        return self._loaded.reserved

    async def recover(self) -> "list[Draft]":
        """Finish what an earlier session left half done; returns the unsaved work that it left behind."""
        try:
            past = await asyncio.to_thread(look_back, self.folder)
            for note in past.notes:
                self._user.notify(note)
            for trouble in past.troubles:
                self._user.notify(trouble, severity="warning")
            if past.notes:
                await self._reload()
        finally:
            self.ready.set()  # saving must not wait for ever for what could not be looked at
        return past.drafts

    def start_edits_from(self, based_on: Mapping[str, str | None]) -> None:
        """Take edits that were restored for edits of those contents (file to hash): saving asks where it differs now.

        A file that is newer than the edits of it would be replaced without a question otherwise.
        """
        files = dict(self._loaded.files)
        for file, digest in based_on.items():
            if digest is None:
                files.pop(file, None)
            elif file in files:
                files[file] = files[file]._replace(digest=digest)
        self._loaded = replace(self._loaded, files=files)

    # Saving

    async def save(self) -> bool:
        """Save everything that is unsaved; whether nothing is unsaved any more.

        A save goes on even if nobody waits for it any more, because what is on disk has to be known.
        """
        await self.ready.wait()
        return await asyncio.shield(asyncio.ensure_future(self._save()))

    async def save_scenario(self, scenario: Scenario) -> bool:
        """Save a new scenario; whether it was saved."""
        return await self._write_scenario(scenario, None)

    async def replace_scenario(self, before: Scenario, scenario: Scenario) -> bool:
        """Save a scenario in the place of the one ``before``; whether it was saved."""
        return await self._write_scenario(scenario, before)

    async def _write_scenario(self, scenario: Scenario, before: Scenario | None) -> bool:
        from oncue.storage.saving import save as saving

        await self.ready.wait()
        async with self._lock:
            try:
                loaded, warnings = await asyncio.to_thread(saving.save_scenario, self._loaded, scenario, before)
            except SaveError as error:
                self._user.notify(f"Not saved: {error}.", severity="error")
                return False
            self._saved(loaded)
            self._store.adopt_scenarios(loaded.workspace)
            self._say(warnings)
        return True

    async def _save(self) -> bool:
        from oncue.storage.saving import save as saving

        async with self._lock:
            session = self._store.session
            dirty = session.dirty
            if not dirty:
                self._user.notify("Nothing to save.")
                return True
            loaded, saved, errors = await asyncio.to_thread(saving.save_session, self._loaded, session)
            self._saved(loaded)
            self._store.adopt(saved)
            if done := len(dirty) - len(session.renames) - (len(saved.dirty) - len(saved.renames)):
                self._user.notify(f"Saved {counted(done, 'flow')}.")
            for error in errors:
                if isinstance(error, ConflictError):
                    await self._resolve(error)
                else:
                    self._say([error])
        return not self._store.session.dirty

    async def _resolve(self, conflict: ConflictError) -> None:
        """Show how the two versions differ and let the user choose; nothing is overwritten but by that choice."""
        from oncue.storage.saving import save as saving
        from oncue.tui.conflicts import ANSWERS, explanation

        flow_id, session = id_of(conflict.file), self._store.session
        try:
            mine = await asyncio.to_thread(saving.text_to_save, self._loaded, session, flow_id)
        except SaveError as error:
            self._say([error])
            return
        match await self._user.ask("Changed on disk", explanation(conflict, mine), ANSWERS):
            case "overwrite":
                await self._overwrite(conflict.file)
            case "copy":
                if await self._save_copy(flow_id):
                    await self._reload(drop=flow_id)
            case "reload":
                await self._reload(drop=flow_id)

    async def _overwrite(self, file: str) -> None:
        from oncue.storage.saving import save as saving

        try:
            done = await asyncio.to_thread(saving.overwrite, self._loaded, self._store.session, file)
        except SaveError as error:
            self._say([error])
        else:
            loaded, saved, warnings = done
            self._saved(loaded)
            self._store.adopt(saved)
            self._say(warnings)

    async def _save_copy(self, flow_id: str) -> bool:
        """Whether the copy was saved: only then may the edit itself be dropped."""
        from oncue.storage.saving import save as saving

        try:
            done = await asyncio.to_thread(saving.save_copy, self._loaded, self._store.session, flow_id)
        except SaveError as error:
            self._say([error])
            return False
        loaded, copy, warnings = done
        self._saved(loaded)
        self._store.resume(saving.with_copy(self._store.session, flow_id, copy))  # which may have been edited meanwhile
        self._say(warnings)
        return True

    def _saved(self, loaded: Loaded) -> None:
        """Take over what is loaded after a save; files that were not saved are still as they were read."""
        same = {file for file, state in loaded.files.items() if self._loaded.files.get(file) == state}
        gone = self._on_disk.files.keys() - loaded.files.keys() - self._loaded.files.keys()
        self._on_disk = loaded.with_files_of(self._on_disk, same | gone)
        self._loaded = loaded

    def _say(self, errors: Iterable[SaveError]) -> None:
        for error in errors:
            if isinstance(error, SaveWarning):
                self._user.notify(f"{error}.", severity="warning")
            else:
                self._user.notify(f"Not saved: {error}. {STILL_HERE}", severity="error")

    # Reading again

    async def refresh(self) -> float:
        """Read again what other programs changed, if they did; returns the seconds that were spent in vain."""
        if not self.ready.is_set():
            return 0.0
        async with self._lock:
            changed, cost = await asyncio.to_thread(_look, self._on_disk)
            if changed:
                before, started = self._loaded.workspace, time.perf_counter()
                await self._reload()
                if self._loaded.workspace == before:  # a file was only touched, or written just before
                    cost += time.perf_counter() - started
        return cost

    async def reload(self) -> None:
        """Read again what changed on disk; unsaved edits stay."""
        await self.ready.wait()
        async with self._lock:  # what is read while a save is under way would take the save back
            await self._reload(tell=True)

    async def _reload(self, drop: str | None = None, tell: bool = False) -> None:
        """Read again what changed on disk. Unsaved edits stay, except those of the flow ``drop``."""
        before = self._on_disk
        try:
            after = await asyncio.to_thread(partial(load, before.folder, before))
        except OncueError as error:
            if tell or str(error) != self._failure:  # the folder is looked at all the time, and this is said once
                self._user.notify(str(error), severity="error")
            self._failure = str(error)
            return
        self._failure = ""
        same = after.workspace == before.workspace and drop is None
        if not same:
            self._store.reload(after.workspace, drop)
        # What is still unsaved was edited from the files as they were: saving has to ask about those that changed.
        kept = {flow_file(flow_id) for flow_id in self._store.session.dirty}
        self._loaded, self._on_disk = after.with_files_of(self._loaded, kept), after
        if not same:
            self._user.notify(f"Read again: {counted(len(after.workspace.flows), 'flow')}.")
            self._warn([file for file in sorted(kept) if after.digest_of(file) != before.digest_of(file)])
            return
        if tell:
            self._user.notify("Nothing changed on disk.")
        if any(after.digest_of(file) != before.digest_of(file) for file in after.files):
            self._store.forget_findings()  # a comment may have come that leaves some out

    def _warn(self, changed: list[str]) -> None:
        if changed:
            self._user.notify(
                f"Changed on disk, and edited here too: {', '.join(changed)}. Saving will ask.", severity="error"
            )


def _look(loaded: Loaded) -> tuple[bool, float]:
    """Whether something changed on disk, and the CPU seconds that this took. A folder that cannot be read did not."""
    before = time.thread_time()
    try:
        changed = changed_on_disk(loaded)
    except (OncueError, OSError):
        changed = False
    return changed, time.thread_time() - before
