"""An event: something that happened in a conversation, to be matched against triggers.

Real events leave things out. What an event does not state is ``None``, which means *unknown*: it is never
guessed, and equal to nothing. Matching looks at five small fields only, the `EventKey`; an event computes its
key once and carries it, so that matching costs one look-up.
"""

from dataclasses import field
from typing import NamedTuple

from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Moment
from oncue.domain.values import value
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType

MESSAGE_RULE = 'message is only for event = "message_created"; remove it'


class EventKey(NamedTuple):
    """All that matching depends on. A plain tuple of the same five values is equal to it."""

    event: str
    channel: str | None = None
    instance: str | None = None
    participant_type: str | None = None
    message_type: str | None = None


@value
class Participant:
    """Who started, joined, left or wrote."""

    type: ParticipantType | None = None
    id: str | None = None
    name: str | None = None


@value
class Message:
    """What was written."""

    type: MessageType | None = None
    text: str | None = None


@value
class Event:
    """Something that happened in a conversation. Every key but ``event`` may be missing.

    ``at`` is when it happened, ``id`` names the event itself, ``conversation`` the conversation it is of.
    """

    event: EventKind
    channel: str | None = None
    instance: str | None = None
    conversation: str | None = None
    participant: Participant | None = None
    message: Message | None = None
    at: Moment | None = None
    id: str | None = None
    key: EventKey = field(init=False, repr=False, compare=False)
    """What matching sees of this event."""

    def __post_init__(self) -> None:
        participant, message = self.participant, self.message
        if message is not None and self.event != "message_created":
            raise ContradictionError(MESSAGE_RULE, "message")
        key = EventKey(
            self.event,
            self.channel,
            self.instance,
            participant.type if participant else None,
            message.type if message else None,
        )
        object.__setattr__(self, "key", key)
