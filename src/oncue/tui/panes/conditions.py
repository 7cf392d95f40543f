"""The conditions of the open flow, *Only if* in the form of its trigger: rows, and the field of the one that is edited.

The field stands between the rows, below that of its condition. Which condition is edited is all that is known here;
its value is in the session, and what was typed and is no value yet in the state.
"""

from functools import partial
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import RUN
from oncue.tui.messages import AddConditionRequested, Change, Edit
from oncue.tui.widgets.choice import Choice
from oncue.tui.widgets.condition_editor import ConditionEditor, EditingDone, Place, ValueChanged
from oncue.tui.widgets.condition_rows import ADD, ConditionRows
from oncue.workbench.condition_forms import FORMS, first_value
from oncue.workbench.condition_list import condition_rows
from oncue.workbench.condition_text import has_text
from oncue.workbench.state import State
from oncue.workbench.unfinished import condition_value, text_of


class Conditions(Vertical):
    """Conditions that can be added, edited in place and removed."""

    def __init__(self, *, id: str, label_width: int) -> None:
        super().__init__(id=id)
        self._rows = ConditionRows(id="conditions", label="Only if", label_width=label_width)
        self._below = ConditionRows(id="conditions-below", label_width=label_width)
        self._editor = ConditionEditor(id="condition-editor", beyond=self._below)
        self._state: State | None = None
        self._open: object = None
        self._editing: Place | None = None
        self._had_value = False
        self._turns = 0

    def compose(self) -> ComposeResult:
        yield self._rows
        yield self._editor
        yield self._below

    def on_mount(self) -> None:
        self._below.display = False

    def show(self, state: State) -> None:
        """Show the conditions of the open flow."""
        self._state = state
        flow, identity = state.flow, state.session.open_identity
        if identity != self._open or flow is None or (self._editing and self._editing.flow_id != flow.id):
            self._open, self._editing = identity, None
            self._rows.go_to(ADD if flow is None or flow.when is None else flow.when.lines[0])
        self._arrange()

    def enter(self, key: str = "") -> None:
        """Go to a condition, and to its field if what was typed there is no value yet."""
        state = self._state
        if state is not None and any(each.at == key and self._is_open(each.flow_id) for each in state.unfinished):
            self._edit(key)
            return
        self.close()
        self._rows.go_to(key)
        self.screen.set_focus(self._rows)

    def leave_field(self) -> bool:
        """Go from the field back to its row; whether the focus was there."""
        if self._editing is None or not self._writing:
            return False
        self.close()
        return True

    def close(self) -> None:
        """End the editing of a value. A condition that has none is gone by now."""
        place, inside = self._editing, self._writing or self._below.has_focus
        self._editing = None
        if place is None:
            return
        self._rows.go_to(place.key)
        self._arrange()
        if inside:
            self.screen.set_focus(self._rows)
        if self._had_value and self._is_open(place.flow_id) and place.key not in {row.key for row in self._rows.rows}:
            self.notify(f"Removed: {FORMS[place.key].label}; undo brings it back.")

    def add(self, flow_id: str, key: str) -> None:
        """Add a condition to the open flow, and go to its field, or to its row where there is nothing to write."""
        if self._state is None or not self._is_open(flow_id):
            return
        value = first_value(key, self._state.workspace.config)
        if value is not None:
            label = f"Add a condition: {FORMS[key].label}"
            self._post(label, partial(edits.set_condition, key=key, value=value), flow_id)
        if FORMS[key].kind == "flag":
            self.close()
            self._rows.go_to(key)
            self.screen.set_focus(self._rows)
        else:
            self._edit(key)

    def on_condition_rows_chosen(self, event: ConditionRows.Chosen) -> None:
        event.stop()
        flow = self._state.flow if self._state else None
        if flow is None:
            return
        if event.key == ADD:
            self.post_message(AddConditionRequested(flow.id))
        elif FORMS[event.key].kind == "flag":
            label = f"Change a condition: {FORMS[event.key].label}"
            self._post(label, partial(edits.toggle_flag, key=event.key), flow.id)
        else:
            self._edit(event.key)

    def on_condition_rows_removed(self, event: ConditionRows.Removed) -> None:
        event.stop()
        self.remove_condition(event.key)

    def on_condition_rows_passed(self, event: ConditionRows.Passed) -> None:
        event.stop()
        other = self._below if event.rows is self._rows else self._rows
        if other.display and (event.by > 0) == (other is self._below):
            other.go_to_edge(end=event.by < 0)
            self.screen.set_focus(other)

    def on_value_changed(self, event: ValueChanged) -> None:
        event.stop()
        flow_id, key = event.place[:2]
        label = f"Change a condition: {FORMS[key].label}"
        if event.picked is not None:
            self._post(label, partial(_pick, key=key, picked=event.picked), flow_id)
        elif event.toggled:
            self._post(label, partial(edits.toggle_in_condition, key=key, value=str(event.value)), flow_id)
        else:
            change = partial(edits.set_condition, key=key, value=event.value)
            typed = event.text is not None
            text = None if event.text is None else (key, event.text)
            merge = f"{event.place.merge_key}{RUN}{event.run}" if typed else None
            self.post_message(Edit(label, change, merge, flow_id, text))

    def on_editing_done(self, event: EditingDone) -> None:
        event.stop()
        self.close()

    def remove_condition(self, key: str) -> None:
        """Request that a condition goes, and what was typed for it."""
        flow = self._state.flow if self._state else None
        if flow is None:
            return
        if self._editing is not None and self._editing.key == key:
            self._had_value = False
            self.close()
        text = (key, "") if condition_value(flow, key) is None else None
        change = partial(edits.set_condition, key=key, value=None)
        self.post_message(Edit(f"Delete a condition: {FORMS[key].label}", change, flow_id=flow.id, text=text))

    def _edit(self, key: str) -> None:
        """Show the field of a condition, and go there."""
        flow = self._state.flow if self._state else None
        if flow is not None:
            if self._editing is not None and self._editing.key != key:
                self.close()
            self._turns += 1
            self._editing = Place(flow.id, key, self._turns)
            self._had_value = condition_value(flow, key) is not None
            self._rows.go_to(key)
            self._arrange()
            self._below.go_to_edge(end=False)
            self._editor.enter()

    def _arrange(self) -> None:
        state, place = self._state, self._editing
        flow = state.flow if state else None
        if state is None or flow is None:
            self._rows.show((), adds=False)
            self._editor.leave()
            return
        open_ones = () if place is None else (place.key,)
        # What is wrong with the text that is typed is said below its field.
        unfinished = [each for each in state.unfinished if each.at not in open_ones]
        rows = condition_rows(flow, state.flow_problems.get(flow.id, ()), unfinished, open_ones)
        at = len(rows) if place is None else next(at for at, row in enumerate(rows, 1) if row.key == place.key)
        self._rows.show(rows[:at], adds=place is None)
        if (self._below.display) != (place is not None):
            self._below.display = place is not None
        if place is None:
            self._editor.leave()
            return
        self._below.show(rows[at:], adds=True)
        value = condition_value(flow, place.key)
        self._had_value = self._had_value or value is not None
        text = text_of(state.session, state.texts, flow.id, place.key) if has_text(place.key) else None
        self._editor.show(place, value, text or "", state.session.typing, state.workspace)
        self._editor.stay_in_sight()

    @property
    def _writing(self) -> bool:
        """Whether the focus is in the field."""
        focused = self.screen.focused
        return focused is not None and self._editor in focused.ancestors

    def _is_open(self, flow_id: str) -> bool:
        return self._state is not None and self._state.flow is not None and self._state.flow.id == flow_id

    def _post(self, label: str, change: Change, flow_id: str) -> None:
        self.post_message(Edit(label, change, flow_id=flow_id))


def _pick(workspace: Workspace, flow_id: str, key: str, picked: Choice.Picked) -> Workspace:
    """Give the condition the value that was asked for, counted from the one that it has by now."""
    present: Any = condition_value(workspace.flows[flow_id], key)
    return edits.set_condition(workspace, flow_id, key, picked.after(present))
