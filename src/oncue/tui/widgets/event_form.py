"""What one writes with in the simulator: one row says as whom and on which instance, one what is said.

It is below the conversation, as in any chat, so that tab goes there from the conversation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from textual.app import ComposeResult
from textual.message import Message as TextualMessage
from textual.widgets import Input

from oncue.domain.events import Event, Message, Participant
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, MessageType, ParticipantType
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.frames import Column, Row
from oncue.workbench.event_choices import NAMES, Person

TEXT = "Hello!"
"""What is written if nobody writes anything."""

_WHO = tuple(Option(kind, term.label, term.help) for kind, term in PARTICIPANT_TYPES.items())
_WHAT = tuple(Option(kind, term.label, term.help) for kind, term in MESSAGE_TYPES.items())
_WRITTEN = ("text", "html")
"""Messages that have a text if nobody writes one; a picture does without."""
_LABELS = 3
"""Cells of the labels left of the fields."""


class EventForm(Column):
    """Fields for everything about an event but its kind, which is a key."""

    class Sent(TextualMessage):
        """The text was committed: it is to be sent."""

    @dataclass(eq=False, repr=False)
    class InstanceChosen(TextualMessage):
        """Another channel instance was chosen; ``after`` says which, given the present one."""

        after: Callable[[str | None], str | None]

    def compose(self) -> ComposeResult:
        with Row(id="play-whom"):
            yield Choice("Participant", _WHO, id="play-who", label="as", label_width=_LABELS, compact=True)
            yield Field(placeholder=NAMES["contact"][0], id="play-name")
            yield Choice("Instance", id="play-instance", label=" on", label_width=_LABELS + 1, compact=True)
        with Row(id="play-what"):
            yield Choice("Message type", _WHAT, id="play-type", label="", label_width=_LABELS, compact=True)
            yield Field(placeholder=f"{TEXT} (enter sends)", id="play-text")

    def show(self, instance: str | None, instances: Sequence[Option]) -> None:
        """Show where the event happens, and where it could."""
        self.query_one("#play-instance", Choice).show(instance, instances)

    @property
    def called(self) -> Mapping[ParticipantType, str]:
        """The name that was typed, by the type that it was typed for."""
        name = self._called.text.strip()
        return {self.who.type: name} if name else {}

    @property
    def who(self) -> Person:
        """Who acts."""
        kind = cast("ParticipantType", self.query_one("#play-who", Choice).value)
        return Person(kind, self._called.text.strip() or self._called.placeholder)

    @property
    def what(self) -> MessageType:
        """The type of what is sent."""
        return cast("MessageType", self.query_one("#play-type", Choice).value)

    def act_as(self, person: Person) -> None:
        """Let ``person`` act from now on."""
        self.query_one("#play-who", Choice).show(person.type)
        self._called.value, self._called.placeholder = "", person.name

    def send_as(self, kind: MessageType) -> None:
        """Send messages of this type from now on."""
        self.query_one("#play-type", Choice).show(kind)

    def take_event(self, kind: EventKind) -> Event:
        """The event as the form has it. A text is taken out, so that the next one can be written."""
        who = self.who
        participant = Participant(type=who.type, name=who.name)
        if kind != "message_created":
            return Event(event=kind, participant=participant)
        text = self._text.text or (TEXT if self.what in _WRITTEN else None)
        message = Message(type=self.what, text=text)
        self._text.value = ""
        return Event(event=kind, participant=participant, message=message)

    def on_choice_picked(self, event: Choice.Picked) -> None:
        event.stop()
        if event.choice.id == "play-instance":
            self.post_message(self.InstanceChosen(event.after))
            return
        event.choice.show(event.after(event.choice.value))
        if event.choice.id == "play-who":
            self._called.placeholder = NAMES[self.who.type][0]

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()  # nobody else is to take it for a change of a flow

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._text:
            self.post_message(self.Sent())
        else:
            self.screen.set_focus(self._text)

    @property
    def _called(self) -> Field:
        return self.query_one("#play-name", Field)

    @property
    def _text(self) -> Field:
        return self.query_one("#play-text", Field)
