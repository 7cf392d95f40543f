"""An event: something that happened in a conversation, to be matched against triggers.

Real events leave things out. What an event does not state is ``None``, which means *unknown*: it is never
guessed, and equal to nothing. Matching looks at five small fields only, the `EventKey`; an event computes its
key once and carries it, so that matching costs one look-up.
"""

from dataclasses import field
from typing import NamedTuple

from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Moment
from oncue.domain.values import described, summary, value
from oncue.domain.vocabulary import (
    CHANNEL_HELP,
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
    listing,
)

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

    type: ParticipantType | None = described(f"What they are.\n{listing(PARTICIPANT_TYPES)}", default=None)
    id: str | None = described("Their id.", default=None)
    name: str | None = described("Their name.", default=None)


@value
class Message:
    """What was written. Only for message_created."""

    type: MessageType | None = described(f"What kind of message it is.\n{listing(MESSAGE_TYPES)}", default=None)
    text: str | None = described("Its text.", default=None)


@value
class Event:
    """Something that happened in a conversation. What is missing is unknown, and never guessed.

    Every key but ``event`` may be missing.
    ``at`` is when it happened, ``id`` names the event itself, ``conversation`` the conversation it is of, ``provider``
    the platform that it was captured from.
    """

    event: EventKind = described(f"What happened.\n{listing(EVENT_KINDS)}")
    channel: str | None = described(f"On which channel. {CHANNEL_HELP}", default=None)
    instance: str | None = described("On which instance: its id, or one of its external_ids.", default=None)
    conversation: str | None = described("The id of the conversation.", default=None)
    participant: Participant | None = described(summary(Participant), default=None)
    message: Message | None = described(summary(Message), only_for="message_created", default=None)
    at: Moment | None = described("When it happened.", default=None)
    id: str | None = described("The id of the event itself.", default=None)
    provider: str | None = described("The platform that it was captured from.", default=None)
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
