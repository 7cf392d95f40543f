"""Slack: the Events API.

The channel is Slack, the instance the team. Slack does not say who of its users is a customer and who is of the team:
only bots are told apart. A join is reported twice, as an event and as a message; the event is taken.
"""

from collections.abc import Iterable
from typing import Any

from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.importers import reasons
from oncue.importers.channels import media
from oncue.importers.fields import flag, identifier, moment, required, table, tables, text, word
from oncue.importers.found import Found, Importer, Payload, Skipped, only
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

_NAME = "slack"
_CREATED = frozenset({"", "bot_message", "file_share", "me_message", "thread_broadcast"})
_SUBTYPES = {
    "message_changed": reasons.EDIT,
    "message_deleted": reasons.DELETION,
    "message_replied": reasons.REPEATED,
    "channel_join": reasons.REPEATED,
    "channel_leave": reasons.REPEATED,
    "group_join": reasons.REPEATED,
    "group_leave": reasons.REPEATED,
    "channel_archive": reasons.STATE,
    "channel_unarchive": reasons.STATE,
    "channel_name": reasons.STATE,
    "channel_purpose": reasons.STATE,
    "channel_topic": reasons.STATE,
    "channel_posting_permissions": reasons.STATE,
    "ekm_access_denied": reasons.NO_EVENT,
}
_NO_EVENTS = {
    "app_mention": reasons.REPEATED,
    "reaction_added": reasons.REACTION,
    "reaction_removed": reasons.REACTION,
    "channel_archive": reasons.STATE,
    "channel_unarchive": reasons.STATE,
    "channel_rename": reasons.STATE,
    "channel_deleted": reasons.DELETION,
    "user_change": reasons.PROFILE,
    "team_join": reasons.PROFILE,
}
_KINDS: dict[str, EventKind] = {
    "channel_created": "conversation_created",
    "im_created": "conversation_created",
    "member_joined_channel": "participant_added",
    "member_left_channel": "participant_removed",
    "message": "message_created",
}


def detect(payload: Payload) -> bool:
    """Whether it is a delivery of Slack's Events API."""
    kind = payload.get("type")
    if kind in ("event_callback", "url_verification"):
        return True
    return "team_id" in payload and isinstance(payload.get("event"), dict)


def parse(payload: Payload) -> Iterable[Found]:
    """The event that it holds."""
    return only(payload, _read)


def _read(payload: Payload) -> Found:
    if word(payload, "type") in ("url_verification", "app_rate_limited"):
        return Skipped(reasons.NO_EVENT, word(payload, "type"))
    event = required(payload, "event")
    stated = word(event, "type")
    kind = _KINDS.get(stated)
    if kind is None:
        return Skipped(_NO_EVENTS.get(stated, reasons.UNKNOWN), stated)
    subtype = word(event, "subtype")
    if kind == "message_created":
        if subtype not in _CREATED:
            return Skipped(_SUBTYPES.get(subtype, reasons.UNKNOWN), f"message ({subtype})")
        if flag(event, "hidden"):
            return Skipped(reasons.NO_EVENT, "message (hidden)")
    return RecordedEvent(
        kind,
        "slack",
        identifier(payload, "team_id"),
        _conversation(event),
        _who(payload, event, stated, subtype),
        RecordedMessage(_message_type(event), text(event, "text")) if kind == "message_created" else None,
        moment(event, "event_ts") or moment(event, "ts") or moment(payload, "event_time"),
        identifier(payload, "event_id"),
        _NAME,
    )


def _conversation(event: dict[str, Any]) -> str | None:
    channel = event.get("channel")
    return identifier(channel, "id") if isinstance(channel, dict) else identifier(event, "channel")


def _who(payload: Payload, event: dict[str, Any], kind: str, subtype: str) -> RecordedParticipant | None:
    if kind == "channel_created":
        channel = event.get("channel")
        who = identifier(channel, "creator") if isinstance(channel, dict) else None
        return None if who is None else RecordedParticipant(_type(payload, who), who)
    user, bot = identifier(event, "user"), identifier(event, "bot_id")
    if bot is not None or subtype == "bot_message":
        name = text(event, "username") or text(table(event, "bot_profile"), "name")
        return RecordedParticipant("bot", user or bot, name)
    return None if user is None else RecordedParticipant(_type(payload, user), user)


def _type(payload: Payload, user: str) -> ParticipantType | None:
    """A bot, if the delivery says so of this user."""
    is_bot = any(
        identifier(each, "user_id") == user and flag(each, "is_bot") for each in tables(payload, "authorizations")
    )
    return "bot" if is_bot else None


def _message_type(event: dict[str, Any]) -> MessageType | None:
    files = tables(event, "files")
    if files:
        kind = word(files[0], "mimetype")
        return media(kind) if kind else "file"
    return "text"


IMPORTER = Importer(_NAME, "Slack", detect, lambda: parse)
