"""The form of the simulator's next event: where it happens, who does it, and what is written."""

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
from oncue.tui.widgets.frames import Column, FieldGrid
from oncue.tui.widgets.text_block import TextBlock

NAMES: Mapping[ParticipantType, str] = {
    "contact": "Jane",
    "agent": "Anna",
    "bot": "Robin",
    "flow": "Flow",
    "access_key": "CRM sync",
    "connector": "Spring campaign",
    "channel": "Phone app",
    "automation": "Inbox rule",
}
"""What a participant of each type is called if nobody says otherwise."""

TEXT = "Hello!"
"""What is written if nobody writes anything."""

_WHO = tuple(Option(kind, term.label, term.help) for kind, term in PARTICIPANT_TYPES.items())
_WHAT = tuple(Option(kind, term.label, term.help) for kind, term in MESSAGE_TYPES.items())
_LABELS = 5
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
        yield Choice("Instance", id="play-instance", label="On", label_width=_LABELS)
        yield Choice("Participant", _WHO, id="play-who", label="As", label_width=_LABELS)
        yield Choice("Message type", _WHAT, id="play-type", label="Type", label_width=_LABELS)
        with FieldGrid(id="play-form"):
            yield TextBlock([("Name", "muted"), ("Text", "muted")], id="play-labels")
            yield Field(placeholder=NAMES["contact"], id="play-name")
            yield Field(placeholder=f"{TEXT} (enter sends)", id="play-text")

    def show(self, instance: str | None, instances: Sequence[Option]) -> None:
        """Show where the event happens, and where it could."""
        self.query_one("#play-instance", Choice).show(instance, instances)

    def take_event(self, kind: EventKind) -> Event:
        """The event as the form has it. A text is taken out, so that the next one can be written."""
        who = self._who
        participant = Participant(type=who, name=self._called.text.strip() or NAMES[who])
        if kind != "message_created":
            return Event(event=kind, participant=participant)
        message_type = cast("MessageType", self.query_one("#play-type", Choice).value)
        message = Message(type=message_type, text=self._text.text or TEXT)
        self._text.value = ""
        return Event(event=kind, participant=participant, message=message)

    def on_choice_picked(self, event: Choice.Picked) -> None:
        event.stop()
        if event.choice.id != "play-instance":
            event.choice.show(event.after(event.choice.value))
            self._called.placeholder = NAMES[self._who]
        else:
            self.post_message(self.InstanceChosen(event.after))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()  # nobody else is to take it for a change of a flow

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._text:
            self.post_message(self.Sent())
        else:
            self.screen.set_focus(self._text)

    @property
    def _who(self) -> ParticipantType:
        return cast("ParticipantType", self.query_one("#play-who", Choice).value)

    @property
    def _called(self) -> Field:
        return self.query_one("#play-name", Field)

    @property
    def _text(self) -> Field:
        return self.query_one("#play-text", Field)
