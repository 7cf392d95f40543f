"""The fields of one step, made from what the table of step kinds says of its fields (`form_of`).

`StepFields` belongs to one place, a kind of step at an index of a flow, for as long as it lives: so what is told late,
by a field that has been replaced meanwhile, still is about the step that it was typed for. `StepForm` replaces
them when another place is to be seen; mounting a text area costs more than everything else that a key does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantBlur
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label

from oncue.domain.steps import STEP_TYPES, Form, Step, StepType, form_of
from oncue.domain.values import fields_of
from oncue.domain.vocabulary import Term
from oncue.text import editable, from_editable
from oncue.tui.background import in_background
from oncue.tui.framework.text_keys import TextKeys, put_text
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.chips import ChipBar
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.placeholder_line import Names, PlaceholderLine
from oncue.workbench.attribute_text import HINT, attributes_text, complaint, parse_attributes, unfinished_lines

if TYPE_CHECKING:
    from textual.widgets import TextArea

LABELS = 7
"""Cells of the labels left of the fields."""


class Place(NamedTuple):
    """Which step: its flow, its index there (``at``), and its kind."""

    flow_id: str
    at: int
    kind: StepType

    def merge_key(self, name: str) -> str:
        """Edits in a row with this key are one step of undo."""
        return f"step {self.at} {name}"


def _options(terms: Mapping[str, Term]) -> tuple[Option, ...]:
    return tuple(Option(value, term.label, term.help) for value, term in terms.items())


KINDS = _options(cast("Mapping[str, Term]", STEP_TYPES))


@dataclass(eq=False, repr=False)
class StepChanged(Message):
    """A field of the step at ``place`` has another value; ``typed``: with a letter, more of which may follow.

    ``toggled``: ``value`` is one of the field's values, which goes or comes. ``picked``: which value it is depends on
    the one that the field has when the change is made.
    """

    place: Place
    name: str
    value: object
    typed: bool = False
    toggled: bool = False
    picked: Choice.Picked | None = None
    run: int = 0
    """Which run of typing it is part of."""
    text: str | None = None
    """What was typed, where the value may be only a part of that."""


class StepFields(Vertical):
    """The fields of the step at one place. What changes is told to ``tell``, which lives longer than they do."""

    DEFAULT_CSS = """
    StepFields, StepFields Horizontal { height: auto; }
    StepFields Label { width: 7; color: $muted; }
    StepFields Field, StepFields TextArea { width: 1fr; }
    """

    def __init__(
        self, place: Place, step: Step, tell: Callable[[StepChanged], object], placeholders: Names = tuple
    ) -> None:
        super().__init__()
        self.place = place
        self.filled: Step | None = None
        self._step, self._tell, self._placeholders = step, tell, placeholders
        self.offers: PlaceholderLine | None = None
        """What completes placeholders in the text; no kind of step has two of those."""

    def compose(self) -> ComposeResult:
        yield Choice("What to do", KINDS, name="type", label="Do", label_width=LABELS)
        for name, form in form_of(self.place.kind).items():
            if form.kind not in ("text", "attributes", "name"):
                yield _widget(name, form)
                continue
            field = _text_field(name, form)
            yield Horizontal(Label(form.label, markup=False), field)
            if self.place.kind != "wait":
                self.offers = PlaceholderLine(field, self._placeholders, LABELS)
                yield self.offers

    def fill(self, step: Step, typing: str | None, attributes: str | None) -> None:
        """Show the values of ``step``, but not in a field that is being typed into, which may be ahead of the step.

        ``typing`` is the merge key of the latest edit, if it was a letter. ``attributes`` is the text of the attributes
        as it was typed, with lines that are none yet.
        """
        before = fields_of(self.filled) if self.filled else {}
        self.filled = step
        for name, value in fields_of(step).items():
            widget = self._widget(name)
            same = name in before and before[name] == value
            ahead = widget.has_focus and (same or typing == self.place.merge_key(name))
            if isinstance(widget, Choice | ChipBar):
                widget.show(value)
            elif not ahead:
                spelled = attributes_text(value) if name == "attributes" and attributes is None else attributes
                _put(widget, spelled or "" if name == "attributes" else value or "")
        self._offer()

    @property
    def focused_name(self) -> str | None:
        """The name of the field that has the focus."""
        return next((widget.name for widget in self._fields if widget.has_focus), None)

    def focus_field(self, name: str = "") -> None:
        """Go to a field; without a name to the first one that says more than what kind of step it is."""
        fields = [widget for widget in self._fields if widget.focusable]
        named = [widget for widget in fields if widget.name == name]
        if fields:
            field = (named or fields[1:] or fields)[0]
            self.screen.set_focus(field)
            _go_to_end(field)
            # Where it is in the form is known when the new fields have been arranged.
            field.call_after_refresh(field.scroll_visible, animate=False)

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        event.stop()
        text = from_editable(event.text_area.text)
        if event.text_area.name == "attributes":
            self._typed(event.text_area, parse_attributes(text), text)
        else:
            self._typed(event.text_area, text)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        if event.widget.name == "attributes":
            text = from_editable(cast("TextArea", event.widget).text)
            for wrong in unfinished_lines(text)[:1]:
                self.notify(f"No attribute yet, and not saved: {complaint(wrong)}.", severity="error")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == event.input.value:  # otherwise more was typed since, which will be told too
            optional = form_of(self.place.kind)[event.input.name or ""].optional
            self._typed(event.input, None if optional and not event.value else from_editable(event.value))

    def on_choice_picked(self, event: Choice.Picked) -> None:
        event.stop()
        self._tell(StepChanged(self.place, event.choice.name or "", event.value, picked=event))

    def on_chip_bar_toggled(self, event: ChipBar.Toggled) -> None:
        event.stop()
        self._tell(StepChanged(self.place, event.bar.name or "", event.value, toggled=True))

    def on_chip_bar_chosen(self, event: ChipBar.Chosen) -> None:
        event.stop()
        self._tell(StepChanged(self.place, event.bar.name or "", event.values))

    def _offer(self) -> None:
        if self.offers is not None:
            self.offers.offer()

    def _typed(self, field: Widget, value: object, text: str | None = None) -> None:
        self._offer()
        self._tell(
            StepChanged(self.place, field.name or "", value, typed=True, run=cast("TextKeys", field).run, text=text)
        )

    @property
    def _fields(self) -> list[Widget]:
        return [widget for widget in self.query("*") if widget.name]

    def _widget(self, name: str) -> Widget:
        return next(widget for widget in self._fields if widget.name == name)


class StepForm(VerticalScroll, can_focus=False):
    """The fields of the step that is to be seen."""

    BINDINGS = bindings("values")

    def __init__(self, placeholders: Names = tuple, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._placeholders = placeholders
        self._fields: StepFields | None = None
        self._step: tuple[Step, str | None, str | None] | None = None
        self._replacing = False
        self._going_to: str | None = None
        """The field to go to when it is there; an empty name is the first one."""

    def show(self, place: Place, step: Step, typing: str | None, attributes: str | None = None) -> None:
        """Show ``step``, which is at ``place``; for the other parameters see `StepFields.fill`."""
        self._step = (step, typing, attributes)
        if self._fields is None or self._fields.place != place:
            if self._fields is not None and self._fields.place[:2] == place[:2] and self._going_to is None:
                self._going_to = self._fields.focused_name  # another kind of the same step
            self._fields = StepFields(place, step, self.post_message, self._placeholders)
            if not self._replacing:
                self._replacing = True
                in_background(self, self._replace, group="step-form")
        elif self._fields.filled is not None:
            self._fields.fill(*self._step)

    def enter(self, name: str = "") -> None:
        """Go to a field of the step that was shown last, by default the first one, as soon as it is there."""
        self._going_to = name
        self._go()

    def leave(self) -> None:
        """Hide the fields."""
        self._going_to = None
        self.display = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Override: there is nothing to complete but where something is offered."""
        return action != "complete" or (self._offers is not None and bool(self._offers.words))

    def action_complete(self) -> None:
        if self._offers is not None:
            self._offers.take()

    @property
    def _offers(self) -> PlaceholderLine | None:
        return None if self._fields is None else self._fields.offers

    async def _replace(self) -> None:
        """Mount the fields that are to be seen by now, in a loop: a removal that is cancelled cannot be repeated."""
        try:
            while (fields := self._fields) is not None and fields.filled is None:
                async with self.batch():
                    await self.remove_children()
                    await self.mount(fields)
                    if fields is self._fields and self._step is not None:
                        fields.fill(*self._step)
        finally:
            self._replacing = False
        self._go()

    def _go(self) -> None:
        if self._going_to is not None and self._fields is not None and self._fields.filled is not None:
            self._fields.focus_field(self._going_to)
            self._going_to = None


def _widget(name: str, form: Form) -> Widget:
    """The widget for a field of a step in which nothing is written."""
    if form.kind == "choice":
        title = name.replace("_", " ").capitalize()
        return Choice(title, _options(form.vocabulary), name=name, label=form.label, label_width=LABELS)
    labels = {value: term.label for value, term in form.vocabulary.items()}
    return ChipBar(labels, name=name, label=form.label, label_width=LABELS - 1)


def _text_field(name: str, form: Form) -> Widget:
    """The widget for a field in which something is written; such ones cannot draw their label."""
    if form.kind == "name":
        return Field(name=name)
    from oncue.tui.widgets.area import Area

    return Area(name, HINT if form.kind == "attributes" else "")


def _put(field: Widget, text: str) -> None:
    """Put ``text`` into a field, as nobody typed it."""
    # A text area makes one kind of line break of all kinds.
    one_line = isinstance(field, Input)
    put_text(field, editable(text, keep="" if one_line else "\n\t"), end=one_line)


def _go_to_end(field: Widget) -> None:
    """Put the caret where one goes on writing."""
    if isinstance(field, Input):
        field.cursor_position = len(field.value)
    elif not isinstance(field, Choice | ChipBar):
        area = cast("TextArea", field)
        area.move_cursor(area.document.end)
