"""What both forms of Twilio's events say: of conversations, participants and messages, on which address.

A message does not say on which address it is: its conversation's earlier events do, and are remembered, and so is who
a participant is. A messaging service is the instance where no address is known. An address says more than the word
beside it (``whatsapp:+31…`` beside ``SMS``).

Who has an address outside is the contact, who has an identity a user of the SDK: an agent. What was done through the
API by nobody in the conversation was done by an integration.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.importers import reasons
from oncue.importers.channels import Words, channel_of, media
from oncue.importers.fields import word
from oncue.importers.found import Found
from oncue.importers.memory import Memory
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

KINDS: Mapping[str, EventKind] = {
    "conversation.added": "conversation_created",
    "participant.added": "participant_added",
    "participant.removed": "participant_removed",
    "message.added": "message_created",
}
NO_KINDS: Mapping[str, str] = {
    "conversation.updated": reasons.STATE,
    "conversation-state.updated": reasons.STATE,
    "conversation.removed": reasons.DELETION,
    "message.updated": reasons.EDIT,
    "message.removed": reasons.DELETION,
    "participant.updated": reasons.PROFILE,
    "delivery.updated": reasons.RECEIPT,
    "user.added": reasons.PROFILE,
    "user.updated": reasons.PROFILE,
}
_CHANNELS: Words = {
    "": None,
    "api": None,  # the door through which somebody came in, and no channel
    "sdk": None,
    "chat": "live_chat",
    "google": "rcs",
    "apple": "apple_messages",
    "fbm": "messenger",
}
_PREFIX = re.compile(r"([a-z][a-z0-9_-]{1,31}):")
_ADDRESS = re.compile(r"(?:[A-Za-z][\w-]{1,31}:|\+\d)")


class Binding(NamedTuple):
    """The address of a participant outside (``address``), and ours, through which they are reached (``proxy``)."""

    kind: str = ""
    address: str | None = None
    proxy: str | None = None


NO_BINDING = Binding()


class Stated(NamedTuple):
    """What one event states, under whatever names."""

    conversation: str | None
    participant: str | None
    identity: str | None
    """Of the participant who came or went; of the user who acted, if a conversation was created."""
    author: str | None
    binding: Binding
    source: str
    service: str | None
    attachments: list[dict[str, Any]]
    has_content: bool
    """Whether the message was made of a content template."""
    body: str | None
    at: datetime | None
    id: str | None


class Conversations:
    """A capture of one of Twilio's two forms, which is the ``provider``."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._places: Memory[str, tuple[str | None, str]] = Memory()
        self._types: Memory[str, ParticipantType] = Memory()

    def read(self, kind: str, stated: Stated) -> Found:
        """The event of this ``kind``, one of `KINDS`, that states this."""
        event = KINDS[kind]
        channel, instance = self._place(stated)
        return RecordedEvent(
            event,
            channel,
            instance,
            stated.conversation,
            self._who(event, stated),
            RecordedMessage(_message_type(stated), stated.body) if event == "message_created" else None,
            stated.at,
            stated.id,
            self._provider,
        )

    def _place(self, stated: Stated) -> tuple[str | None, str | None]:
        binding, conversation = stated.binding, stated.conversation
        channel = _channel(stated)
        if binding.proxy is not None:
            if conversation is not None:
                self._places.set(conversation, (channel, binding.proxy))
            return channel, binding.proxy
        known = None if conversation is None else self._places.get(conversation)
        if known is None or (channel is not None and known[0] not in (channel, None)):
            return channel, stated.service
        return channel or known[0], known[1]

    def _who(self, event: EventKind, stated: Stated) -> RecordedParticipant | None:
        if event == "conversation_created":
            return _starter(stated)
        if event == "message_created":
            return self._author(stated)
        kind: ParticipantType | None = None
        if stated.binding.address is not None or stated.binding.kind:
            kind = "contact"
        elif stated.identity is not None:
            kind = "agent"
        elif stated.participant is not None:
            kind = self._types.get(stated.participant)
        if kind is not None and stated.participant is not None:
            self._types.set(stated.participant, kind)
        return _participant(kind, stated.participant, stated.identity or stated.binding.address)

    def _author(self, stated: Stated) -> RecordedParticipant | None:
        participant, author = stated.participant, stated.author
        kind = (None if participant is None else self._types.get(participant)) or _author_type(stated)
        return RecordedParticipant(kind, participant, author) if kind or participant or author else None


def _participant(kind: ParticipantType | None, number: str | None, name: str | None) -> RecordedParticipant | None:
    return RecordedParticipant(kind, number, name) if kind or number or name else None


def _starter(stated: Stated) -> RecordedParticipant | None:
    if stated.binding.address is not None:  # the message of this address made the conversation
        return _participant("contact", None, stated.binding.address)
    if stated.identity is not None:
        return _participant("agent", None, stated.identity)
    return _participant("access_key" if stated.source == "api" else None, None, None)


def _author_type(stated: Stated) -> ParticipantType | None:
    author, source = stated.author, stated.source
    if source and source not in ("api", "sdk"):  # it came in on a channel, from outside
        return "contact"
    if author is not None and _ADDRESS.match(author):
        return "contact"
    if stated.participant is not None or source == "sdk":
        return None if author is None else "agent"
    return "access_key" if author == "system" else None


def _channel(stated: Stated) -> str | None:
    binding = stated.binding
    for address in (binding.proxy, binding.address, stated.author if stated.source != "sdk" else None):
        if address is not None and (prefix := _PREFIX.match(address)):
            return channel_of(prefix[1], _CHANNELS)
    return channel_of(binding.kind or stated.source, _CHANNELS)


def _message_type(stated: Stated) -> MessageType | None:
    if stated.has_content:
        return "template"
    for attachment in stated.attachments:
        kind = word(attachment, "ContentType")
        if word(attachment, "Category") not in ("body", "history"):
            return media(kind) if kind else None
    if stated.attachments:  # the body of an e-mail
        return (
            "html" if any(word(part, "ContentType").startswith("text/html") for part in stated.attachments) else "text"
        )
    return None if stated.body is None else "text"
