"""The designer: the screen on which flows are edited, tried and saved.

It carries out what its panes request, by way of the store, asks the user where something could be lost, and shows why
something cannot be done. Rules of editing are in `oncue.workbench.flow_editing`, files are in `oncue.tui.disk`.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from textual.app import App

from oncue.domain.paths import scenario_file
from oncue.domain.steps import STEP_TYPES, StepType
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.recalling import recalled
from oncue.tui import analysing, simulating
from oncue.tui.background import in_background
from oncue.tui.disk import Disk
from oncue.tui.messages import AddConditionRequested, AddStepRequested, Edit, Open, SimulatorChange
from oncue.tui.panes.simulator import SimulatorPane
from oncue.tui.screens.capture_screen import CaptureScreen
from oncue.tui.user import User
from oncue.tui.waiting import pending_keys_handled
from oncue.tui.widgets.picker import Entry
from oncue.workbench.condition_forms import offers
from oncue.workbench.edit_words import changed_in, edit_words
from oncue.workbench.flow_editing import FlowEditing
from oncue.workbench.simulator import Simulator
from oncue.workbench.state import State
from oncue.workbench.store import Store


class DesignerScreen(CaptureScreen):
    """A `CaptureScreen` whose panes edit; actions do nothing before `start`."""

    _going_back = False

    def start(self, store: Store, disk: Disk, user: User) -> None:
        """Show and edit what is in ``store``."""
        self.disk, self.user = disk, user
        self._editing = FlowEditing(store, lambda: disk.reserved)
        self.show_store(store)
        store.subscribe(self._tell)

    def _tell(self, before: State, after: State) -> None:
        """Say what was edited, but not what undo, which says it itself, and other programs did."""
        old, new = before.session, after.session
        here = new.workspace is not old.workspace and new.saved is old.saved and not self._going_back
        if here and (words := edit_words(old.workspace, new.workspace)):
            self.user.say_edit(words)

    # Requests of the panes

    def on_edit(self, message: Edit) -> None:
        message.stop()
        if self.state is None:
            return
        flow_id = message.flow_id or self.state.session.selected
        if flow_id is not None and flow_id in self.state.workspace.flows:

            def change(workspace: Workspace) -> Workspace:
                after = message.change(workspace, flow_id)
                return recalled(self.store.session, after, flow_id) if message.recalls else after

            if message.text is not None:
                self.store.keep_text(flow_id, *message.text)
            self._attempt(partial(self.store.edit, message.label, change, {flow_id}, merge=message.merge))

    def on_name_committed(self) -> None:
        if self.state is not None:
            self._editing.follow_names()

    def on_add_step_requested(self, message: AddStepRequested) -> None:
        message.stop()
        entries = [Entry(kind, term.label, term.help) for kind, term in STEP_TYPES.items()]

        def add(kind: StepType) -> None:
            change = partial(edits.add_step, kind=kind, at=message.at)
            self.on_edit(Edit(f"Add: {STEP_TYPES[kind].label}", change, flow_id=message.flow_id))
            self.call_after_refresh(self.grid.steps.action_edit_step)

        self.pick("Add a step", entries, add)

    def on_add_condition_requested(self, message: AddConditionRequested) -> None:
        message.stop()
        flow = self.state.workspace.flows.get(message.flow_id) if self.state else None
        if self.state is None or flow is None:
            return
        entries = [
            Entry(key, form.label, why_not or form.help, "", form.synonyms, bool(why_not), form.group)
            for key, form, why_not in offers(flow, self.state.workspace.config)
        ]

        def add(key: str) -> None:
            self.grid.see(2)
            self.grid.trigger.conditions.add(message.flow_id, key)

        self.pick("Add a condition", entries, add)

    def on_simulator_change(self, message: SimulatorChange) -> None:
        message.stop()
        self._simulate(message.change)

    def _simulate(self, change: Callable[[Simulator], Simulator]) -> None:
        if self.state is not None:
            self._attempt(partial(self.store.simulate, change))

    def on_simulator_pane_choose(self, message: SimulatorPane.Choose) -> None:
        message.stop()
        if self.state is not None and (targets := simulating.targets(self.state)):
            self.pick("Play", targets, lambda target: self._simulate(partial(simulating.go_to, target)), table=True)

    def on_simulator_pane_ask(self, message: SimulatorPane.Ask) -> None:
        message.stop()
        self.pick(message.title, message.entries, message.pick, current=message.current)

    def action_scenarios(self) -> None:
        if self.state is not None:
            entries = simulating.scenario_entries(self.state)
            if entries:
                timeline = self.state.timeline
                current = timeline.scenario if timeline else None
                self.pick("Scenarios", entries, self._open_scenario, current=current, table=True)
            else:
                self.notify("There are no scenarios yet; e in the simulator records one.")

    def _open_scenario(self, scenario_id: str) -> None:
        """Play a scenario to its end, and go to the first of its events that is not as expected."""
        standing = self.store.state.standings.by_id.get(scenario_id)
        if scenario_id not in self.store.state.scenarios:
            why = standing.why if standing else "it is gone"
            self.notify(f"{scenario_file(scenario_id)}: {why}", severity="error")
            return
        self.grid.simulator.seek(standing.failed[0] if standing and standing.failed else 1)
        self._simulate(partial(simulating.play_scenario, scenario_id))
        self.show_pane(4)

    async def action_accept(self) -> None:
        await self.run_dialog(partial(simulating.accept, self.store, self.disk, self.user))

    def on_simulator_pane_take(self, message: SimulatorPane.Take) -> None:
        message.stop()
        label = f"{message.says[:1].upper()}{message.says[1:]} in {message.flow.name}"
        if simulating.apply_suggestion(self.store, message.flow, message.seen, label):
            self.notify(f"{label}; undo takes it back.")
        else:
            self.notify(f"{message.flow.name} has changed since this edit was suggested.")

    # Analysis

    async def action_coverage(self) -> None:
        await self._show_analysis(analysing.show_coverage)

    async def action_causes(self) -> None:
        if self.store.state.flow is None:
            self.notify("No flow is open.")
        else:
            await self._show_analysis(analysing.show_causes)

    async def _show_analysis(self, show: Callable[[App[int], State], Awaitable[Open | None]]) -> None:
        """Show what is found of the flows as they are edited, and open what the user chooses there."""

        async def work() -> None:
            await pending_keys_handled(self.app)
            wanted = await show(self.app, self.store.state)
            if wanted is not None:
                self.on_open(wanted)

        await self.run_dialog(work)

    # Undo

    def action_undo(self) -> None:
        self._go("Undone", self.store.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        self._go("Redone", self.store.redo, "There is nothing to redo.")

    def _go(self, word: str, step: Callable[[], str | None], nothing: str) -> None:
        """Undo or redo, and say what that was and in which flow."""
        before, self._going_back = self.store.session.workspace, True
        try:
            label = step()
        finally:
            self._going_back = False
        place = changed_in(before, self.store.session.workspace)
        where = f" in {place}" if place and label and not label.endswith(f" in {place}") else ""
        self.notify(nothing if label is None else f"{word}: {label}{where}.")

    # Files

    async def action_record(self) -> None:
        await self.run_dialog(partial(simulating.record, self.store, self.disk, self.user))

    async def save(self) -> bool:
        """Save everything, including what was typed just before; whether nothing is unsaved any more."""
        await self.disk.ready.wait()
        await pending_keys_handled(self.app)
        self._editing.follow_names()
        self.store.settle()
        nothing_else = self.store.state.unfinished and not self.store.session.dirty
        saved = bool(nothing_else) or await self.disk.save()
        unfinished = self.store.state.unfinished
        if saved and not unfinished:
            return True
        for each in unfinished[:1]:
            self.notify(f"{each.problem.file}: {each.problem.key}: {each.problem.message}.", severity="error")
        return False

    def action_save(self) -> None:
        in_background(self, self.save, group="save")

    def action_reload(self) -> None:
        in_background(self, self.disk.reload, group="reload", exclusive=True)

    def refresh_files(self) -> None:
        """Read again what other programs changed."""
        in_background(self, self.disk.refresh, group="reload", exclusive=True)
