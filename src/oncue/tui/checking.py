"""Asking the linter after each edit, beside the typing.

It is asked when nothing has changed for a moment, in a thread that steps aside for keys (`oncue.tui.stepping_aside`),
and what it would find in flows that were edited since is given up. So a key waits for none of it in a workspace of any
size; only the answer comes later.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from time import perf_counter
from typing import Any, TypeVar

from oncue.domain.problems import Problem
from oncue.tui.background import Work
from oncue.tui.disk import Disk
from oncue.tui.stepping_aside import stepping_aside
from oncue.workbench.findings import Findings, findings_of
from oncue.workbench.state import State
from oncue.workbench.store import Store

T = TypeVar("T")

QUIET = 0.1
"""Seconds without an edit after which the linter is asked."""

QUIET_SHARE, MOST_QUIET = 0.25, 1.0
"""Where the last answer took long, it is this part of that, but no more than so many seconds."""

LATE = 0.3
"""Seconds after which the user is told that the problems are behind."""


class Checking:
    """Keeps the findings of a store up to date. ``start`` starts work; ``busy``: whether a key is being handled.

    ``over``: whether the app is on its way out, when nothing can be shown any more.
    """

    def __init__(
        self,
        store: Store,
        disk: Disk,
        start: Callable[[Work], object],
        busy: Callable[[], bool],
        over: Callable[[], bool],
    ) -> None:
        from oncue.storage.edited_files import EditedFiles

        self._store, self._disk, self._start, self._busy, self._over = store, disk, start, busy, over
        self._files = EditedFiles()
        self._running = False
        self._took = 0.0
        store.subscribe(self._changed)
        self._changed(store.state, store.state)

    def _changed(self, _before: State, after: State) -> None:
        if after.listed.behind and not self._running:
            self._running = True
            self._start(self._catch_up)

    async def _catch_up(self) -> None:
        """Ask until nothing has changed meanwhile."""
        began = perf_counter()
        try:
            while self._store.state.listed.behind and not self._over():
                state = self._store.state
                await self._in_time(asyncio.sleep(max(QUIET, min(self._took * QUIET_SHARE, MOST_QUIET))), began)
                if state.workspace is self._store.state.workspace and not self._over():
                    await self._ask(state, began)
        finally:
            self._running = False
        if not self._over():  # undo may have brought back what was checked
            self._store.show_findings(self._store.state.findings.in_time())

    async def _ask(self, state: State, began: float) -> None:
        asked = perf_counter()
        found = await self._in_time(asyncio.to_thread(self._find, state), began)
        if found is not None and not self._over():
            self._took = perf_counter() - asked
            self._store.show_findings(found)

    async def _in_time(self, work: Coroutine[Any, Any, T], began: float) -> T:
        """The result of ``work``. If that takes long, say that the problems are behind."""
        task = asyncio.ensure_future(work)
        left = max(LATE - (perf_counter() - began), 0.0)
        done, _ = await asyncio.wait({task}, timeout=left)
        if not done and not self._over():
            self._store.show_findings(self._store.state.findings.delayed())
        return await task

    def _find(self, state: State) -> Findings | None:
        import oncue.linting.lint  # noqa: F401  # an import must not be given up in the middle

        loaded = self._disk.loaded

        def unwanted() -> bool:
            changed = self._store.state.workspace is not state.workspace or self._disk.loaded is not loaded
            return changed or self._over()

        def not_ignored(problems: Iterable[Problem]) -> Iterator[Problem]:
            return self._files.not_ignored(loaded, state.session, problems)

        def work() -> Findings:
            return findings_of(state.workspace, state.analysis.problems, not_ignored)

        return stepping_aside(work, self._busy, unwanted)
