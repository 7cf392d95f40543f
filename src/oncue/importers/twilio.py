"""Twilio Conversations: webhooks, as the fields of a form or as a JSON object of the same texts.

All values are texts; ``Attributes`` and ``Media`` have JSON inside. The names have dots, of which receivers in PHP make
underscores. Hooks before an action have names without ``-ed`` and no ids yet, and are reported again afterwards.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from oncue.importers import reasons
from oncue.importers.fields import identifier, moment, text, word
from oncue.importers.found import Found, Importer, MalformedError, Parse, Payload, Skipped, only
from oncue.importers.twilio_conversations import KINDS, NO_BINDING, NO_KINDS, Binding, Conversations, Stated

_NAME = "twilio"
_MOST_FIELDS = 200
_FORM = re.compile(r"[A-Za-z][\w.%]*=[^\s]*\Z")
_KINDS = {
    f"on{thing}{deed}".lower(): f"{name}.{deed}".lower()
    for thing, name in (
        ("Conversation", "conversation"),
        ("ConversationState", "conversation-state"),
        ("Message", "message"),
        ("Participant", "participant"),
        ("Delivery", "delivery"),
        ("User", "user"),
    )
    for deed in ("Added", "Updated", "Removed")
}
_BEFORE = {kind.removesuffix(end) for kind in _KINDS for end in ("ed", "d")}
_FIELDS = {
    "conversation.added": ("ConversationSid", "ClientIdentity"),
    "participant.added": ("ParticipantSid", "Identity"),
    "participant.removed": ("ParticipantSid", "Identity"),
    "message.added": ("MessageSid", "Identity"),
}
"""Of each kind the fields that name what it is about, and who did it."""


def form(body: str) -> Payload | None:
    """The fields of a form-encoded body; ``None`` if it is none."""
    if not _FORM.match(body):
        return None
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError:  # bytes that are not UTF-8 among them
        return None


def detect(payload: Payload) -> bool:
    """Whether it is a webhook of Twilio Conversations."""
    return "EventType" in payload and ("AccountSid" in payload or "ConversationSid" in payload)


def begin() -> Parse:
    """Begin to read a capture."""
    conversations = Conversations(_NAME)

    def read(payload: Payload) -> Found:
        kind = word(payload, "EventType")
        known = _KINDS.get(kind)
        if known is None:
            return Skipped(reasons.BEFORE if kind in _BEFORE else reasons.UNKNOWN, text(payload, "EventType") or "")
        if known not in KINDS:
            return Skipped(NO_KINDS.get(known, reasons.UNKNOWN), payload["EventType"])
        return conversations.read(known, _stated(payload, known))

    def parse(payload: Payload) -> Iterable[Found]:
        return only(payload, read)

    return parse


def _stated(payload: Payload, kind: str) -> Stated:
    subject_field, identity = _FIELDS[kind]
    subject = identifier(payload, subject_field)
    of_message = kind == "message.added"
    return Stated(
        identifier(payload, "ConversationSid"),
        identifier(payload, "ParticipantSid"),
        text(payload, identity),
        text(payload, "Author") if of_message else None,
        _binding(payload),
        word(payload, "Source"),
        identifier(payload, "MessagingServiceSid"),
        _media(payload) if of_message and "Media" in payload else [],
        of_message and bool(text(payload, "ContentSid")),
        text(payload, "Body") if of_message else None,
        _at(payload, kind),
        None if subject is None else f"{payload['EventType']}:{subject}",
    )


def _binding(payload: Payload) -> Binding:
    if "MessagingBinding.Type" in payload or "MessagingBinding.Address" in payload:
        start = "MessagingBinding."
    elif "MessagingBinding_Type" in payload or "MessagingBinding_Address" in payload:
        start = "MessagingBinding_"
    else:
        return NO_BINDING
    return Binding(
        word(payload, f"{start}Type"), text(payload, f"{start}Address"), text(payload, f"{start}ProxyAddress")
    )


def _media(payload: Payload) -> list[dict[str, Any]]:
    stated = payload.get("Media")
    if stated is None or stated == "":
        return []
    try:
        found = msgspec.json.decode(stated, type=list[dict[str, Any]]) if isinstance(stated, str) else stated
    except (msgspec.MsgspecError, ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
        raise MalformedError(payload, "Media", "expected a list of objects, as JSON in a text")
    for part in found:
        for key in ("ContentType", "Category"):
            if not isinstance(part.get(key), str | None):
                raise MalformedError(payload, "Media", f"expected text as {key}")
    return found


def _at(payload: Payload, kind: str) -> datetime | None:
    if kind == "participant.removed":
        return moment(payload, "DateRemoved") or moment(payload, "DateUpdated")
    return moment(payload, "DateCreated")


IMPORTER = Importer(_NAME, "Twilio Conversations", detect, begin)
