"""A recorded event: an event as captures and recordings have it, made in a tenth of the time of a value of the domain.

It has the attributes of `oncue.domain.events.Event`. Whoever makes one vouches for the types of its fields: a decoder,
or an importer that reads payloads through `oncue.importers.fields`.

Importing this imports msgspec; only what reads recordings does.
"""

import json
from datetime import datetime

import msgspec

from oncue.domain.events import Event, Message, Participant
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType

_DELETE = 0x7F  # looked for as a number: for a byte as ``bytes``, `in` takes ten times as long


class RecordedParticipant(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Who started, joined, left or wrote."""

    type: ParticipantType | None = None
    id: str | None = None
    name: str | None = None


class RecordedMessage(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What was written."""

    type: MessageType | None = None
    text: str | None = None


class RecordedEvent(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """An event of a recording, with the attributes and the order of those of an `Event`."""

    event: EventKind
    channel: str | None = None
    instance: str | None = None
    conversation: str | None = None
    participant: RecordedParticipant | None = None
    message: RecordedMessage | None = None
    at: datetime | None = None
    id: str | None = None
    provider: str | None = None

    @classmethod
    def of(cls, event: Event) -> "RecordedEvent":
        """The recorded event that is the same as ``event``."""
        by, what = event.participant, event.message
        return cls(
            event.event,
            event.channel,
            event.instance,
            event.conversation,
            None if by is None else RecordedParticipant(by.type, by.id, by.name),
            None if what is None else RecordedMessage(what.type, what.text),
            event.at,
            event.id,
            event.provider,
        )

    def as_event(self) -> Event:
        """The same event as a value of the domain."""
        by, what = self.participant, self.message
        return Event(
            event=self.event,
            channel=self.channel,
            instance=self.instance,
            conversation=self.conversation,
            participant=None if by is None else Participant(type=by.type, id=by.id, name=by.name),
            message=None if what is None else Message(type=what.type, text=what.text),
            at=self.at,
            id=self.id,
            provider=self.provider,
        )

    def as_json(self) -> bytes:
        """The event as JSON in printable ASCII, without what it does not state."""
        encoded = encode(self)
        if encoded.isascii() and _DELETE not in encoded:
            return encoded
        return _encode_ascii(msgspec.to_builtins(self)).encode()


encode = msgspec.json.Encoder().encode
_encode_ascii = json.JSONEncoder(separators=(",", ":")).encode
