"""The field in which the value of one condition is edited, and below it the words that the workspace knows.

`ValueFields` belongs to one condition of one flow for as long as it lives: what is told late, by a field that has been
replaced meanwhile, still is about the condition that it was typed for. `ConditionEditor` replaces them when another
condition is edited.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from oncue.domain.conditions import ONCE_PER
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.domain.workspace import Workspace
from oncue.text import editable, from_editable
from oncue.tui.background import in_background
from oncue.tui.framework.text_keys import TextKeys, put_text
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.chips import SHORT_LABELS, ChipBar
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.word_line import WordLine
from oncue.workbench.condition_forms import FORMS
from oncue.workbench.condition_text import read_value
from oncue.workbench.known_words import completions, known_words

if TYPE_CHECKING:
    from textual.widgets import TextArea

_LIMITS = tuple(Option(limit, f"Once per {limit}", help) for limit, help in ONCE_PER.items())


class Place(NamedTuple):
    """Which condition: its flow and its key. ``turn`` counts how often a field was opened."""

    flow_id: str
    key: str
    turn: int = 0

    @property
    def merge_key(self) -> str:
        """Edits in a row with this key, all of one turn, are one step of undo."""
        return f"when {self.key} {self.turn}"


@dataclass(eq=False, repr=False)
class ValueChanged(Message):
    """The condition at ``place`` has another value.

    ``text``: what was typed, of which ``value`` may be only a part. ``toggled``: ``value`` is one of the condition's
    values, which goes or comes. ``picked``: which value it is depends on the one that there is by then.
    """

    place: Place
    value: object = None
    text: str | None = None
    toggled: bool = False
    picked: Choice.Picked | None = None
    run: int = 0
    """Which run of typing it is part of."""


@dataclass(eq=False, repr=False)
class EditingDone(Message):
    """The value is written to its end."""


class ValueFields(Vertical):
    """The field of one condition. What changes is told to ``tell``, which lives longer than it does."""

    DEFAULT_CSS = """
    ValueFields { height: auto; padding: 0 0 0 14; }
    ValueFields Field, ValueFields TextArea { width: 1fr; }
    """

    def __init__(self, place: Place, value: object, workspace: Workspace, tell: Callable[[Message], object]) -> None:
        super().__init__()
        self.place = place
        self.filled = False
        self._value, self._workspace, self._tell = value, workspace, tell
        self._known: Sequence[str] = ()
        self._offered: Sequence[str] = ()
        self._taken: int | None = None
        """Which of the offered words is in the text by now, so that the next one can take its place."""

    def compose(self) -> ComposeResult:
        key, form = self.place.key, FORMS[self.place.key]
        match form.kind:
            case "lines" | "attributes":
                from oncue.tui.widgets.area import Area

                yield Area(key, form.hint)
            case "line":
                yield Field(name=key, placeholder=form.hint)
            case "types":
                yield ChipBar(
                    {kind: term.label for kind, term in PARTICIPANT_TYPES.items()}, name=key, short=SHORT_LABELS
                )
            case "hours":
                there = self._workspace.config.hours_by_id
                unknown = [each for each in cast("tuple[str, ...]", self._value or ()) if each not in there]
                yield ChipBar({each: each for each in (*there, *unknown)}, name=key)
            case _:
                yield Choice(form.label, _LIMITS, name=key)
        if self._typed:
            self._known = known_words(self._workspace, key)
            yield WordLine()

    def fill(self, value: Any, text: str, typing: str | None) -> None:
        """Show ``value``, or the ``text`` that was typed for it, but not over what is being typed right now.

        ``typing`` is the merge key of the latest edit, if it was a letter.
        """
        field, same = self.field, self.filled and self._value == value
        self._value = value
        ahead = self.filled and field.has_focus and (same or typing == self.place.merge_key)
        self.filled = True
        if isinstance(field, ChipBar):
            field.show(frozenset(value or ()))
        elif isinstance(field, Choice):
            field.show(value)
        elif not ahead:
            self._put(text)
            self._offer()

    @property
    def field(self) -> Widget:
        """The field itself."""
        return next(each for each in self.children if each.name == self.place.key)

    def take_word(self, index: int | None = None) -> None:
        """Write a word of those that are offered into the line of the caret, by default the next one."""
        if not self._typed or not self._offered:
            return
        self._taken = self._next if index is None else index
        word = self._offered[self._taken]
        field = self.field
        if isinstance(field, Input):
            field.value = editable(word)
            field.cursor_position = len(field.value)
        else:
            area = cast("TextArea", field)
            row = area.cursor_location[0]
            area.replace(editable(word, keep="\t"), (row, 0), (row, len(area.document.get_line(row))))
            area.move_cursor((row, len(area.document.get_line(row))))
        self.screen.set_focus(field)

    def on_word_line_taken(self, event: WordLine.Taken) -> None:
        event.stop()
        self.take_word(event.index)

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        event.stop()
        self._tell_text(from_editable(event.text_area.text))

    def on_text_area_selection_changed(self, event: "TextArea.SelectionChanged") -> None:
        event.stop()
        self._offer()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == event.input.value:  # otherwise more was typed since, which will be told too
            self._tell_text(from_editable(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._tell(EditingDone())

    def on_input_blurred(self, event: Input.Blurred) -> None:
        event.stop()

    def on_choice_picked(self, event: Choice.Picked) -> None:
        event.stop()
        self._tell(ValueChanged(self.place, picked=event))

    def on_chip_bar_toggled(self, event: ChipBar.Toggled) -> None:
        event.stop()
        self._tell(ValueChanged(self.place, event.value, toggled=True))

    def on_chip_bar_chosen(self, event: ChipBar.Chosen) -> None:
        event.stop()
        chosen = frozenset(event.bar.labels) if event.values is None else event.values
        ordered = tuple(each for each in event.bar.labels if each in chosen)
        self._tell(ValueChanged(self.place, (ordered if FORMS[self.place.key].kind == "hours" else chosen) or None))

    @property
    def _typed(self) -> bool:
        return FORMS[self.place.key].kind in ("lines", "line", "attributes")

    @property
    def _next(self) -> int:
        """The word that is taken next."""
        return 0 if self._taken is None else (self._taken + 1) % len(self._offered)

    def _tell_text(self, text: str) -> None:
        self._tell(
            ValueChanged(self.place, read_value(self.place.key, text).value, text, run=cast("TextKeys", self.field).run)
        )
        self._offer()

    def _text(self) -> tuple[str, int]:
        """What the field has, and the line of it that the caret is in."""
        field = self.field
        if isinstance(field, Input):
            return from_editable(field.value), 0
        area = cast("TextArea", field)
        return from_editable(area.text), area.cursor_location[0]

    def _offer(self) -> None:
        """Offer the words that can be meant by the line of the caret; those of before while one of them is in it."""
        text, at = self._text()
        # What is shown as a picture may be a line break of the text, so the lines are those of the field.
        lines = text.split("\n") if text.count("\n") >= at and self._many else [text]
        at = min(at, len(lines) - 1)
        typed = lines[at]
        if self._taken is None or self._taken >= len(self._offered) or typed != self._offered[self._taken]:
            self._taken = None
            self._offered = completions(self._known, typed, (*lines[:at], *lines[at + 1 :]))
        wrong = read_value(self.place.key, text).complaints
        self.query_one(WordLine).show(wrong[0] if wrong else "", self._offered, self._next if self._offered else 0)

    @property
    def _many(self) -> bool:
        return FORMS[self.place.key].kind != "line"

    def _put(self, text: str) -> None:
        """Put ``text`` into the field, as nobody typed it."""
        field = self.field
        # A text area makes one kind of line break of all kinds.
        put_text(field, editable(text, keep="" if isinstance(field, Input) else "\n\t"), end=True)


class ConditionEditor(Vertical):
    """The field of the condition that is edited; hidden while none is."""

    BINDINGS = bindings("values")

    def __init__(self, *, id: str, beyond: Widget) -> None:
        super().__init__(id=id)
        self.display = False
        self._beyond = beyond
        self._fields: ValueFields | None = None
        self._shown: tuple[Any, str, str | None] = (None, "", None)
        self._replacing = False
        self._entering = False

    def show(self, place: Place, value: Any, text: str, typing: str | None, workspace: Workspace) -> None:
        """Show the condition at ``place``; for the other parameters see `ValueFields`."""
        self._shown = (value, text, typing)
        if not self.display:
            self.display = True
        if self._fields is None or self._fields.place != place:
            self._fields = ValueFields(place, value, workspace, self.post_message)
            if not self._replacing:
                self._replacing = True
                in_background(self, self._replace, group="condition-editor")
        elif self._fields.filled:
            self._fields.fill(*self._shown)

    def enter(self) -> None:
        """Go to the field of the condition that was shown last, as soon as it is there."""
        self._entering = True
        self._go()

    def leave(self) -> None:
        """Hide the field, and forget it: the words that it knows may be others the next time."""
        self._entering = False
        self._fields = None
        self.display = False

    def on_resize(self) -> None:
        self.stay_in_sight()

    def stay_in_sight(self) -> None:
        """Scroll the form, if need be: what is said of the text grows, and so do the rows above.

        What is ``beyond`` it is to be seen, too, if there is room for both.
        """
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            self.call_after_refresh(self._beyond.scroll_visible, animate=False)
            self.call_after_refresh(self.scroll_visible, animate=False)

    def action_complete(self) -> None:
        if self._fields is not None and self._fields.filled:
            self._fields.take_word()

    async def _replace(self) -> None:
        """Mount the field that is to be seen by now, in a loop: a removal that is cancelled cannot be repeated."""
        try:
            while (fields := self._fields) is not None and not fields.filled:
                async with self.batch():
                    await self.remove_children()
                    await self.mount(fields)
                    if fields is self._fields:
                        fields.fill(*self._shown)
        finally:
            self._replacing = False
        self._go()

    def _go(self) -> None:
        if self._entering and self._fields is not None and self._fields.filled:
            self._entering = False
            self.screen.set_focus(self._fields.field)
            self.stay_in_sight()
