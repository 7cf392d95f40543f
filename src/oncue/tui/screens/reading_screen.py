"""The screen on which what was and what will be saved is read: differences, history, files, messages."""

from functools import partial

from oncue.tui import reviewing
from oncue.tui.screens.flows_screen import FlowsScreen


class ReadingScreen(FlowsScreen):
    """A `FlowsScreen` that shows differences, history, files and messages; its subclass saves."""

    async def save(self) -> bool:
        """Save everything; whether nothing is unsaved any more."""
        raise NotImplementedError

    async def action_review(self) -> None:
        await self.run_dialog(self.review)

    async def review(self) -> None:
        """Show what saving would write, and save it if the user says so."""
        self._editing.follow_names()
        if await reviewing.review(self.store, self.disk, self.user):
            await self.save()

    async def action_history(self) -> None:
        await self.run_dialog(partial(reviewing.browse_history, self.store, self.disk, self.user))

    async def action_toml(self) -> None:
        await self.run_dialog(self._toml)

    async def _toml(self) -> None:
        await reviewing.show_toml(self.store, self.disk, self.user)

    async def action_said(self) -> None:
        await self.run_dialog(partial(reviewing.list_messages, self.user.messages, self.user))
