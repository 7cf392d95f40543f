"""Twilio Event Streams: CloudEvents of Twilio Conversations, one or a list of them.

They say what the webhooks say, with numbers as numbers and objects as objects. The published sample has no ``time``,
and a date where the type of the data should be; so neither is relied on.
"""

from collections.abc import Iterable

from oncue.importers import reasons
from oncue.importers.fields import identifier, moment, required, table, tables, text, word
from oncue.importers.found import Found, Importer, Parse, Payload, Skipped, only
from oncue.importers.twilio_conversations import KINDS, NO_KINDS, Binding, Conversations, Stated

_NAME = "twilio-events"
_PREFIX = "com.twilio.conversations."


def detect(payload: Payload) -> bool:
    """Whether it is a CloudEvent of Twilio."""
    kind = payload.get("type")
    return isinstance(kind, str) and kind.lower().startswith("com.twilio.")


def begin() -> Parse:
    """Begin to read a capture."""
    conversations = Conversations(_NAME)

    def read(payload: Payload) -> Found:
        stated = word(payload, "type")
        kind = stated.removeprefix(_PREFIX)
        if kind not in KINDS:
            return Skipped(NO_KINDS.get(kind, reasons.UNKNOWN), stated)
        return conversations.read(kind, _stated(payload, kind))

    def parse(payload: Payload) -> Iterable[Found]:
        return only(payload, read)

    return parse


def _stated(payload: Payload, kind: str) -> Stated:
    data = required(payload, "data")
    binding, of_message = table(data, "MessagingBinding"), kind == "message.added"
    source, number = text(payload, "source"), identifier(payload, "id")
    removed = kind == "participant.removed"
    at = moment(payload, "time") or (removed and (moment(data, "DateRemoved") or moment(data, "DateUpdated"))) or None
    return Stated(
        conversation=identifier(data, "ConversationSid"),
        participant=identifier(data, "ParticipantSid"),
        identity=text(data, "ClientIdentity" if kind == "conversation.added" else "Identity"),
        author=text(data, "Author") if of_message else None,
        binding=Binding(word(binding, "Type"), text(binding, "Address"), text(binding, "ProxyAddress")),
        source=word(data, "Source"),
        service=identifier(data, "MessagingServiceSid"),
        attachments=tables(data, "Media") if of_message else [],
        has_content=of_message and bool(text(data, "ContentSid")),
        body=text(data, "MessageBody") if of_message else None,
        at=at or (None if removed else moment(data, "DateCreated")),
        id=None if number is None else f"{source}:{number}" if source else number,
    )


IMPORTER = Importer(_NAME, "Twilio Event Streams", detect, begin)
