"""The steps of the open flow: the list of them, and the fields of the one under the cursor.

The fields are there only while this pane has the focus, and are mounted anew when a step of another kind comes
under the cursor: mounting a text area costs more than everything else that happens when another flow is opened.
Texts are edited in place, and every letter is an edit of the session, so that nothing that was typed is only
in a widget.
"""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Label

from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_KINDS, STEP_TYPES, Step, StepType
from oncue.domain.values import fields_of
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, ParticipantType
from oncue.editing import edits
from oncue.tui.messages import AddStepRequested, Edit
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.chips import ChipBar
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.lines import Line, line
from oncue.tui.widgets.rows import RowList
from oncue.workbench.state import State

if TYPE_CHECKING:
    from textual.widgets import TextArea

EMPTY = (
    line(("No step yet: the flow does nothing.", "strong")),
    line("Press ", ("a", "accent"), " to add the first one."),
)
KINDS = tuple(Option(kind, term.label, term.help) for kind, term in STEP_TYPES.items())
MESSAGES = tuple(Option(kind, term.label, term.help) for kind, term in MESSAGE_TYPES.items())
PARTICIPANTS = tuple(Option(kind, term.label, term.help) for kind, term in PARTICIPANT_TYPES.items())
LABELS = 7
"""Cells of the labels left of the fields."""

_LABELS: Mapping[str, str] = {
    "text": "Text",
    "message_type": "As",
    "agent": "Agent",
    "participant_types": "Whom",
    "participant_type": "Who",
    "name": "Name",
    "attributes": "Set",
}
ATTRIBUTES_HELP = 'one per line: plan = "pro"  visits = 3'


class StepsPane(Pane):
    """Steps that can be added, edited, reordered and removed."""

    BINDINGS = bindings("steps")
    number, title = 3, "Steps"

    def __init__(self) -> None:
        super().__init__(id="steps")
        self._flow: Flow | None = None
        self._form_for: tuple[str, int, str] | None = None
        self._built = False
        self._filled: Step | None = None
        self._typing: str | None = None
        self._owners: WeakKeyDictionary[Widget, tuple[str, int, str]] = WeakKeyDictionary()
        self._entering = False

    def compose(self) -> ComposeResult:
        """The list, the actions, the fields."""
        yield RowList[tuple[int, Step]](_draw, empty=EMPTY, id="step-rows")
        yield ActionBar("steps.add", "steps.up", "steps.down", "steps.duplicate", "steps.remove", id="step-actions")
        yield VerticalScroll(id="step-form", can_focus=False)

    def on_mount(self) -> None:
        """Start without fields."""
        super().on_mount()
        self._form.display = False

    def show(self, state: State) -> None:
        """Show the steps of the open flow."""
        flow, before = state.flow, self._flow
        self._typing = state.session.typing
        if flow is before and before is not None:
            return
        self._flow = flow
        steps = flow.steps if flow else ()
        same_flow = before is not None and flow is not None and before.id == flow.id
        rows = self._rows
        rows.empty = EMPTY if flow else (line(("Open a flow to see its steps.", "muted")),)
        if not same_flow or before is None or before.steps != steps:
            rows.show(
                tuple(enumerate(steps, 1)), self._cursor_after(before.steps, steps) if same_flow and before else 0
            )
        self.retitle("" if flow is None else str(len(steps)), "" if flow is None else "run from top to bottom")
        self._show_form()

    def enter(self) -> None:
        """Go to the list."""
        self.screen.set_focus(self._rows)

    def focus_step(self, number: int) -> None:
        """Go to a step, counted from 1."""
        self._rows.move(number - 1)
        self.screen.set_focus(self._rows)

    def on_row_list_moved(self, event: "RowList.Moved") -> None:
        """Show the fields of the step under the cursor."""
        event.stop()
        self._show_form()

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        """Go to the fields."""
        event.stop()
        if event.clicks != 1:
            self.action_edit_step()

    def action_add_step(self) -> None:
        """Ask for a kind, and add it below the cursor."""
        if self._flow is None:
            return
        at = self._rows.cursor + 1 if self._flow.steps else 0
        self.post_message(AddStepRequested(at))

    def action_edit_step(self) -> None:
        """Go to the first field."""
        self._entering = True
        self.screen.set_focus(self._rows)
        self._show_form()

    def _enter_form(self) -> None:
        """Go to the first field after the kind."""
        self._entering = False
        fields = [widget for widget in self._form.query("*") if widget.focusable]
        if fields:
            self.screen.set_focus(fields[min(1, len(fields) - 1)])

    def action_move_step(self, by: int) -> None:
        """Move the step under the cursor."""
        index = self._rows.cursor
        if self._flow is not None and 0 <= index + by < len(self._flow.steps):
            self._edit("Move a step", partial(edits.move_step, index=index, to=index + by))

    def action_duplicate_step(self) -> None:
        """Copy the step under the cursor."""
        if self._step is not None:
            self._edit("Duplicate a step", partial(edits.duplicate_step, index=self._rows.cursor))

    def action_remove_step(self) -> None:
        """Remove the step under the cursor; undo brings it back."""
        if self._step is not None:
            self._edit("Remove a step", partial(edits.remove_step, index=self._rows.cursor))

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        """A text was typed."""
        event.stop()
        text = event.text_area.text
        if event.text_area.name == "attributes":
            attributes = parse_attributes(text)
            if attributes is not None:
                self._typed(event.text_area, attributes)
        else:
            self._typed(event.text_area, text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A name was typed."""
        event.stop()
        if event.value == event.input.value:  # otherwise more was typed since, which will be told too
            self._typed(event.input, event.value)

    def on_choice_picked(self, event: Choice.Picked) -> None:
        """A kind or a type was chosen."""
        event.stop()
        index = self._rows.cursor
        if event.choice.name == "type":
            kind = cast("StepType", event.value)
            self._edit("Change a step's kind", partial(edits.retype_step, index=index, kind=kind))
        elif event.choice.name is not None:
            change = partial(edits.change_step, index=index, **cast("Any", {event.choice.name: event.value}))
            self._edit("Change a step", cast("Any", change))

    def on_chip_bar_toggled(self, event: ChipBar.Toggled) -> None:
        """Whom to notify was changed."""
        event.stop()
        chosen = fields_of(self._step).get("participant_types") if self._step else None
        value = cast("ParticipantType", event.value)
        self._choose_types(edits.toggled(chosen, value, PARTICIPANT_TYPES))

    def on_chip_bar_chosen(self, event: ChipBar.Chosen) -> None:
        """All, none or one were asked for."""
        event.stop()
        self._choose_types(event.values)

    def _choose_types(self, types: frozenset[Any] | None) -> None:
        change = partial(edits.change_step, index=self._rows.cursor, participant_types=types)
        self._edit("Change whom to notify", cast("Any", change))

    def _typed(self, field: Widget, value: object) -> None:
        """Change the step that ``field`` is of, wherever the cursor is now."""
        owner = self._owners.get(field)
        if owner is not None and field.name is not None:
            flow_id, index, kind = owner
            wanted = None if kind == "remove_participant" and not value else value
            change = partial(edits.change_step, index=index, **cast("Any", {field.name: wanted}))
            self._edit("Change a step", cast("Any", change), _merge_key(index, field.name), flow_id)

    def _edit(self, label: str, change: Any, merge: str | None = None, flow_id: str | None = None) -> None:
        self.post_message(Edit(label, change, merge, flow_id))

    def _cursor_after(self, before: Sequence[Step], after: Sequence[Step]) -> int:
        """Where the cursor belongs after an edit: on the step that came, moved or changed."""
        changed = [index for index, step in enumerate(after) if index >= len(before) or step != before[index]]
        cursor = self._rows.cursor
        if not changed or len(after) < len(before):
            return cursor
        if len(after) > len(before):
            return changed[0]
        if cursor in changed and len(changed) == 2 and before[cursor] in after:
            return changed[0] if changed[1] == cursor else changed[1]
        return changed[0] if len(changed) == 1 else cursor

    def mark(self, focused: bool) -> None:
        """Show the fields; those that nobody edits give their room to the list."""
        super().mark(focused)
        if focused:
            self._show_form()
        else:
            self._form.display = False

    def _show_form(self) -> None:
        step, flow = self._step, self._flow
        if not self.has_inner_focus:
            return
        self._form.display = step is not None
        wanted = (flow.id if flow else "", self._rows.cursor, step.type if step else "")
        if wanted != self._form_for:
            focused = self._focused_name() if self._form_for and self._form_for[:2] == wanted[:2] else None
            self._form_for, self._built = wanted, False
            self.run_worker(self._rebuild(step, focused), group="step-form", exclusive=True)
        elif step is not None and self._built:
            self._fill(step)
            if self._entering:
                self._enter_form()

    def _focused_name(self) -> str | None:
        focused = self.screen.focused
        return focused.name if focused is not None and self._form in focused.ancestors else None

    async def _rebuild(self, step: Step | None, focused: str | None) -> None:
        """Mount the fields of another kind of step."""
        owner = self._form_for
        self._filled = None
        async with self.batch():
            await self._form.remove_children()
            if step is None:
                return
            widgets: list[Widget] = [Choice("What to do", KINDS, name="type", label="Do", label_width=LABELS)]
            for name in fields_of(step):
                if name != "type":
                    widgets += _field(name)
            await self._form.mount_all(widgets)
            self._built = True
            if owner is not None:
                self._owners.update((widget, owner) for widget in self._form.query("*"))
            current = self._step
            if current is not None and current.type == step.type:
                self._fill(current)
        if self._entering:
            self._enter_form()
        elif focused is not None:
            for widget in self._form.query("*"):
                if widget.name == focused:
                    self.screen.set_focus(widget)

    def _fill(self, step: Step) -> None:
        """Show the values of ``step``, but in a field that is being typed into, which may be ahead of the step."""
        values, before = fields_of(step), fields_of(self._filled) if self._filled else {}
        self._filled = step
        index = self._rows.cursor
        for widget in self._form.query("*"):
            name = widget.name or ""
            value = values.get(name)
            same = name in before and before[name] == value
            ahead = widget.has_focus and (same or self._typing == _merge_key(index, name))
            if (isinstance(widget, Choice) and widget.name is not None) or isinstance(widget, ChipBar):
                widget.show(value)
            elif isinstance(widget, Input) and not ahead:
                _put(widget, value or "")
            elif isinstance(widget, _text_area()) and not ahead:
                _put_text(widget, attributes_text(value) if name == "attributes" else value or "")

    @property
    def _step(self) -> Step | None:
        """The step under the cursor."""
        row = self._rows.current
        return None if row is None else row[1]

    @property
    def _rows(self) -> "RowList[tuple[int, Step]]":
        return self.query_one("#step-rows", RowList)

    @property
    def _form(self) -> VerticalScroll:
        return self.query_one("#step-form", VerticalScroll)


def _merge_key(index: int, name: str) -> str:
    return f"step {index} {name}"


def _draw(row: tuple[int, Step], width: int) -> Sequence[Line]:
    number, step = row
    detail = STEP_KINDS[step.type].detail(step)
    shown = (f"  {detail}", "muted") if detail else ("", "")
    return (line((f"{number:>2} ", "muted"), STEP_TYPES[step.type].label, shown),)


def _text_area() -> "type[TextArea]":
    """Textual's text area, whose import takes a tenth of the app's start, so it waits until a step is edited."""
    from textual.widgets import TextArea

    return TextArea


def _field(name: str) -> list[Widget]:
    """The widget for a field of a step; text fields cannot draw their label."""
    label = _LABELS[name]
    match name:
        case "text" | "attributes":
            area = _text_area()(compact=True, name=name, tab_behavior="focus", highlight_cursor_line=False)
            area.placeholder = ATTRIBUTES_HELP if name == "attributes" else ""
            return [Horizontal(Label(label, markup=False), area)]
        case "message_type":
            return [Choice("Message type", MESSAGES, name=name, label=label, label_width=LABELS)]
        case "participant_type":
            return [Choice("Participant", PARTICIPANTS, name=name, label=label, label_width=LABELS)]
        case "participant_types":
            labels: dict[str, str] = {key: term.label for key, term in PARTICIPANT_TYPES.items()}
            return [ChipBar(labels, name=name, label=label, label_width=LABELS - 1)]
        case _:
            return [Horizontal(Label(label, markup=False), Field(name=name))]


def _put(field: Input, text: str) -> None:
    if field.value != text:
        with field.prevent(Input.Changed):
            field.value = text
            field.cursor_position = len(text)


def _put_text(area: "TextArea", text: str) -> None:
    if area.text != text:
        with area.prevent(type(area).Changed):
            area.text = text


def attributes_text(attributes: Mapping[str, str | int | float | bool] | None) -> str:
    """Attributes as they are edited: a line each, values as JSON writes them."""
    return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in (attributes or {}).items())


def parse_attributes(text: str) -> dict[str, str | int | float | bool] | None:
    """The attributes that ``text`` spells; a value that is no JSON is a text. ``None`` while a line has no ``=``."""
    found: dict[str, str | int | float | bool] = {}
    for each in text.split("\n"):
        if not each.strip():
            continue
        key, equals, written = each.partition("=")
        if not equals or not key.strip():
            return None
        found[key.strip()] = _value(written.strip())
    return found


def _value(written: str) -> str | int | float | bool:
    try:
        value = json.loads(written, parse_constant=lambda constant: constant)
    except (ValueError, RecursionError):
        return written
    return value if isinstance(value, str | int | float | bool) else written
