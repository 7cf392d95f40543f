"""Chatwoot: webhooks of an account or an API inbox, and those that automation rules send.

The root is the conversation or the message itself. The instance is the inbox. There is no event for who joins or
leaves; an assignee who changes is the nearest, and is none. A conversation says who wrote its first message, and only a
contact or a person of the team is taken for who started it: a bot's greeting may be there already.
"""

from collections.abc import Iterable
from typing import Any

from oncue.domain.vocabulary import MessageType, ParticipantType
from oncue.importers import reasons
from oncue.importers.channels import Words, channel_of
from oncue.importers.fields import flag, identifier, moment, table, tables, text, word
from oncue.importers.found import Found, Importer, Payload, Skipped, only
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

_NAME = "chatwoot"
_KINDS = {
    "conversation_updated": reasons.STATE,
    "conversation_status_changed": reasons.STATE,
    "conversation_resolved": reasons.STATE,
    "conversation_opened": reasons.STATE,
    "message_updated": reasons.EDIT,
    "webwidget_triggered": reasons.NO_EVENT,
    "contact_created": reasons.PROFILE,
    "contact_updated": reasons.PROFILE,
    "inbox_created": reasons.NO_EVENT,
    "inbox_updated": reasons.NO_EVENT,
    "conversation_typing_on": reasons.TYPING,
    "conversation_typing_off": reasons.TYPING,
}
_CHANNELS: Words = {
    "webwidget": "live_chat",
    "facebookpage": None,  # Messenger, or Instagram
    "twiliosms": None,  # SMS, or WhatsApp
    "twitterprofile": "twitter",
}
_SENDERS: dict[str, ParticipantType] = {
    "contact": "contact",
    "user": "agent",
    "agent_bot": "bot",
    "agentbot": "bot",
    "captain::assistant": "bot",
    "captain_assistant": "bot",
}
_STARTERS = {0: ("contact",), 1: ("agent",), "incoming": ("contact",), "outgoing": ("agent",)}
_CONTENTS: dict[str, MessageType] = {
    "text": "text",
    "input_text": "list",
    "input_textarea": "list",
    "input_email": "list",
    "input_select": "list",
    "input_csat": "list",
    "form": "list",
    "article": "list",
    "cards": "carousel",
    "incoming_email": "html",
    "sticker": "image",
}
_FILES: dict[str, MessageType] = {"image": "image", "location": "location"}


def detect(payload: Payload) -> bool:
    """Whether it is a webhook of Chatwoot."""
    event = payload.get("event")
    if not isinstance(event, str):
        return False
    if event.startswith("automation_event."):
        return True
    if "message_type" in payload and ("inbox" in payload or "conversation" in payload):
        return True
    return "contact_inbox" in payload or "inbox_id" in payload or (event in _KINDS and "service" not in payload)


def parse(payload: Payload) -> Iterable[Found]:
    """The event that it holds."""
    return only(payload, _read)


def _read(payload: Payload) -> Found:
    kind = word(payload, "event").removeprefix("automation_event.")
    if kind == "message_created" and "message_type" in payload:
        return _message(payload)
    if kind == "conversation_created":
        return _conversation(payload)
    if kind == "conversation_updated" and any(
        "assignee_id" in change for change in tables(payload, "changed_attributes")
    ):
        return Skipped(reasons.ASSIGNMENT, kind)
    if kind == "message_created":
        return Skipped("a webhook of a rule, which does not hold the message", f"automation_event.{kind}")
    return Skipped(_KINDS.get(kind, reasons.UNKNOWN), kind)


def _conversation(payload: Payload) -> Found:
    conversation = identifier(payload, "id")
    messages = tables(payload, "messages")
    return RecordedEvent(
        "conversation_created",
        _channel(payload),
        identifier(payload, "inbox_id") or identifier(table(payload, "contact_inbox"), "inbox_id"),
        conversation,
        _starter(messages[0], table(table(payload, "meta"), "sender")) if messages else None,
        None,
        moment(payload, "created_at") or moment(payload, "timestamp"),
        conversation and f"conversation_created:{conversation}",
        _NAME,
    )


def _starter(first: dict[str, Any], contact: dict[str, Any]) -> RecordedParticipant | None:
    kind = _SENDERS.get(word(first, "sender_type"))
    direction = first.get("message_type")
    if type(direction) not in (int, str) or kind not in _STARTERS.get(direction, ()):
        return None
    if kind == "contact":
        return RecordedParticipant(kind, identifier(first, "sender_id"), text(contact, "name"))
    return RecordedParticipant(kind, identifier(first, "sender_id"), text(table(first, "sender"), "name"))


def _message(payload: Payload) -> Found:
    direction = word(payload, "message_type")
    if flag(payload, "private"):
        return Skipped(reasons.NOTE, "message_created")
    if direction == "activity":
        return Skipped(reasons.STATE, "message_created (activity)")
    conversation, message = table(payload, "conversation"), identifier(payload, "id")
    return RecordedEvent(
        "message_created",
        _channel(conversation),
        identifier(table(payload, "inbox"), "id") or identifier(conversation, "inbox_id"),
        identifier(conversation, "id"),
        _sender(payload, conversation, direction, message),
        RecordedMessage(_content(payload), text(payload, "content")),
        moment(payload, "created_at"),
        message and f"message_created:{message}",
        _NAME,
    )


def _sender(
    payload: Payload, conversation: dict[str, Any], direction: str, message: str | None
) -> RecordedParticipant | None:
    sender = table(payload, "sender")
    attributes = table(payload, "content_attributes")
    kind = _SENDERS.get(word(sender, "type"))
    if kind is None and direction == "incoming":
        kind = "contact"
    if not sender and attributes.get("automation_rule_id") is not None:
        return RecordedParticipant("automation", identifier(attributes, "automation_rule_id"))
    if not sender and table(payload, "additional_attributes").get("campaign_id") is not None:
        return RecordedParticipant("connector", identifier(table(payload, "additional_attributes"), "campaign_id"))
    if kind is None and message is not None:
        for same in tables(conversation, "messages"):  # the last public message, which need not be this one
            if identifier(same, "id") == message:
                kind = _SENDERS.get(word(same, "sender_type"))
    name, number = text(sender, "name"), identifier(sender, "id")
    return RecordedParticipant(kind, number, name) if kind or number or name else None


def _content(payload: Payload) -> MessageType | None:
    attachments = tables(payload, "attachments")
    if attachments:
        return _FILES.get(word(attachments[0], "file_type"), "file")
    return _CONTENTS.get(word(payload, "content_type"))


def _channel(conversation: dict[str, Any]) -> str | None:
    stated = word(conversation, "channel").removeprefix("channel::")
    if stated == "facebookpage" and "additional_attributes" in conversation:
        direct = word(table(conversation, "additional_attributes"), "type") == "instagram_direct_message"
        return "instagram" if direct else "messenger"
    return channel_of(stated, _CHANNELS)


IMPORTER = Importer(_NAME, "Chatwoot", detect, lambda: parse)
