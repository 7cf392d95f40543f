"""Sunshine Conversations, version 2: webhooks with one event or several.

The instance is the integration through which a message came, which is stated only where the source is a channel: what
agents and integrations write has their own source, and the switchboard's integration is the bot in control. Who joins
and leaves is always a user, in group conversations.
"""

from collections.abc import Iterable
from typing import Any

from oncue.domain.vocabulary import MessageType, ParticipantType
from oncue.importers import reasons
from oncue.importers.channels import Words, channel_of, media
from oncue.importers.fields import flag, identifier, moment, required, rows, table, text, word
from oncue.importers.found import Found, Importer, MalformedError, Payload, Skipped, each
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

_NAME = "sunshine"
_NO_EVENTS = {
    "client:add": reasons.PROFILE,
    "client:remove": reasons.PROFILE,
    "client:update": reasons.PROFILE,
    "conversation:remove": reasons.DELETION,
    "conversation:message:delivery:channel": reasons.RECEIPT,
    "conversation:message:delivery:failure": reasons.RECEIPT,
    "conversation:message:delivery:user": reasons.RECEIPT,
    "conversation:postback": reasons.NO_EVENT,
    "conversation:read": reasons.RECEIPT,
    "conversation:referral": reasons.NO_EVENT,
    "conversation:typing": reasons.TYPING,
    "passthrough:messaging": reasons.NO_EVENT,
    "user:merge": reasons.PROFILE,
    "user:update": reasons.PROFILE,
    "user:remove": reasons.PROFILE,
}
_CHANNELS: Words = {
    "": None,
    "web": "live_chat",
    "ios": "live_chat",
    "android": "live_chat",
    "unity": "live_chat",
    "sdk": "live_chat",
    "apple": "apple_messages",
    "googlercs": "rcs",
    "mailgun": "email",
    "messagebird": "sms",
    "twilio": "sms",
    "slackconnect": "slack",
}
_BUSINESS: dict[str, ParticipantType] = {
    "zd:agentworkspace": "agent",
    "zd:answerbot": "bot",
    "api:conversations": "access_key",
}
_SUBTYPES: dict[str, ParticipantType] = {"agent": "agent", "bot": "bot", "ai": "bot"}
_STARTED: dict[str, ParticipantType] = {
    "message": "contact",
    "prechatcapture": "contact",
    "startconversation": "contact",
    "notification": "access_key",
    "proactivemessaging": "connector",
}
_CONTENTS: dict[str, MessageType] = {
    "text": "text",
    "carousel": "carousel",
    "file": "file",
    "form": "list",
    "formresponse": "text",
    "image": "image",
    "list": "list",
    "location": "location",
    "template": "template",
}


def detect(payload: Payload) -> bool:
    """Whether it is a delivery of Sunshine Conversations."""
    return "app" in payload and "webhook" in payload and "events" in payload


def parse(payload: Payload) -> Iterable[Found]:
    """The events that it holds."""
    try:
        events = rows(payload, "events")
    except MalformedError as error:
        return [error.within(payload)]
    return each(payload, range(len(events)), lambda number: _read(events, number))


def _read(events: list[Any], number: int) -> Found:
    event = events[number]
    if type(event) is not dict:
        raise MalformedError(events, number, "expected an object")
    kind = word(event, "type")
    if kind == "conversation:message":
        return _message(event)
    if kind in ("conversation:create", "conversation:join", "conversation:leave"):
        return _about(event, kind)
    if kind.startswith("switchboard:"):
        return Skipped(reasons.STATE, kind)
    return Skipped(_NO_EVENTS.get(kind, reasons.UNKNOWN), kind)


def _about(event: dict[str, Any], kind: str) -> Found:
    payload = required(event, "payload")
    channel, instance = _place(table(payload, "source"))
    is_creation = kind == "conversation:create"
    return RecordedEvent(
        "conversation_created"
        if is_creation
        else "participant_added"
        if kind == "conversation:join"
        else "participant_removed",
        channel,
        instance,
        identifier(table(payload, "conversation"), "id"),
        _starter(payload) if is_creation else _person("contact", table(payload, "user")),
        None,
        moment(event, "createdAt"),
        identifier(event, "id"),
        _NAME,
    )


def _message(event: dict[str, Any]) -> Found:
    payload = required(event, "payload")
    message = required(payload, "message")
    if flag(message, "deleted"):
        return Skipped(reasons.DELETION, "conversation:message")
    source, content, author = table(message, "source"), table(message, "content"), table(message, "author")
    channel, instance = _place(source)
    return RecordedEvent(
        "message_created",
        channel,
        instance,
        identifier(table(payload, "conversation"), "id"),
        _author(author, source),
        RecordedMessage(_content(content), text(content, "text")),
        moment(message, "received") or moment(event, "createdAt"),
        identifier(event, "id"),
        _NAME,
    )


def _place(source: dict[str, Any]) -> tuple[str | None, str | None]:
    kind = word(source, "type")
    if ":" in kind:  # zd:agentWorkspace, api:conversations: who wrote, and not where
        return None, None
    return channel_of(kind, _CHANNELS), identifier(source, "integrationId")


def _starter(payload: dict[str, Any]) -> RecordedParticipant | None:
    kind = _STARTED.get(word(payload, "creationReason"))
    if kind == "contact":
        own = word(table(payload, "source"), "type")
        return None if ":" in own else _person("contact", table(payload, "user"))
    return None if kind is None else RecordedParticipant(kind)


def _person(kind: ParticipantType, user: dict[str, Any]) -> RecordedParticipant:
    return RecordedParticipant(kind, identifier(user, "id"))


def _author(author: dict[str, Any], source: dict[str, Any]) -> RecordedParticipant | None:
    stated, kind = word(author, "type"), None
    if stated == "user":
        kind = "contact"
    elif stated == "business":
        subtypes = rows(author, "subtypes")
        stated_subtypes = [each.lower() for each in subtypes if isinstance(each, str)]
        own = (_SUBTYPES[each] for each in stated_subtypes if each in _SUBTYPES)
        kind = next(own, None) or _BUSINESS.get(word(source, "type"))
    number, name = identifier(author, "userId"), text(author, "displayName")
    return RecordedParticipant(kind, number, name) if kind or number or name else None  # type: ignore[arg-type]


def _content(content: dict[str, Any]) -> MessageType | None:
    kind = _CONTENTS.get(word(content, "type"))
    if kind == "image" and (stated := word(content, "mediaType")):
        return media(stated) if stated.startswith("image/") else kind
    return kind


IMPORTER = Importer(_NAME, "Sunshine Conversations", detect, lambda: parse)
