"""The screen on which what was and what will be saved is read: differences, history, files, messages."""

from functools import partial

from oncue.tui import outside, reviewing
from oncue.tui.background import in_background
from oncue.tui.messages import ProblemOpened
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
        chosen = await reviewing.show_toml(self.store, self.disk, self.user)
        flow = self.store.state.flow
        if chosen == "editor" and flow is not None:
            await outside.edit_flow(self.store, self.disk, self.user, flow.id)

    async def action_editor(self) -> None:
        await self.run_dialog(self._edit_outside)

    async def _edit_outside(self) -> None:
        """Edit what the focus is on: a file with a problem, the text of a step, or else the open flow."""
        flow, problem = self.store.state.flow, self.grid.problems.current
        if self.grid.seen == self.grid.problems.number and problem is not None:
            await outside.edit_file(self.disk, self.user, problem.file, problem.line)
            return
        if flow is None:
            self.user.notify("No flow is open.")
            return
        steps = self.grid.steps
        at = steps.index if self.grid.seen == steps.number else None
        if at is None or not await outside.edit_text(self.store, self.user, flow.id, at):
            await outside.edit_flow(self.store, self.disk, self.user, flow.id)

    def on_problem_opened(self, event: ProblemOpened) -> None:
        event.stop()
        in_background(self, partial(outside.show_problem, self.disk, self.user, event.problem), group="ask")

    async def action_said(self) -> None:
        await self.run_dialog(partial(reviewing.list_messages, self.user.messages, self.user))
