"""The flows of the workspace: a filter, and a list of two lines for each flow."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.widgets import Input

from oncue.domain.vocabulary import EventKind
from oncue.text import counted
from oncue.tui.messages import Open, ShowPane
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.rows import RowList
from oncue.workbench.flow_index import FlowIndex
from oncue.workbench.spans import Line, line, spread
from oncue.workbench.state import State

_SHORT: Mapping[EventKind, str] = {
    "conversation_created": "created",
    "participant_added": "added",
    "participant_removed": "removed",
    "message_created": "message",
}

EMPTY = (
    line(("No flow yet.", "strong")),
    line(),
    line("Press ", ("n", "accent"), " to make the first one."),
)
NONE_FOUND = (line("No flow matches."), line(), line(("esc", "accent"), " shows all flows again."))


class FlowsPane(Pane):
    """All flows. The one under the cursor is open in the other panes."""

    BINDINGS = [*bindings("flows"), ("escape", "clear_filter", "Show all"), ("up,down", "leave_filter", "To the list")]
    number, title = 1, "Flows"

    def __init__(self) -> None:
        super().__init__(id="flows")
        self._index = FlowIndex()
        self._state: State | None = None

    def compose(self) -> ComposeResult:
        yield Field(placeholder="/ filter", id="flow-filter")
        yield RowList[str](self._draw, height=2, empty=EMPTY, id="flow-rows")
        yield ActionBar("app.new", "flows.duplicate", "flows.rename", "flows.delete", "flows.enable", id="flow-actions")

    def show(self, state: State) -> None:
        """Show the flows of ``state``, with the cursor on the open one."""
        before, self._state = self._state, state
        rows = self._found()
        opened = state.session.selected
        listing = self._rows
        if before is None or rows is not listing.rows or before.session.selected != opened:
            listing.empty = NONE_FOUND if state.workspace.flows else EMPTY
            cursor = rows.index(opened) if opened in state.workspace.flows and opened in rows else None
            listing.show(rows, cursor)
        else:
            listing.redraw()
        dirty = len(state.unsaved)
        note = f"● {dirty} unsaved" if dirty else "saved"
        self.retitle(state.workspace.name, f"{counted(len(state.workspace.flows), 'flow')} · {note}")

    def enter(self) -> None:
        self.screen.set_focus(self._rows)

    def filter(self) -> None:
        """Focus the filter."""
        self.screen.set_focus(self.query_one("#flow-filter", Input))

    def show_all(self) -> None:
        """Clear the filter, so that a new flow can be seen."""
        field = self.query_one("#flow-filter", Input)
        if field.value:
            with field.prevent(Input.Changed):
                field.value = ""
            self._show_found()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_found()

    def _show_found(self) -> None:
        """Show the flows that the filter finds, with the cursor on the open one if it is among them."""
        if self._state is None:
            return
        rows = self._found()
        opened = self._state.session.selected
        self._rows.empty = NONE_FOUND if self._state.workspace.flows else EMPTY
        self._rows.show(rows, rows.index(opened) if opened in rows else 0)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self._rows)
        if self._rows.current is not None:
            self.post_message(Open(self._rows.current))

    def on_row_list_moved(self, event: "RowList.Moved") -> None:
        event.stop()
        self.post_message(Open(event.row))

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        self.post_message(Open(event.row))
        if event.clicks != 1:  # enter, or a double click
            self.post_message(ShowPane(2))

    def action_leave_filter(self) -> None:
        self.screen.set_focus(self._rows)

    def action_clear_filter(self) -> None:
        self.query_one("#flow-filter", Input).value = ""
        self.screen.set_focus(self._rows)

    def _found(self) -> Sequence[str]:
        assert self._state is not None
        workspace = self._state.workspace
        return self._index.found(workspace.flows, workspace.config, self.query_one("#flow-filter", Input).value)

    @property
    def _rows(self) -> "RowList[str]":
        return self.query_one("#flow-rows", RowList)

    def _draw(self, flow_id: str, width: int) -> Sequence[Line]:
        state = self._state
        flow = state.workspace.flows.get(flow_id) if state else None
        if state is None or flow is None:
            return ()
        glyph = ("✓ ", "success") if flow.enabled else ("– ", "muted")
        marks = []
        if problems := state.flow_problems.get(flow_id):
            marks.append((f"! {counted(len(problems), 'problem')}", "error"))
        if flow_id in state.unsaved:
            marks.append((" ● unsaved" if marks else "● unsaved", "warning"))
        where = state.workspace.config.channel_label(flow.trigger.channel)
        about = f"{'' if flow.enabled else 'off · '}{_SHORT[flow.trigger.event]} · {where}"
        return (
            line(glyph, (flow.name, "strong" if flow_id == state.session.selected else "")),
            spread(line("  ", (about, "muted")), tuple(marks), width),
        )
