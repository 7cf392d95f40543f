"""Saving from the app: all unsaved flows at once, beside the UI thread, and a question for each conflict."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from difflib import unified_diff
from typing import TYPE_CHECKING

from oncue.domain.paths import id_of
from oncue.domain.scenarios import Scenario
from oncue.editing.session import Session
from oncue.errors import ConflictError, SaveError
from oncue.storage.loader import Loaded
from oncue.storage.saving import save as saving
from oncue.text import counted, visible_lines
from oncue.tui.modals.question import Answer, Question
from oncue.tui.widgets.lines import Span

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp


class Saver:
    """Saves the session of ``app``; one save at a time."""

    def __init__(self, app: "OncueApp", loaded: Loaded) -> None:
        self._app, self.loaded = app, loaded
        self._lock = asyncio.Lock()

    async def save(self) -> bool:
        """Save all that is unsaved; whether nothing is unsaved any more.

        It goes to its end even if who asked for it is gone: what is on disk has to be known.
        """
        return await asyncio.shield(asyncio.ensure_future(self._save()))

    async def _save(self) -> bool:
        async with self._lock:
            session = self._app.session
            dirty = session.dirty
            if not dirty:
                self._app.notify("Nothing to save.")
                return True
            self.loaded, saved, errors = await asyncio.to_thread(saving.save_session, self.loaded, session)
            self._adopt(saved)
            if done := len(dirty) - len(saved.dirty):
                self._app.notify(f"Saved {counted(done, 'flow')}.")
            for error in errors:
                await self._report(error)
        return not self._app.session.dirty

    async def save_scenario(self, scenario: Scenario) -> bool:
        """Save a new scenario; whether it was saved."""
        async with self._lock:
            try:
                self.loaded = await asyncio.to_thread(saving.save_scenario, self.loaded, scenario)
            except SaveError as error:
                self._app.notify(f"Not saved: {error}.", severity="error")
                return False
        workspace = replace(self._app.session.workspace, scenarios=self.loaded.workspace.scenarios)
        saved = replace(self._app.session.saved, scenarios=self.loaded.workspace.scenarios)
        self._app.session = replace(self._app.session, workspace=workspace, saved=saved)
        return True

    def _adopt(self, saved: Session) -> None:
        """Take over what is on disk now; the session itself may have gone on meanwhile."""
        self._app.session = replace(self._app.session, saved=saved.saved)

    async def _report(self, error: SaveError) -> None:
        if isinstance(error, ConflictError):
            await self._resolve(error)
        else:
            self._app.notify(f"Not saved: {error}. Your edit is still here.", severity="error")

    async def _resolve(self, conflict: ConflictError) -> None:
        """Show how the two differ and let the user choose; only the choice to overwrite overwrites."""
        flow_id = id_of(conflict.file)
        on_disk = "(the file was removed)" if conflict.on_disk is None else _text(conflict.on_disk)
        mine = saving.text_to_save(self.loaded, self._app.session, flow_id)
        text: list[Span] = [
            (f"{conflict.file} was changed by another program since it was loaded.", "strong"),
            ("", ""),
            *_difference(on_disk, mine or "(deleted)"),
        ]
        answers = [
            Answer("overwrite", "o", "Overwrite with mine; the history keeps what is on disk"),
            Answer("copy", "c", "Keep mine as a copy beside it, and read the file again"),
            Answer("reload", "r", "Drop my edit, and read the file again"),
            Answer("later", "esc", "Decide later; my edit stays unsaved"),
        ]
        match await self._app.ask(Question("Changed on disk", text, answers)):
            case "overwrite":
                await self._choose(saving.overwrite, conflict.file)
            case "copy":
                await self._choose(saving.save_copy, flow_id)
                await self._app.reload(drop=flow_id)
            case "reload":
                await self._app.reload(drop=flow_id)

    async def _choose(self, how: saving.Choice, what: str) -> None:
        try:
            self.loaded, saved = how(self.loaded, self._app.session, what)
        except SaveError as error:
            self._app.notify(f"Not saved: {error}. Your edit is still here.", severity="error")
            return
        self._app.session = saved


def _difference(on_disk: str, mine: str) -> Iterator[Span]:
    """What is on disk against what would be saved, line by line, with a little of what is the same around it."""
    roles = {"-": "error", "+": "success", "@": "muted"}
    lines = unified_diff(on_disk.splitlines(), mine.splitlines(), "on disk now", "yours", lineterm="", n=2)
    for line in lines:
        yield line, roles.get(line[:1], "")


def _text(content: bytes) -> str:
    return visible_lines(content.decode("utf-8", "replace"), 4_000)
