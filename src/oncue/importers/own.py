"""oncue's own events, as ``oncue convert`` prints them."""

from collections.abc import Iterable

import msgspec

from oncue.domain.vocabulary import EVENT_KINDS
from oncue.importers.found import Found, Importer, Malformed, Payload
from oncue.importers.recorded import RecordedEvent

_NAME = "oncue"
_KEYS = frozenset(RecordedEvent.__struct_fields__)


def detect(payload: Payload) -> bool:
    """Whether it is an event of oncue."""
    kind = payload.get("event")
    return isinstance(kind, str) and kind in EVENT_KINDS and payload.keys() <= _KEYS


def parse(payload: Payload) -> Iterable[Found]:
    """The event that it is."""
    try:
        event = msgspec.convert(payload, RecordedEvent)
    except (msgspec.ValidationError, ValueError) as error:
        words, _, where = str(error).partition(" - at `$")
        path = tuple(part for part in where.strip("`").split(".") if part)
        return [Malformed(path, words[:1].lower() + words[1:])]
    if event.message is not None and event.event != "message_created":
        return [Malformed(("message",), "only for message_created")]
    return [event]


IMPORTER = Importer(_NAME, "oncue", detect, lambda: parse)
