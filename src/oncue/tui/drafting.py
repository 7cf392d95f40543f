"""Unsaved work on disk while it is unsaved, so that no crash takes more than a second of it.

A draft is written a second after the first edit that is not in one yet, typing or not, beside the UI thread; when all
is saved it is removed. What a killed session left behind is offered at the next start.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from oncue.domain.paths import flow_file
from oncue.editing.session import Session
from oncue.errors import OncueError
from oncue.storage.user.drafts import Draft, DraftStore
from oncue.text import counted
from oncue.tui.modals.question import Answer, Question

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp

DELAY = 1.0
"""Seconds between an edit and its draft."""


class Drafting:
    """Keeps the draft of ``app``'s session. ``store`` is ``None`` where no draft can be kept."""

    def __init__(self, app: "OncueApp", folder: Path) -> None:
        self._app = app
        self._pending = False
        self._written: Session | None = None
        self.store: DraftStore | None = None
        try:
            self.store = DraftStore(folder)
        except (OncueError, OSError) as error:
            app.notify(f"Unsaved work cannot be kept for a crash: {error}", severity="error")

    def changed(self) -> None:
        """The session went on: write it soon."""
        if self.store is not None and not self._pending:
            self._pending = True
            self._app.set_timer(DELAY, lambda: self._app.run_worker(self._write(), group="draft"))

    async def _write(self) -> None:
        self._pending = False
        await asyncio.to_thread(self.now)

    def now(self) -> None:
        """Write or remove the draft, at once. Never raises: this is also the way out of a crash."""
        session = self._app.session
        if self.store is None or session is self._written:
            return
        try:
            if session.dirty:
                self.store.write(session, self._app.saver.loaded.files if self._app.saver else {})
            else:
                self.store.clear()
            self._written = session
        except (OncueError, OSError, ValueError) as error:
            self._app.call_later(self._app.notify, f"The draft could not be written: {error}", severity="error")

    def close(self, keep: bool) -> None:
        """Let go of the draft; without ``keep`` it is removed, because its work was saved or given up."""
        if self.store is None:
            return
        try:
            if not keep:
                self.store.clear()
            self.store.close()
        except (OncueError, OSError):
            return  # the next start finds it again; leaving must not fail


async def offer(app: "OncueApp", drafting: Drafting, drafts: list[Draft]) -> None:
    """Offer the unsaved work that earlier sessions left behind, one by one."""
    for draft in drafts:
        changed = sorted(draft.changed_since(app.saver.loaded.files)) if app.saver else []
        count = counted(len(draft.flow_ids), "flow")
        text = [
            (f"An earlier session ended without saving, at {draft.written:%Y-%m-%d %H:%M}.", "strong"),
            ("", ""),
            (f"It left unsaved edits of {count}: {', '.join(sorted(draft.flow_ids))}.", ""),
            *((f"{flow_file(flow_id)} changed on disk since.", "warning") for flow_id in changed),
        ]
        answers = [
            Answer("restore", "r", "Bring the edits back, still unsaved; undo takes them away"),
            Answer("discard", "d", "Throw them away for good"),
            Answer("later", "esc", "Ask again at the next start"),
        ]
        match await app.ask(Question("Unsaved work", text, answers, cursor=0)):
            case "restore":
                app.session = draft.apply(app.session)
                drafting.now()  # before the old draft goes, so that the work is on disk at any moment
                draft.discard()
            case "discard":
                draft.discard()
            case _:
                draft.release()
