"""Intercom: webhook notifications about conversations.

The instance is the workspace, which is all that is stated. Only contacts are reported to join and to leave, in an
object that has nothing in common with the other topics; on which channel is remembered from the conversation's earlier
events. Bodies are HTML: that of an e-mail stays as it is, of other messages it is the text.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from oncue.domain.vocabulary import MessageType, ParticipantType
from oncue.importers import reasons
from oncue.importers.channels import Words, channel_of, media
from oncue.importers.fields import flag, identifier, moment, required, table, tables, text, word
from oncue.importers.found import Found, Importer, Parse, Payload, Skipped, only
from oncue.importers.memory import Memory
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

_NAME = "intercom"
_CREATED = frozenset({"conversation.user.created", "conversation.admin.single.created"})
_REPLIED = frozenset({"conversation.user.replied", "conversation.admin.replied"})
_MOVED = {
    "conversation.contact.attached": "participant_added",
    "conversation.contact.detached": "participant_removed",
}
_NO_EVENTS = {
    "conversation.admin.assigned": reasons.ASSIGNMENT,
    "conversation.admin.noted": reasons.NOTE,
    "conversation.admin.closed": reasons.STATE,
    "conversation.admin.opened": reasons.STATE,
    "conversation.admin.snoozed": reasons.STATE,
    "conversation.admin.unsnoozed": reasons.STATE,
    "conversation.read": reasons.RECEIPT,
    "conversation.priority.updated": reasons.STATE,
    "conversation.rating.added": reasons.STATE,
    "conversation.deleted": reasons.DELETION,
    "conversation_part.tag.created": reasons.STATE,
    "conversation_part.redacted": reasons.DELETION,
    "ping": reasons.NO_EVENT,
}
_CHANNELS: Words = {
    "": None,
    "conversation": "live_chat",
    "facebook": "messenger",
    "phone_call": "voice",
    "phone_switch": None,
    "push": None,
}
_TYPES: dict[str, ParticipantType] = {
    "user": "contact",
    "lead": "contact",
    "contact": "contact",
    "admin": "agent",
    "bot": "bot",
}
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def detect(payload: Payload) -> bool:
    """Whether it is a notification of Intercom."""
    return payload.get("type") == "notification_event" or ("topic" in payload and "app_id" in payload)


def begin() -> Parse:
    """Begin to read a capture."""
    channels: Memory[str, str] = Memory()

    def read(payload: Payload) -> Found:
        topic = word(payload, "topic")
        if topic in _CREATED or topic in _REPLIED:
            return _about(payload, topic, channels)
        if topic in _MOVED:
            return _moved(payload, topic, channels)
        return Skipped(_NO_EVENTS.get(topic, reasons.UNKNOWN), topic)

    def parse(payload: Payload) -> Iterable[Found]:
        return only(payload, read)

    return parse


def _about(payload: Payload, topic: str, channels: Memory[str, str]) -> Found:
    item = required(required(payload, "data"), "item")
    source, conversation = table(item, "source"), identifier(item, "id")
    channel = channel_of(word(source, "type"), _CHANNELS)
    if channel is not None and conversation is not None:
        channels.set(conversation, channel)
    part = source
    if topic in _REPLIED:
        parts = tables(table(item, "conversation_parts"), "conversation_parts")
        part = parts[-1] if parts else {}
        if word(part, "part_type") == "note":
            return Skipped(reasons.NOTE, topic)
    author = table(part, "author")
    return RecordedEvent(
        "conversation_created" if topic in _CREATED else "message_created",
        channel,
        identifier(payload, "app_id"),
        conversation,
        _participant(author, word(author, "type")),
        _message(part, channel) if topic in _REPLIED else None,
        moment(part, "created_at") or moment(payload, "created_at")
        if topic in _REPLIED
        else moment(item, "created_at") or moment(payload, "created_at"),
        identifier(payload, "id"),
        _NAME,
    )


def _moved(payload: Payload, topic: str, channels: Memory[str, str]) -> Found:
    item = required(required(payload, "data"), "item")
    model = table(table(item, "conversation"), "model")
    conversation = identifier(model, "id") or identifier(table(item, "conversation"), "id")
    contact = table(item, "contact")
    return RecordedEvent(
        "participant_added" if topic.endswith("attached") else "participant_removed",
        None if conversation is None else channels.get(conversation),
        identifier(payload, "app_id"),
        conversation,
        _participant(contact, word(contact, "role") or word(contact, "type") or "contact"),
        None,
        moment(payload, "created_at"),
        identifier(payload, "id"),
        _NAME,
    )


def _participant(person: dict[str, Any], word_of_type: str) -> RecordedParticipant | None:
    if not person:
        return None
    kind = _TYPES.get(word_of_type)
    if flag(person, "from_ai_agent") or flag(person, "is_ai_answer"):
        kind = "bot"
    number, name = identifier(person, "id"), text(person, "name")
    return RecordedParticipant(kind, number, name) if kind or number or name else None


def _message(part: dict[str, Any], channel: str | None) -> RecordedMessage:
    body, attachments = text(part, "body"), tables(part, "attachments")
    kind: MessageType | None
    if channel == "email":
        return RecordedMessage("html", body)
    if attachments:
        stated = word(attachments[0], "content_type")
        kind = media(stated) if stated else "file"
    elif body is None:
        kind = None
    else:
        kind = "image" if _only_image(body) else "text"
    return RecordedMessage(kind, None if body is None else _plain(body) or None)


def _only_image(body: str) -> bool:
    return "<img" in body and not _plain(body)


def _plain(body: str) -> str:
    if "<" not in body and "&" not in body:
        return body
    return unescape(_TAG.sub("", _BREAK.sub("\n", body))).strip()


IMPORTER = Importer(_NAME, "Intercom", detect, begin)
