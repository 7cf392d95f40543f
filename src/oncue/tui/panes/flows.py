"""The flows of the workspace: a filter, and a list of one line for each flow, or two on a narrow terminal."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.widgets import Input

from oncue.domain.workspace import WorkspaceConfig
from oncue.text import counted
from oncue.tui.messages import Open, ShowPane
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.rows import RowList
from oncue.workbench.channel_codes import channel_codes
from oncue.workbench.flow_index import FlowIndex
from oncue.workbench.flow_order import Order
from oncue.workbench.flow_rows import FlowRow, one_line, two_lines
from oncue.workbench.marks import Marks
from oncue.workbench.spans import Line, line
from oncue.workbench.state import State

EMPTY = (
    line((" No flow yet.", "strong")),
    line(),
    line((" n", "accent"), " makes the first one."),
)
NONE_FOUND = (line(" No flow matches."), line(), line((" esc", "accent"), " shows all flows again."))


class FlowsPane(Pane):
    """All flows. The one under the cursor is open in the other panes."""

    BINDINGS = [*bindings("flows"), ("escape", "clear_filter", "Show all"), ("up,down", "leave_filter", "To the list")]
    number, title = 1, "Flows"

    def __init__(self) -> None:
        super().__init__(id="flows")
        self._index = FlowIndex()
        self._state: State | None = None
        self._codes: tuple[WorkspaceConfig | None, Mapping[str, str]] = (None, {})
        self._tall = False
        self._drawn: dict[str, tuple[FlowRow, tuple[int, bool], Sequence[Line]]] = {}
        self.order: Order = "name"
        self._marks = Marks()

    def compose(self) -> ComposeResult:
        yield Field(placeholder="/ filter", id="flow-filter")
        yield RowList[str](self._draw, empty=EMPTY, id="flow-rows")
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
        self.query_one(ActionBar).show(state)
        self._retitle()

    @property
    def marked(self) -> list[str]:
        """The marked flows that are listed, in order: nothing is changed that is not seen."""
        return [flow_id for flow_id in self._rows.rows if flow_id in self._marks.ids]

    @property
    def chosen(self) -> list[str]:
        """What an action is about: the marked flows, or else the open one."""
        opened = self._state.session.selected if self._state else None
        return self.marked or ([opened] if opened is not None else [])

    def sort(self, order: Order) -> None:
        """List the flows in another order."""
        self.order = order
        self._show_found()

    def on_resize(self) -> None:
        """On a narrow terminal this pane has the screen for itself, and room for words."""
        self._tall = self.screen.has_class("-narrow")
        self._rows.set_row_height(2 if self._tall else 1)

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
        self._retitle()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self._rows)
        if self._rows.current is not None:
            self.post_message(Open(self._rows.current))

    def on_row_list_moved(self, event: "RowList.Moved") -> None:
        event.stop()
        if self._marks.anchor is not None:
            self._mark(self._marks.up_to(self._rows.rows, event.row))
        # At once, and not by way of two containers, so that the cursor and the flow are drawn in one frame.
        self.screen.post_message(Open(event.row))

    def on_row_list_marked(self, event: "RowList.Marked") -> None:
        event.stop()
        if event.up_to and self._rows.current is not None:
            self._mark(self._marks.ranging(self._rows.current).up_to(self._rows.rows, event.row).settled())
        else:
            self._mark(self._marks.toggled(event.row))

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        self.post_message(Open(event.row))
        if event.clicks != 1:  # enter, or a double click
            self.post_message(ShowPane(2))

    def action_leave_filter(self) -> None:
        self.screen.set_focus(self._rows)

    def action_clear_filter(self) -> None:
        """Take back the last thing that narrows or marks: the marks first, then the filter."""
        if self._marks.ids and self.screen.focused is self._rows:
            self._mark(self._marks.cleared())
            return
        self.query_one("#flow-filter", Input).value = ""
        self.screen.set_focus(self._rows)

    def action_mark(self, what: str) -> None:
        rows, here, marks = self._rows.rows, self._rows.current, self._marks
        if here is None:
            return
        match what:
            case "one":
                self._mark(marks.toggled(here))
                self._rows.action_cursor(1)
            case "range":
                self._mark(marks.ranging(here) if marks.anchor is None else marks.settled())
            case "all":
                self._mark(marks.all_of(rows))

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self._rows.redraw()
        self._retitle()

    def _retitle(self) -> None:
        """Say in the frame how many flows are listed, marked and unsaved."""
        state = self._state
        if state is None:
            return
        count, listed, marked = len(state.workspace.flows), len(self._rows.rows), len(self.marked)
        shown = f"{listed} of {count}" if listed != count else counted(count, "flow")
        first = f"{marked} marked" if marked else shown  # a narrow frame has no room for both
        dirty = state.unsaved_count
        self.retitle(state.workspace.name, f"{first} · {f'● {dirty} unsaved' if dirty else 'saved'}")

    def _found(self) -> Sequence[str]:
        assert self._state is not None
        state, query = self._state, self.query_one("#flow-filter", Input).value
        workspace = state.workspace
        wrong = state.listed.wrong_flows if "problem" in query.casefold() else ()
        return self._index.found(workspace.flows, workspace.config, query, self.order, state.unsaved, wrong)

    @property
    def _rows(self) -> "RowList[str]":
        return self.query_one("#flow-rows", RowList)

    def _draw(self, flow_id: str, width: int) -> Sequence[Line]:
        state = self._state
        flow = state.workspace.flows.get(flow_id) if state else None
        if state is None or flow is None:
            return ()
        label = state.workspace.config.channel_label(flow.trigger.channel)
        row = FlowRow(
            flow,
            label,
            self._code(state.workspace.config, label),
            opened=flow_id == state.session.selected,
            marked=flow_id in self._marks.ids,
            unsaved=flow_id in state.unsaved,
            counts=state.listed.counts_of(flow_id),
        )
        how = (width, self._tall)
        drawn = self._drawn.get(flow_id)
        # The flow by identity: comparing all that it holds would take longer than to draw it.
        if drawn is None or drawn[0].flow is not flow or drawn[0][1:] != row[1:] or drawn[1] != how:
            lines = two_lines(row, width) if self._tall else one_line(row, width)
            drawn = self._drawn[flow_id] = row, how, lines
        return drawn[2]

    def _code(self, config: WorkspaceConfig, label: str) -> str:
        """The channel of a label in two letters; those of the installed ones do not depend on what flows there are."""
        if self._codes[0] is not config:
            self._codes = config, channel_codes(map(config.channel_label, config.installed_channels))
        return self._codes[1].get(label) or channel_codes([label])[label]
