"""The app: it holds the state and does what panes wish for.

Everything that can take time (reading, saving, drafts) is in a thread; everything that changes the session goes
through `OncueApp.session`, which brings the state and the panes up to date.
"""

import asyncio
import shutil
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen
from textual.widgets import Input

from oncue.domain.paths import flow_file, scenario_file
from oncue.domain.steps import STEP_TYPES, StepType
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import EditError, OncueError
from oncue.storage.loader import Loaded, changed_on_disk, load
from oncue.storage.user.settings import Settings, read_settings, save_theme
from oncue.text import counted, first, visible
from oncue.tui import commands, jump, simulating, terminal_safety
from oncue.tui.base_app import BUG, BaseApp
from oncue.tui.messages import AddStepRequested, Edit, Open, SimulatorChange
from oncue.tui.modals.prompt import Prompt
from oncue.tui.modals.question import Answer, Question
from oncue.tui.opening import Opened, begin_opening, look_back
from oncue.tui.panes.flows import FlowsPane
from oncue.tui.panes.simulator import SimulatorPane
from oncue.tui.panes.steps import StepsPane
from oncue.tui.panes.trigger import TriggerPane
from oncue.tui.screens.designer import DesignerScreen
from oncue.tui.shortcuts import BY_ID, bindings, check_keymap, keymap, remap
from oncue.tui.widgets.picker import Entry
from oncue.workbench.state import State

if TYPE_CHECKING:
    from oncue.tui.drafting import Drafting
    from oncue.tui.saver import Saver

PATIENCE = 0.25
"""Seconds after which the screen is painted even if the workspace is not read yet."""

SETTLING = 0.05
"""Seconds after the first paint in which the user is not disturbed by what can wait."""


class OncueApp(BaseApp):
    """The flow designer. ``opening`` is the workspace that is being read."""

    CSS_PATH = "app.tcss"
    TITLE = "oncue"
    BINDINGS = bindings("app")

    def __init__(self, opening: "Future[Opened]", settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.wanted_keys, self._key_complaints = check_keymap(settings.keys)
        remap(self._bindings, "app", self.wanted_keys)
        self._opening = opening
        self._state: State | None = None
        self._saver: Saver | None = None
        self._loaded: Loaded | None = None
        self._drafting: Drafting | None = None
        self._following: dict[str, str] = {}
        """Ids of new flows that nobody chose, with the names that they had then: until it is saved, an id follows."""
        self.failure: str = ""
        self.settled: Callable[[], None] | None = None
        self.designer = DesignerScreen(*shutil.get_terminal_size())
        if settings.theme in self.available_themes:
            self.theme = settings.theme

    # What the app holds

    @property
    def state(self) -> State | None:
        """All that is shown; ``None`` until the workspace is read."""
        return self._state

    @property
    def session(self) -> Session:
        """The editing session. Setting it brings everything up to date."""
        assert self._state is not None
        return self._state.session

    @session.setter
    def session(self, session: Session) -> None:
        assert self._state is not None
        if session is not self._state.session:
            self.show(self._state.after(session))
            if self._drafting is not None:
                self._drafting.changed()

    @property
    def saver(self) -> "Saver | None":
        """Who saves; ``None`` until the workspace is read."""
        return self._saver

    @property
    def _reserved(self) -> frozenset[str]:
        """Ids that no new flow may have, because a broken file has them."""
        loaded = self._saver.loaded if self._saver else self._loaded
        return loaded.reserved if loaded else frozenset()

    def show(self, state: State) -> None:
        """Show ``state`` from now on."""
        self._state = state
        self.designer.show(state)

    # Start and end

    def get_default_screen(self) -> Screen[None]:
        """The designer."""
        return self.designer

    def on_mount(self) -> None:
        """Take the user's keys."""
        self.set_keymap(keymap(self.wanted_keys))
        for complaint in (*self.settings.complaints, *self._key_complaints):
            self.notify(f"{self.settings.file}: {complaint}", severity="error")

    async def begin(self) -> None:
        """Show the workspace: in the first paint if it is read in time, as each paint of the start costs as much as
        a key press; otherwise as soon as it is read, and an empty screen until then."""
        reading = asyncio.wrap_future(self._opening)
        await asyncio.wait([reading], timeout=PATIENCE)
        if reading.done():
            self._begin(reading)
        else:
            self.run_worker(self._begin_late(reading), group="open")

    async def _begin_late(self, reading: "asyncio.Future[Opened]") -> None:
        await asyncio.wait([reading])
        self._begin(reading)

    def _begin(self, reading: "asyncio.Future[Opened]") -> None:
        try:
            opened = reading.result()
        except (OncueError, OSError) as error:
            self.failure = str(error)
            self.end(2)
            return
        self._loaded = opened.loaded
        self.show(opened.state)
        self.set_timer(SETTLING, partial(self._settle, opened.loaded))

    @work(exclusive=True, group="open")
    async def _settle(self, loaded: Loaded) -> None:
        """What can wait until the workspace is on the screen: saving, drafts, and what was left behind."""
        await self.designer.prepare()
        past = await asyncio.to_thread(look_back, loaded.folder)
        from oncue.tui.drafting import Drafting, offer
        from oncue.tui.saver import Saver

        self._saver = Saver(self, loaded)
        self._drafting = Drafting(self, loaded.folder)
        for note in past.notes:
            self.notify(note)
        if past.notes:
            await self.reload()
        self._drafting.changed()
        if self.settled is not None:
            self.settled()
        await offer(self, self._drafting, past.drafts)

    async def action_quit(self) -> None:
        """Leave; ask first if something is unsaved."""
        await self.asking(self._quit())

    @work(exclusive=True, group="ask")
    async def _quit(self) -> None:
        await self.arrived()
        # The action waits for this, and so do the messages of the app: an edit may be among them.
        messages: Iterable[object] = self._message_queue.values
        coming = any(isinstance(message, Edit) for message in messages)
        if self._state is None or not (self.session.dirty or coming):
            self._leave()
            return
        flows = sorted(self.session.dirty) or ["what was typed just now"]
        answers = [
            Answer("save", "s", "Save, then leave"),
            Answer("drop", "d", "Leave without saving; the edits are gone"),
            Answer("stay", "esc", "Stay"),
        ]
        match await self.ask(Question("Unsaved work", [(f"Unsaved: {first(flows, 8)}.", "")], answers, cursor=0)):
            case "save" if self._saver is not None:
                if await self._saver.save():
                    self._leave()
            case "drop":
                self._leave()

    def _leave(self) -> None:
        if self._drafting is not None:
            self._drafting.close(keep=False)
        self.end(0)

    def keep_work(self) -> None:
        """Write the draft now, and leave it to the next start."""
        if self._state is None:
            return
        if self._drafting is None and self._loaded is not None and self.session.dirty:
            from oncue.tui.drafting import Drafting

            self._drafting = Drafting(self, self._loaded.folder)  # an edit before all was ready
        if self._drafting is not None:
            self._drafting.now()
            self._drafting.close(keep=True)

    # Wishes of the panes

    def on_edit(self, message: Edit) -> None:
        """Edit a flow, which is the open one unless that was changed in the meantime."""
        message.stop()
        if self._state is None:
            return
        flow_id = message.flow_id or self.session.selected
        if flow_id is not None and flow_id in self.session.workspace.flows:
            self.edit(
                message.label, lambda workspace: message.change(workspace, flow_id), {flow_id}, merge=message.merge
            )

    def on_name_committed(self) -> None:
        """Let the ids of new flows follow their names."""
        if self._state is None:
            return
        flows = self.session.workspace.flows
        for flow_id, name in sorted(self._following.items()):
            if flow_id not in flows or flow_id in self.session.saved.flows or flows[flow_id].name == name:
                continue
            wanted = edits.id_from_name(self.session.workspace, flow_id, self._reserved)
            if wanted != flow_id:
                self._following[wanted] = flows[flow_id].name
                change = partial(edits.rename_flow, flow_id=flow_id, new_id=wanted, reserved=self._reserved)
                opened = wanted if self.session.selected == flow_id else None
                self.edit("Change the name", change, {flow_id, wanted}, selected=opened, merge="flow-name")

    def on_open(self, message: Open) -> None:
        """Open a flow, and go to one of its keys if one is named."""
        message.stop()
        if message.flow_id not in self.session.workspace.flows:
            self.notify("This file is no flow that can be edited here; mend it in a text editor, then press F8.")
            return
        self.session = self.session.settle().select(message.flow_id)
        if message.path[:1] == ("steps",):
            self.designer.show_pane(3, enter=False)
            steps = self.designer.query_one(StepsPane)
            steps.focus_step(int(message.path[1]) + 1 if len(message.path) > 1 else 1)
        elif message.path:
            self.designer.show_pane(2, enter=False)
            self.designer.query_one(TriggerPane).focus_key(message.path)

    def on_add_step_requested(self, message: AddStepRequested) -> None:
        """Ask which kind of step to add."""
        message.stop()
        entries = [Entry(kind, term.label, term.help) for kind, term in STEP_TYPES.items()]

        def add(kind: StepType) -> None:
            change = partial(edits.add_step, kind=kind, at=message.at)
            self.on_edit(Edit(f"Add: {STEP_TYPES[kind].label}", change))
            self.call_after_refresh(self.designer.query_one(StepsPane).action_edit_step)

        self.designer.pick("Add a step", entries, add)  # type: ignore[arg-type]

    def on_simulator_change(self, message: SimulatorChange) -> None:
        """Let something happen in the simulator."""
        message.stop()
        simulating.simulate(self, message)

    def on_simulator_pane_choose(self, message: SimulatorPane.Choose) -> None:
        """Choose a conversation or a scenario."""
        message.stop()
        simulating.choose(self)

    def on_simulator_pane_take(self, message: SimulatorPane.Take) -> None:
        """Edit a flow so that it would have fired."""
        message.stop()
        simulating.take(self, message.flow)

    async def on_simulator_pane_record(self, message: SimulatorPane.Record) -> None:
        """Save what was played."""
        message.stop()
        await self.asking(self.run_worker(simulating.record(self), group="ask", exclusive=True))

    @property
    def typing(self) -> bool:
        """Whether letters are no commands now. A text area is known by its name, as it takes long to import."""
        return isinstance(self.focused, Input | jump.JumpTargets) or type(self.focused).__name__ == "TextArea"

    # Edits

    def edit(
        self,
        label: str,
        change: Callable[[Workspace], Workspace],
        touched: set[str],
        *,
        selected: str | None = None,
        merge: str | None = None,
        renamed: tuple[str, str] | None = None,
    ) -> None:
        """Make an edit, or say why it cannot be made. The parameters are those of `Session.edit`."""
        try:
            workspace = change(self.session.workspace)
        except EditError as error:
            self.notify(str(error), severity="error")
            return
        self.session = self.session.edit(label, workspace, touched, selected, merge, renamed)

    async def action_plain(self, key_id: str) -> None:
        """Do what a key does that is a letter elsewhere."""
        await self.run_action(BY_ID[key_id].act)

    def action_undo(self) -> None:
        """Take back the last edit."""
        self._travel("Undone", self.session.undo_label, self.session.undo) if self._state else None

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._travel("Done again", self.session.redo_label, self.session.redo) if self._state else None

    def _travel(self, what: str, label: str | None, go: Callable[[], Session]) -> None:
        if label is None:
            self.notify("There is nothing to undo." if what == "Undone" else "There is nothing to redo.")
            return
        self.session = go()
        self.notify(f"{what}: {label}.")

    def action_new_flow(self) -> None:
        """Make a flow, and go to its name."""
        self._add("New flow", edits.new_flow)

    def action_duplicate_flow(self) -> None:
        """Copy the open flow."""
        if self._state and self.session.flow is not None:
            self._add("Duplicate a flow", partial(edits.duplicate_flow, flow_id=self.session.flow.id))

    def _add(self, label: str, make: Callable[..., tuple[Workspace, str]]) -> None:
        if self._state is None:
            return
        try:
            workspace, flow_id = make(self.session.workspace, reserved=self._reserved)
        except EditError as error:
            self.notify(str(error), severity="error")
            return
        self._following[flow_id] = workspace.flows[flow_id].name
        self.designer.query_one(FlowsPane).show_all()
        self.session = self.session.edit(label, workspace, {flow_id}, flow_id)
        self.designer.show_pane(2, enter=False)
        self.designer.query_one(TriggerPane).enter_name()

    def action_enable_flow(self) -> None:
        """Switch the open flow on or off."""
        if self._state and self.session.flow is not None:
            flow = self.session.flow
            label = "Disable a flow" if flow.enabled else "Enable a flow"
            self.edit(label, partial(edits.toggle_enabled, flow_id=flow.id), {flow.id})

    async def action_rename_flow(self) -> None:
        """Ask for another id."""
        await self.asking(self._rename_flow())

    @work(exclusive=True, group="ask")
    async def _rename_flow(self) -> None:
        if self._state is None or self.session.flow is None:
            return
        flow_id, reserved = self.session.flow.id, self._reserved

        def check(wanted: str) -> str | None:
            try:
                edits.rename_flow(self.session.workspace, flow_id, wanted, reserved)
            except EditError as error:
                return str(error)
            return None

        hint = "The id is the name of the flow's file; its name on screen is a field of the trigger."
        wanted = await self.push_screen_wait(Prompt(f"Rename flows/{flow_id}.toml", hint, flow_id, check))
        if wanted is not None and wanted != flow_id:
            change = partial(edits.rename_flow, flow_id=flow_id, new_id=wanted, reserved=reserved)
            self._following.pop(flow_id, None)
            self.edit("Rename a flow", change, {flow_id, wanted}, selected=wanted, renamed=(flow_id, wanted))
            self._tell_expected(flow_id)

    def _tell_expected(self, gone: str) -> None:
        """Say which scenarios expect a flow of an id that is no more."""
        files = [scenario_file(each) for each in self.session.workspace.scenarios_expecting(gone)]
        if files:
            verb = "expects" if len(files) == 1 else "expect"
            self.notify(f"{first(files, 3)} still {verb} {gone}; change it there, too.")

    async def action_delete_flow(self) -> None:
        """Delete the open flow, after a question."""
        await self.asking(self._delete_flow())

    @work(exclusive=True, group="ask")
    async def _delete_flow(self) -> None:
        if self._state is None or self.session.flow is None:
            return
        flow = self.session.flow
        text = [(f"Delete {flow.name} (flows/{flow.id}.toml)?", "strong")]
        answers = [
            Answer("delete", "d", "Delete it; the file goes when you save, and undo brings it back"),
            Answer("keep", "esc", "Keep it"),
        ]
        if await self.ask(Question("Delete a flow", text, answers)) == "delete":
            ids = sorted(self.session.workspace.flows)
            at = ids.index(flow.id)
            neighbour = next(iter([*ids[at + 1 : at + 2], *ids[max(0, at - 1) : at]]), None)
            self.edit("Delete a flow", partial(edits.delete_flow, flow_id=flow.id), {flow.id}, selected=neighbour)
            self._tell_expected(flow.id)

    # Saving and reading

    @work(group="save")
    async def action_save(self) -> None:
        """Save all unsaved flows."""
        while self._saver is None:  # a save that is asked for with the first paint waits for what it needs
            await asyncio.sleep(SETTLING)
        await self.arrived()
        self.on_name_committed()
        self.session = self.session.settle()
        await self._saver.save()

    @work(exclusive=True, group="reload")
    async def action_reload(self) -> None:
        """Read the folder again."""
        await self.reload(tell=True)

    async def reload(self, drop: str | None = None, tell: bool = False) -> None:
        """Read what changed on disk. Unsaved edits stay, but for those of the flow ``drop``."""
        if self._saver is None:
            return
        before = self._saver.loaded
        try:
            after = await asyncio.to_thread(load, before.folder, before)
        except OncueError as error:
            self.notify(str(error), severity="error")
            return
        same = after.workspace == before.workspace and drop is None
        if not same:
            self.session = self.session.reloaded(after.workspace, drop)
        # What is still unsaved was edited from the files as they were: saving has to ask about those that changed.
        kept = {flow_file(flow_id) for flow_id in self.session.dirty}
        self._saver.loaded = after.with_files_of(before, kept)
        if same:
            if tell:
                self.notify("Nothing changed on disk.")
            return
        self.notify(f"Read again: {counted(len(after.workspace.flows), 'flow')}.")
        changed = [file for file in sorted(kept) if after.digest_of(file) != before.digest_of(file)]
        if changed:
            self.notify(
                f"Changed on disk, and edited here too: {', '.join(changed)}. Saving will ask.", severity="error"
            )

    @work(exclusive=True, group="reload")
    async def on_app_focus(self) -> None:
        """The terminal has the focus again: look whether something changed on disk meanwhile."""
        if self._saver is not None and await asyncio.to_thread(changed_on_disk, self._saver.loaded):
            await self.reload()

    # Finding the way

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self.designer.show_pane(number)

    async def action_back(self) -> None:
        """From a field to its pane, from there to the flows."""
        before = self.focused
        self.designer.pane(self.designer.seen).enter()
        # The focus moves when this message is done.
        self.call_later(lambda: self.designer.show_pane(1) if self.focused is before else None)

    def action_next_pane(self, by: int) -> None:
        """Go to the next pane or the one before."""
        last = 5 if self._state and self._state.problems else 4
        self.designer.show_pane((self.designer.seen - 1 + by) % last + 1)

    def action_filter(self) -> None:
        """Go to the filter of the flows."""
        self.designer.show_pane(1, enter=False)
        self.designer.query_one(FlowsPane).filter()

    async def action_jump(self) -> None:
        """Start jump mode."""
        await jump.start_jump(self.designer)

    def action_goto(self) -> None:
        """Open a flow by name."""
        if self._state is None:
            return
        flows = sorted(self.session.workspace.flows.values(), key=lambda flow: flow.id)
        entries = [Entry(flow.id, flow.name, flow.id) for flow in flows]
        self._pick("Open a flow", entries, lambda flow_id: self.on_open(Open(str(flow_id), ("trigger", "event"))))

    def action_palette(self) -> None:
        """Show all commands that can apply."""
        self._pick("Commands", commands.palette(self._state, self.wanted_keys), self._run)

    def action_help(self) -> None:
        """Show all keys, those that work here first."""
        self._pick("Keys · enter runs one", commands.help_entries(self.focused, self.wanted_keys), self._run)

    def _run(self, key_id: object) -> None:
        self.call_later(commands.run, self, str(key_id))

    def action_theme(self) -> None:
        """Choose a theme; the screen shows it while choosing."""
        before = self.theme
        entries = [Entry(name, name.replace("-", " ")) for name in sorted(self.available_themes)]

        def preview(name: object) -> None:
            self.theme = str(name)

        def pick(name: object) -> None:
            self.theme = str(name)
            self.run_worker(partial(self._keep_theme, str(name)), thread=True, group="settings")

        self._pick("Theme", entries, pick, current=before, preview=preview, cancelled=lambda: preview(before))

    def _keep_theme(self, name: str) -> None:
        try:
            save_theme(self.settings, name)
        except (OncueError, OSError) as error:
            self.call_from_thread(self.notify, f"The theme could not be kept: {error}", severity="error")

    def _pick(self, title: str, entries: list[Entry], pick: Callable[[object], None], **more: Any) -> None:
        if self.screen is self.designer:
            self.designer.pick(title, entries, pick, **more)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What works now: while a question waits only its own keys, while typing no letters."""
        if action == "plain" and self.typing:
            return False
        if self._state is None and action != "quit":
            return False  # there is nothing to act on before the workspace is read
        return self.screen is self.designer or action in ("focus_next", "focus_previous")


def run(folder: Path, settled: Callable[[], None] | None = None) -> int:
    """Run the app on a workspace folder until it is left; returns the exit status.

    ``settled`` is called when the first screen is there and what follows it is done.
    """
    settings = read_settings()
    terminal_safety.tolerate_bytes()
    app = OncueApp(begin_opening(folder), settings)
    app.settled = settled
    app.run()
    if app.crash is not None:
        from oncue.storage.user.crash_reports import write_report

        report = write_report(app.crash)
        _complain(f"a bug ended the app; unsaved work is kept for the next start. Report: {report}")
        return BUG
    if app.failure:
        _complain(app.failure)
    return app.return_code or 0


def _complain(text: str) -> None:
    """Say something on the terminal once the app has given it back."""
    sys.stderr.write(f"oncue: {visible(text)}\n")
