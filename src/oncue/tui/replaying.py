"""Replaying all scenarios after each edit, in the background of the UI thread.

Replays are pure Python, so a thread would take turns with the UI thread and hold up each of its messages a little.
Here they run in slices of a few milliseconds, and in none while a key is being carried out: typing is never held up,
however many scenarios there are. What is being replayed when another edit comes is given up.
"""

import asyncio
from collections.abc import Callable
from time import perf_counter

from oncue.tui.background import Work
from oncue.workbench.scenario_standings import Replaying
from oncue.workbench.state import State
from oncue.workbench.store import Store

SLICE = 0.003
"""Seconds of work at a time: what a key waits for at most."""

REST = 0.001
"""Seconds between two slices, and between two looks whether a key is still being carried out."""

LATE = 0.3
"""Seconds after which the user is told that the results are behind."""


class ScenarioReplays:
    """Keeps the standings of a store up to date. ``start`` starts work; ``busy``: whether a key is being handled.

    ``over``: whether the app is on its way out, when nothing can be shown any more.
    """

    def __init__(
        self, store: Store, start: Callable[[Work], object], busy: Callable[[], bool], over: Callable[[], bool]
    ) -> None:
        self._store, self._start, self._busy, self._over = store, start, busy, over
        self._running = False
        store.subscribe(self._changed)
        self._changed(store.state, store.state)

    def _changed(self, _before: State, after: State) -> None:
        if after.standings_behind and not self._running:
            self._running = True
            self._start(self._catch_up)

    async def _catch_up(self) -> None:
        """Replay until nothing has changed meanwhile."""
        began = perf_counter()
        try:
            while self._store.state.standings_behind and not self._over():
                await self._rest(0)  # the edit itself is drawn first
                await self._replay(began)
        finally:
            self._running = False

    async def _replay(self, began: float) -> None:
        if self._over():
            return
        state = self._store.state
        edited = state.analysis.edited
        replaying = Replaying(state.standings, edited)
        slice_began = perf_counter()
        for _ in replaying:
            now = perf_counter()
            if now - slice_began < SLICE:
                continue
            if now - began > LATE:
                self._store.show_standings(self._store.state.standings.delayed())
            await self._rest(REST)
            if self._over() or self._store.state.analysis.edited is not edited:
                return
            slice_began = perf_counter()
        self._store.show_standings(replaying.standings)

    async def _rest(self, seconds: float) -> None:
        """Let everything else go on, until no key is being carried out."""
        await asyncio.sleep(seconds)
        while self._busy():
            await asyncio.sleep(REST)
