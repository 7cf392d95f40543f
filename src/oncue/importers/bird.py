"""Bird: webhooks of the services conversations and channels.

Only new conversations have an event of their own. Who came and went, and what was written, is in what an update of a
conversation has and the one before had not, so a single delivery says nothing of it and a capture does. What there was
at the first sight of a conversation is no news. A list of five participants may be a part of them, so who is missing
there has left only if the list is complete.

The service channels reports messages without their conversation, and an outgoing one again with each new status.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.importers import reasons
from oncue.importers.channels import Words, channel_of
from oncue.importers.fields import flag, identifier, moment, required, table, tables, text, word
from oncue.importers.found import Found, Importer, MalformedError, Parse, Payload, Skipped
from oncue.importers.memory import Memory
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

_NAME = "bird"
_FEATURED = 5
"""How many participants a conversation lists at most."""
_TYPES: dict[str, ParticipantType] = {
    "user": "agent",
    "agent": "agent",
    "contact": "contact",
    "flow": "flow",
    "bot": "bot",
    "accesskey": "access_key",
    "channel": "channel",
    "connector": "connector",
    "collaborationautomation": "automation",
}
_CONTENTS: dict[str, MessageType] = {
    kind: kind
    for kind in ("text", "html", "image", "file", "gif", "location", "carousel", "list", "section", "authentication",
                 "template", "action")
}  # fmt: skip
_CHANNELS: Words = {"facebook": "messenger", "applebc": "apple_messages", "linkedinpages": "linkedin"}
_NOT_SENT = frozenset({"rejected", "skipped", "sending_failed", "delivery_failed"})
_NO_EVENTS = {
    "conversation.deleted": reasons.DELETION,
    "channel.created": reasons.NO_EVENT,
    "channel.updated": reasons.NO_EVENT,
}


class _Seen(NamedTuple):
    """What the last delivery said of a conversation."""

    participants: dict[str, RecordedParticipant]
    complete: bool
    message: str | None
    at: datetime | None


def detect(payload: Payload) -> bool:
    """Whether it is a webhook of Bird."""
    return "service" in payload and "event" in payload and "payload" in payload


def begin() -> Parse:
    """Begin to read a capture."""
    return _Capture().parse


class _Capture:
    def __init__(self) -> None:
        self._conversations: Memory[str, _Seen] = Memory()
        self._messages: Memory[str, None] = Memory()
        self._channels: Memory[str, str] = Memory()

    def parse(self, payload: Payload) -> Iterator[Found]:
        """The events that it holds, also by difference to what was there before."""
        try:
            yield from self._read(payload)
        except MalformedError as error:
            yield error.within(payload)

    def _read(self, payload: Payload) -> Iterable[Found]:
        kind, inside = word(payload, "event"), required(payload, "payload")
        if word(payload, "service") == "channels":
            platform, _, way = kind.rpartition(".")
            if way in ("inbound", "outbound") and platform:
                return [self._of_channel(inside, platform, way)]
            if way == "interaction":
                return [Skipped(reasons.RECEIPT, kind)]
        elif kind == "conversation.created":
            return [self._created(inside)]
        elif kind == "conversation.updated":
            return self._updated(inside)
        return [Skipped(_NO_EVENTS.get(kind, reasons.UNKNOWN), kind)]

    def _of_channel(self, payload: dict[str, Any], platform: str, way: str) -> Found:
        channel, number, name = channel_of(platform, _CHANNELS), identifier(payload, "id"), f"{platform}.{way}"
        instance = identifier(payload, "channelId")
        if channel is not None and instance is not None:
            self._channels.set(instance, channel)
        status = word(payload, "status")
        if status in _NOT_SENT or status == "deleted":
            return Skipped(reasons.DELETION if status == "deleted" else "a message that was not sent", name)
        if number is not None and not self._messages.add(number, None):
            return Skipped(reasons.RECEIPT if way == "outbound" else reasons.REPEATED, name)
        body = table(payload, "body")
        content = "template" if table(payload, "template") and not body else word(body, "type")
        return RecordedEvent(
            "message_created",
            channel,
            instance,
            None,
            _writer(payload, way),
            RecordedMessage(_CONTENTS.get(content), _body_text(body)),
            moment(payload, "createdAt"),
            number and f"message:{number}",
            _NAME,
        )

    def _created(self, payload: dict[str, Any]) -> Found:
        conversation = identifier(payload, "id")
        starter = _participant(table(payload, "initiatingParticipant"))
        seen = _seen(payload)
        if conversation is not None:
            self._remember(conversation, seen)
        return self._event("conversation_created", payload, starter, moment(payload, "createdAt"), "created")

    def _updated(self, payload: dict[str, Any]) -> Iterable[Found]:
        conversation, now = identifier(payload, "id"), _seen(payload)
        before = None if conversation is None else self._conversations.get(conversation)
        if conversation is None or before is None:
            if conversation is not None:
                self._remember(conversation, now)
            return [Skipped("the first that is heard of a conversation, so what changed is not known", _UPDATED)]
        if before.at is not None and now.at is not None and now.at < before.at:
            return [Skipped("older than an update before it", _UPDATED)]
        found = [*self._moved(payload, before, now), *self._written(payload, before, now)]
        self._remember(conversation, now)
        return found or [Skipped(reasons.STATE, _UPDATED)]

    def _moved(self, payload: dict[str, Any], before: _Seen, now: _Seen) -> Iterator[Found]:
        for who, kind, known, sure in (
            (now.participants, "participant_added", before.participants, before.complete),
            (before.participants, "participant_removed", now.participants, now.complete),
        ):
            for number, participant in who.items() if sure else ():
                if number not in known:
                    yield self._event(kind, payload, participant, now.at, f"{kind}:{number}:{now.at}")  # type: ignore[arg-type]

    def _written(self, payload: dict[str, Any], before: _Seen, now: _Seen) -> Iterator[Found]:
        if now.message is None or now.message == before.message:
            return
        last = table(payload, "lastMessage")
        if not self._messages.add(now.message, None):
            yield Skipped(reasons.REPEATED, _UPDATED)
            return
        if flag(last, "draft") or word(last, "status") in _NOT_SENT:
            yield Skipped("a message that was not sent", _UPDATED)
            return
        at, sender = moment(last, "createdAt"), _participant(table(last, "sender"))
        event = self._event("message_created", payload, sender, at, f"message:{now.message}")
        event.message = RecordedMessage(_CONTENTS.get(word(last, "type")), text(table(last, "preview"), "text"))
        yield event

    def _event(
        self,
        kind: EventKind,
        payload: dict[str, Any],
        who: RecordedParticipant | None,
        at: datetime | None,
        number: str,
    ) -> RecordedEvent:
        conversation, instance = identifier(payload, "id"), identifier(payload, "channelId")
        channel = None if instance is None else self._channels.get(instance)
        about = None if conversation is None else f"{conversation}:{number}"
        # The participant is remembered, and whoever gets the event may change it.
        participant = None if who is None else RecordedParticipant(who.type, who.id, who.name)
        return RecordedEvent(kind, channel, instance, conversation, participant, None, at, about, _NAME)

    def _remember(self, conversation: str, seen: _Seen) -> None:
        self._conversations.set(conversation, seen)


_UPDATED = "conversation.updated"


def _seen(payload: dict[str, Any]) -> _Seen:
    listed = tables(payload, "featuredParticipants")
    count = payload.get("activeParticipantCount")
    participants = {}
    for each in listed:
        who = _participant(each)
        if who is not None and who.id is not None and word(each, "status") in ("", "active"):
            participants[who.id] = who
    complete = count <= len(participants) if type(count) is int else len(listed) < _FEATURED
    at = moment(payload, "updatedAt") or moment(payload, "createdAt")
    return _Seen(participants, complete, identifier(table(payload, "lastMessage"), "id"), at)


def _participant(stated: dict[str, Any]) -> RecordedParticipant | None:
    kind = _TYPES.get(word(stated, "type"))
    number, name = identifier(stated, "id"), text(stated, "displayName")
    return RecordedParticipant(kind, number, name) if kind or number or name else None


def _writer(payload: dict[str, Any], way: str) -> RecordedParticipant | None:
    if way == "inbound":
        contact = table(table(payload, "sender"), "contact")
        name = text(table(contact, "annotations"), "name")
        return RecordedParticipant("contact", identifier(contact, "id"), name) if contact else None
    made_by = table(payload, "meta")
    for key, kind in (("flow", "flow"), ("campaign", "connector")):
        if source := table(made_by, key):
            return RecordedParticipant(kind, identifier(source, "id"), text(source, "name"))  # type: ignore[arg-type]
    return None


def _body_text(body: dict[str, Any]) -> str | None:
    """The text of a message, wherever its kind keeps it."""
    inside = table(body, word(body, "type"))
    return text(inside, "text") or text(inside, "html")


IMPORTER = Importer(_NAME, "Bird", detect, begin)
