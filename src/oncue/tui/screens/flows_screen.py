"""The screen on which whole flows are made, copied, switched, tagged, renamed, deleted and sorted.

What is done is done to the flows that are marked in the list, or to the open one if none is.
"""

from collections.abc import Callable
from functools import partial

from oncue.domain.vocabulary import EventKind
from oncue.errors import EditError, ImpossibleEvent
from oncue.tui.background import Work, in_background
from oncue.tui.disk import Disk
from oncue.tui.flow_dialogs import delete_flow, delete_flows, rename_flow, tag_flows
from oncue.tui.messages import ChooseFlow, Open
from oncue.tui.screens.navigation import NavigationScreen
from oncue.tui.user import User
from oncue.tui.waiting import wait_for_dialog
from oncue.tui.widgets.picker import Entry
from oncue.workbench import bulk_editing
from oncue.workbench.explanation_words import refusal_in_app
from oncue.workbench.flow_editing import FlowEditing
from oncue.workbench.flow_order import ORDERS


class FlowsScreen(NavigationScreen):
    """A `NavigationScreen` that edits whole flows; its subclass says where they are kept."""

    disk: Disk
    user: User
    _editing: FlowEditing

    async def run_dialog(self, work: Work) -> None:
        """Start ``work``, which may open a dialog, and wait until that can be answered; one such work at a time."""
        await wait_for_dialog(self.app, in_background(self, work, group="ask", exclusive=True))

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do something, or show why it cannot be done; whether it was done."""
        try:
            act()
        except EditError as error:
            self.notify(str(error), severity="error")
            return False
        except ImpossibleEvent as error:
            self.notify(refusal_in_app(str(error)), severity="error")
            return False
        return True

    def on_choose_flow(self, event: ChooseFlow) -> None:
        event.stop()
        flows = self.store.state.workspace.flows
        entries = [Entry(each, flows[each].name, each) for each in event.flow_ids if each in flows]
        self.pick(event.title, entries, lambda flow_id: self.on_open(Open(flow_id, ("trigger", "event"))), table=True)

    def action_new_flow(self) -> None:
        self._add(self._editing.new)

    def action_duplicate_flow(self) -> None:
        marked = self.grid.flows.marked
        if not marked:
            self._add(self._editing.duplicate)
        elif self._attempt(partial(bulk_editing.duplicate, self.store, marked, self.disk.reserved)):
            self.grid.flows.show_all()

    def _add(self, make: Callable[[], str | None]) -> None:
        """Make a flow, and go to its name."""
        before = self.store.session.workspace
        if self._attempt(make) and self.store.session.workspace is not before:
            self.grid.flows.show_all()
            self.grid.see(2)
            self.grid.trigger.enter_name()

    def action_copy_flows(self) -> None:
        chosen, config = self.grid.flows.chosen, self.store.state.workspace.config

        def copy(place: tuple[str, str | None]) -> None:
            make = partial(bulk_editing.duplicate_to, self.store, chosen, *place, self.disk.reserved)
            if self._attempt(make):
                self.grid.flows.show_all()

        entries = []
        for channel in config.installed_channels:
            label = config.channel_label(channel)
            entries.append(Entry((channel, None), label, "every instance"))
            own = config.instances_of(channel)
            entries += [Entry((channel, each.id), f"{label} · {each.name}", each.id) for each in own]
        self.pick("Copy to", entries, copy)

    def action_enable_flow(self) -> None:
        if marked := self.grid.flows.marked:
            bulk_editing.switch(self.store, marked)
        else:
            self._editing.toggle_enabled()

    async def action_tag_flows(self) -> None:
        await self.run_dialog(partial(tag_flows, self.store, self.grid.flows.chosen, self.user))

    async def action_rename_flow(self) -> None:
        await self.run_dialog(partial(rename_flow, self._editing, self.user))

    async def action_delete_flow(self) -> None:
        if marked := self.grid.flows.marked:
            await self.run_dialog(partial(delete_flows, self.store, marked, self.user))
        else:
            await self.run_dialog(partial(delete_flow, self._editing, self.user))

    def action_happen(self, kind: EventKind) -> None:
        """Let something happen in the simulator, from another pane, and go there to see what comes of it."""
        self.show_pane(4)
        self.grid.simulator.action_ask(kind)

    def action_sort_flows(self) -> None:
        entries = [Entry(order, term.label, term.help) for order, term in ORDERS.items()]
        self.pick("Sort by", entries, self.grid.flows.sort, current=self.grid.flows.order)
