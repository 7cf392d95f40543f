"""The screen on which what was and what will be saved is read: differences, history, files, messages."""

from functools import partial

from oncue.domain.paths import flow_file
from oncue.tui import exporting, outside, reviewing, simulating
from oncue.tui.background import in_background
from oncue.tui.messages import EventShown, ProblemExplained, ProblemOpened
from oncue.tui.screens.flows_screen import FlowsScreen
from oncue.tui.waiting import pending_keys_handled
from oncue.tui.widgets.picker import Entry
from oncue.workbench.copying import Copyable, copyable, first_line


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
        if chosen == "copy":
            await self._copy(None)
        elif chosen == "editor" and flow is not None:
            await outside.edit_flow(self.store, self.disk, self.user, flow.id)

    def action_copy(self) -> None:
        state = self.state
        if state is None:
            return
        found = copyable(state, str(self.disk.folder))
        entries = [Entry(each, each.label, first_line(each.text)) for each in found]
        if state.flow is not None:
            entries.append(Entry(None, "File", f"{flow_file(state.flow.id)} as it would be saved"))
        if entries:
            self.pick("Copy", entries, self._copy_soon)
        else:
            self.user.notify("There is nothing to copy.")

    def _copy_soon(self, chosen: Copyable | None) -> None:
        in_background(self, partial(self._copy, chosen), group="copy")

    async def _copy(self, chosen: Copyable | None) -> None:
        if chosen is None:
            text = await reviewing.toml_of_open(self.store, self.disk, self.user)
            chosen = None if text is None else Copyable("File", text)
        if chosen is not None:
            self.app.copy_to_clipboard(chosen.text)
            self.user.notify(f"{chosen.label} sent to the terminal's clipboard: {first_line(chosen.text)}")

    async def action_export(self) -> None:
        await self.run_dialog(self._export)

    async def _export(self) -> None:
        await pending_keys_handled(self.app)
        self._editing.follow_names()
        await exporting.show_export(self.app, self.store.state, self.disk.folder, self.user)

    async def action_editor(self) -> None:
        await self.run_dialog(self._edit_outside)

    async def _edit_outside(self) -> None:
        """Edit what the focus is on: a file with a problem, the text of a step, or else the open flow."""
        flow, problem = self.store.state.flow, self.grid.problems.current
        if self.grid.seen == self.grid.problems.number and problem is not None:
            await outside.edit_problem(self.disk, self.user, problem)
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

    def on_event_shown(self, event: EventShown) -> None:
        event.stop()
        self.grid.simulator.seek(event.number)
        if self._attempt(lambda: self.store.simulate(partial(simulating.play_scenario, event.scenario_id))):
            self.show_pane(4)

    async def on_problem_explained(self, event: ProblemExplained) -> None:
        event.stop()
        await self.run_dialog(partial(reviewing.explain, self.store, self.user, event.problem))

    async def action_said(self) -> None:
        await self.run_dialog(partial(reviewing.list_messages, self.user.messages, self.user))
