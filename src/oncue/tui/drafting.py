"""Unsaved work on disk while it is unsaved, so that no crash takes more than a second of it.

A draft is written a second after the first edit that is not in one yet, typing or not, beside the UI thread; it is
removed when everything is saved. What a killed session left behind is offered at the next start.
"""

import asyncio
from collections.abc import Callable

from oncue.domain.paths import flow_file
from oncue.errors import OncueError
from oncue.storage.user.drafts import Draft, DraftStore
from oncue.text import counted
from oncue.tui.background import Work
from oncue.tui.disk import Disk
from oncue.tui.user import Answer, User
from oncue.workbench.state import State
from oncue.workbench.store import Store

DELAY = 1.0
"""Seconds between an edit and its draft."""

Schedule = Callable[[float, Work], object]
"""Run some work in the background after so many seconds."""

_ANSWERS = (
    Answer("restore", "r", "Bring the edits back, still unsaved; undo takes them away"),
    Answer("discard", "d", "Throw them away for good"),
    Answer("later", "esc", "Ask again at the next start"),
)


class Drafting:
    """Keeps a draft of the edits in ``store``, where one can be kept."""

    def __init__(self, store: Store, disk: Disk, user: User, schedule: Schedule) -> None:
        self._store, self._disk, self._user, self._schedule = store, disk, user, schedule
        self._pending = False
        self._written: State | None = None
        self._draft: DraftStore | None = None
        try:
            self._draft = DraftStore(disk.folder)
        except (OncueError, OSError) as error:
            user.notify(f"Unsaved work cannot be kept for a crash: {error}", severity="error")
        self._unsubscribe = store.subscribe(self._changed)
        self._write_soon()

    @property
    def works(self) -> bool:
        """Whether a draft can be kept at all."""
        return self._draft is not None

    def write_now(self) -> str | None:
        """Write or remove the draft; returns what went wrong. Never raises: this is also the way out of a crash."""
        state = self._store.state
        if self._draft is None or not _is_other_work(self._written, state):
            return None
        try:
            if state.unsaved:
                texts = {(each.flow_id, each.at): each.text for each in state.unfinished}
                self._draft.write(state.session, self._disk.files, texts)
            else:
                self._draft.clear()
        except (OncueError, OSError, ValueError) as error:
            return f"The draft could not be written: {error}"
        self._written = state
        return None

    def close(self, keep: bool) -> None:
        """Let go of the draft; without ``keep`` it is removed, because its work was saved or given up."""
        self._unsubscribe()
        if self._draft is None:
            return
        try:
            if not keep:
                self._draft.clear()
            self._draft.close()
        except (OncueError, OSError):
            return  # the next start finds it again; quitting must not fail

    async def offer(self, drafts: list[Draft]) -> None:
        """Offer the unsaved work that earlier sessions left behind, one by one."""
        for draft in drafts:
            if not draft.texts and draft.apply(self._store.session) is self._store.session:
                draft.discard()  # it was saved in the moment of the end
                continue
            match await self._user.ask("Unsaved work", self._description(draft), _ANSWERS, cursor=0):
                case "restore":
                    self._store.restore(draft.apply(self._store.session), draft.texts)
                    if opened := next(iter(sorted(draft.flow_ids & self._store.session.workspace.flows.keys())), None):
                        self._store.open(opened)
                    self._disk.start_edits_from(draft.based_on)
                    self._user.notify(f"Brought back: {counted(len(draft.flow_ids), 'flow')} with unsaved edits.")
                    complaint = await asyncio.to_thread(self.write_now)
                    self._tell(complaint)
                    # The old draft goes only when the work is in the new one: it is on disk at any moment.
                    if complaint is None and self.works:
                        draft.discard()
                    else:
                        draft.release()
                case "discard":
                    draft.discard()
                case _:
                    draft.release()

    def _description(self, draft: Draft) -> list[tuple[str, str]]:
        count = counted(len(draft.flow_ids), "flow")
        changed = sorted(draft.changed_since(self._disk.files))
        before = self._store.session.workspace.flows
        flows = {**before, **draft.apply(self._store.session).workspace.flows}
        names = [flows[each].name if each in flows else each for each in sorted(draft.flow_ids)]
        return [
            (f"An earlier session ended without saving, at {draft.written:%Y-%m-%d %H:%M}.", "strong"),
            *([] if draft.folder == self._disk.folder else [(f"The workspace was in {draft.folder} then.", "")]),
            ("", ""),
            (f"It left unsaved edits of {count}: {', '.join(names)}.", ""),
            *((f"{flow_file(flow_id)} changed on disk since.", "warning") for flow_id in changed),
        ]

    def _changed(self, before: State, after: State) -> None:
        if _is_other_work(before, after):
            self._write_soon()

    def _write_soon(self) -> None:
        if self._draft is not None and not self._pending:
            self._pending = True
            self._schedule(DELAY, self._write)

    async def _write(self) -> None:
        self._pending = False
        self._tell(await asyncio.to_thread(self.write_now))

    def _tell(self, complaint: str | None) -> None:
        if complaint is not None:
            self._user.notify(complaint, severity="error")


def _is_other_work(before: State | None, after: State) -> bool:
    """Whether something was edited or typed since; what happens in the simulator is no work that could be lost."""
    return before is None or before.session is not after.session or before.texts is not after.texts
