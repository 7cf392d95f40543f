"""The steps of the open flow: the list of them, and the fields of the one under the cursor.

The fields are there only while this pane has the focus. Texts are edited in place, and every letter is an edit of
the session, so that nothing that was typed is only in a widget.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from textual.app import ComposeResult

from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_KINDS, STEP_TYPES, Step
from oncue.domain.values import fields_of
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import RUN
from oncue.errors import EditError
from oncue.tui.messages import AddStepRequested, Edit
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.choice import Choice
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.step_form import Place, StepChanged, StepForm
from oncue.workbench.placeholder_completion import known_placeholders
from oncue.workbench.spans import Line, line
from oncue.workbench.state import State
from oncue.workbench.unfinished import text_of

NO_STEP = (
    line(("No step yet: the flow does nothing.", "strong")),
    line("Press ", ("a", "accent"), " to add the first one."),
)
NO_FLOW = (line(("Open a flow to see its steps.", "muted")),)


class StepsPane(Pane):
    """Steps that can be added, edited, reordered and removed."""

    BINDINGS = bindings("steps")
    number, title = 3, "Steps"

    def __init__(self) -> None:
        super().__init__(id="steps")
        self._flow: Flow | None = None
        self._state: State | None = None
        self._typing: str | None = None
        self._rows: RowList[tuple[int, Step]] = RowList(_draw, empty=NO_STEP, id="step-rows")
        self._form = StepForm(self._placeholders, id="step-form")

    def compose(self) -> ComposeResult:
        yield self._rows
        yield ActionBar("steps.add", "steps.up", "steps.down", "steps.duplicate", "steps.remove", id="step-actions")
        yield self._form

    def on_mount(self) -> None:
        self._form.display = False

    def show(self, state: State) -> None:
        """Show the steps of the open flow."""
        flow, before = state.flow, self._flow
        same_texts = self._state is not None and self._state.texts is state.texts
        self._state = state
        self._typing = state.session.typing
        if flow is before and before is not None:
            if not same_texts:
                self._show_form()
            return
        self._flow = flow
        steps = flow.steps if flow else ()
        same_flow = before is not None and flow is not None and before.id == flow.id
        self._rows.empty = NO_STEP if flow else NO_FLOW
        if not same_flow or before is None or before.steps != steps:
            cursor = cursor_after(before.steps, steps, self._rows.cursor) if same_flow and before else 0
            self._rows.show(tuple(enumerate(steps, 1)), cursor)
        self.retitle("" if flow is None else str(len(steps)), "" if flow is None else "run from top to bottom")
        self._show_form()

    def enter(self) -> None:
        """Go to the list."""
        self.screen.set_focus(self._rows)

    @property
    def index(self) -> int:
        """The index of the step under the cursor."""
        return self._rows.cursor

    def focus_step(self, number: int, field: str = "") -> None:
        """Go to a step, counted from 1, and to a field of it if one is given."""
        self._rows.move(number - 1)
        self.screen.set_focus(self._rows)
        if field and self._step is not None:
            self._show_form()
            self._form.enter(field)

    def mark(self, focused: bool) -> None:
        """Show the fields; those that nobody edits give their room to the list."""
        super().mark(focused)
        self._show_form()

    def _show_form(self) -> None:
        step = self._step
        if self.has_inner_focus and self._flow is not None and step is not None:
            self._form.display = True
            place = Place(self._flow.id, self._rows.cursor, step.type)
            self._form.show(place, step, self._typing, self._text(place))
        else:
            self._form.leave()

    def _placeholders(self) -> Sequence[str]:
        state = self._state
        if state is None or state.flow is None:
            return ()
        return known_placeholders(state.workspace, state.flow.trigger.event)

    def _text(self, place: Place) -> str | None:
        """The attributes of the step as they were typed."""
        state = self._state
        if state is None or state.flow is None or place.at >= len(state.flow.steps):
            return None
        return text_of(state.session, state.texts, place.flow_id, place.at)

    def on_row_list_moved(self, event: "RowList.Moved") -> None:
        event.stop()
        self._show_form()

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        if event.clicks != 1:
            self.action_edit_step()

    def on_step_changed(self, event: StepChanged) -> None:
        event.stop()
        place = event.place
        if event.picked is not None:
            change: Any = partial(_pick, place=place, name=event.name, picked=event.picked)
            label = "Change a step's kind" if event.name == "type" else "Change a step"
        elif event.toggled:
            change = partial(_toggle, place=place, name=event.name, value=cast("ParticipantType", event.value))
            label = "Change whom to notify"
        else:
            change = partial(edits.change_step, index=place.at, **cast("Any", {event.name: event.value}))
            label = "Change whom to notify" if event.name == "participant_types" else "Change a step"
        merge = f"{place.merge_key(event.name)}{RUN}{event.run}" if event.typed else None
        text = None if event.text is None else (place.at, event.text)
        self.post_message(Edit(label, change, merge, place.flow_id, text))

    def action_add_step(self) -> None:
        """Ask for a kind, and add it below the cursor."""
        if self._flow is not None:
            self.post_message(AddStepRequested(self._flow.id, self._rows.cursor + 1 if self._flow.steps else 0))

    def action_edit_step(self) -> None:
        """Go to the first field."""
        self.screen.set_focus(self._rows)
        if self._step is not None:
            self._form.enter()

    def action_move_step(self, by: int) -> None:
        if self._flow is not None and 0 <= self._rows.cursor + by < len(self._flow.steps):
            self._edit("Move a step", lambda before, flow_id, at: edits.move_step(before, flow_id, at, at + by))

    def action_duplicate_step(self) -> None:
        self._edit("Duplicate a step", edits.duplicate_step)

    def action_remove_step(self) -> None:
        self._edit("Delete a step", edits.remove_step)

    def _edit(self, label: str, change: Callable[[Workspace, str, int], Workspace]) -> None:
        """Request an edit of the step under the cursor, wherever that is by the time the request is heard."""
        flow, step, cursor = self._flow, self._step, self._rows.cursor
        if flow is None or step is None:
            return

        def edited(workspace: Workspace, flow_id: str) -> Workspace:
            return change(workspace, flow_id, place_of(step, workspace.flows[flow_id].steps, cursor))

        self.post_message(Edit(label, edited, flow_id=flow.id))

    @property
    def _step(self) -> Step | None:
        """The step under the cursor."""
        row = self._rows.current
        return None if row is None else row[1]


def place_of(step: Step, steps: Sequence[Step], cursor: int) -> int:
    """Where ``step`` is, which was at ``cursor``; if it is gone, where the cursor is."""
    if step is next(iter(steps[cursor : cursor + 1]), None):
        return cursor
    return next((at for at, each in enumerate(steps) if each is step), cursor)


def _pick(workspace: Workspace, flow_id: str, place: Place, name: str, picked: Choice.Picked) -> Workspace:
    """Give the field the value that was asked for, counted from the one that it has by now."""
    if name == "type":
        kind = picked.after(_present(workspace, flow_id, place, of_this_kind=False)["type"])
        return edits.retype_step(workspace, flow_id, place.at, cast("Any", kind))
    value = picked.after(_present(workspace, flow_id, place)[name])
    return edits.change_step(workspace, flow_id, place.at, **{name: value})


def _present(workspace: Workspace, flow_id: str, place: Place, of_this_kind: bool = True) -> dict[str, Any]:
    """The values of the step as they are by now."""
    steps = workspace.flows[flow_id].steps
    if place.at >= len(steps) or (of_this_kind and steps[place.at].type != place.kind):
        raise EditError("that step has changed meanwhile")
    return dict(fields_of(steps[place.at]))


def _toggle(workspace: Workspace, flow_id: str, place: Place, name: str, value: ParticipantType) -> Workspace:
    """Toggle ``value`` in what the field has by now: chips can be pressed faster than they are shown."""
    chosen = edits.toggled(_present(workspace, flow_id, place)[name], value, PARTICIPANT_TYPES)
    return edits.change_step(workspace, flow_id, place.at, **{name: chosen})


def cursor_after(before: Sequence[Step], after: Sequence[Step], cursor: int) -> int:
    """Where the cursor belongs after an edit: on the step that came, moved or changed."""
    changed = [index for index, step in enumerate(after) if index >= len(before) or step != before[index]]
    if not changed or len(after) < len(before):
        return cursor
    if len(after) > len(before):
        return changed[0]
    if cursor in changed and len(changed) == 2 and before[cursor] in after:
        return changed[0] if changed[1] == cursor else changed[1]
    return changed[0] if len(changed) == 1 else cursor


def _draw(row: tuple[int, Step], width: int) -> Sequence[Line]:
    number, step = row
    detail = STEP_KINDS[step.type].detail(step)
    shown = (f"  {detail}", "muted") if detail else ("", "")
    return (line((f"{number:>2} ", "muted"), STEP_TYPES[step.type].label, shown),)
