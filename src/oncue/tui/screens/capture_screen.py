"""The screen on which captures are opened: which one, and where what is chosen in it leads."""

import asyncio
from functools import partial
from pathlib import Path

from oncue.tui import capturing
from oncue.tui.background import in_background
from oncue.tui.messages import Open
from oncue.tui.screens.reading_screen import ReadingScreen


class CaptureScreen(ReadingScreen):
    """A `ReadingScreen` that opens captures."""

    async def action_capture(self) -> None:
        await self.run_dialog(self._offer_captures)

    async def _offer_captures(self) -> None:
        found = await asyncio.to_thread(capturing.entries, self.disk.folder)
        self.pick("Open captured events", found, self._open_capture, table=True)

    def _open_capture(self, path: Path | str) -> None:
        in_background(self, partial(self._show_capture, path), group="ask", exclusive=True)

    async def _show_capture(self, path: Path | str) -> None:
        chosen = path if isinstance(path, Path) else await capturing.ask_for_path(self.user)
        if chosen is None:
            return
        wanted = await capturing.show_capture(self.app, chosen, self.store, self.disk, self.user)
        if isinstance(wanted, Open):
            self.on_open(wanted)
        elif wanted:
            self.show_pane(4)
