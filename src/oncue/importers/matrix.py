"""Matrix: events of the client-server API, answers of /sync or pieces of them, transactions of application services.

The instance is the server in the room's id, which newer rooms do not have. Who a user is is not stated; only notices
are from bots, by convention. Whether a membership is a join or a new name for somebody who is there depends on the
membership before: the event has it, or the room's earlier events.
"""

from collections.abc import Iterator
from typing import Any

from oncue.domain.vocabulary import MessageType
from oncue.importers import reasons
from oncue.importers.channels import media
from oncue.importers.fields import identifier, moment, table, text, word
from oncue.importers.found import Found, Importer, MalformedError, Parse, Payload, Skipped, each
from oncue.importers.memory import Memory
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant

_NAME = "matrix"
_NO_EVENTS = {
    "m.room.redaction": reasons.DELETION,
    "m.reaction": reasons.REACTION,
    "m.receipt": reasons.RECEIPT,
    "m.read": reasons.RECEIPT,
    "m.typing": reasons.TYPING,
    "m.presence": reasons.PROFILE,
    "m.room.topic": reasons.STATE,
    "m.room.name": reasons.STATE,
    "m.room.avatar": reasons.STATE,
    "m.room.power_levels": reasons.STATE,
    "m.room.join_rules": reasons.STATE,
    "m.room.history_visibility": reasons.STATE,
    "m.room.guest_access": reasons.STATE,
    "m.room.encryption": reasons.STATE,
    "m.room.encrypted": "encrypted, so whether it is a message is not stated",
}
_MESSAGES: dict[str, MessageType] = {
    "m.text": "text",
    "m.emote": "text",
    "m.notice": "text",
    "m.server_notice": "text",
    "m.image": "image",
    "m.file": "file",
    "m.audio": "file",
    "m.video": "file",
    "m.location": "location",
}
_STATE = "the room's state before its events, which says who is there and not what happened"

Memberships = Memory[tuple[str | None, str], str]


def detect(payload: Payload) -> bool:
    """Whether it is an event of Matrix, an answer of /sync, or a transaction."""
    if isinstance(payload.get("type"), str) and ("origin_server_ts" in payload or "room_id" in payload):
        return True
    if "rooms" in payload and ("next_batch" in payload or _is_rooms(payload["rooms"])):
        return True
    if "timeline" in payload and isinstance(payload["timeline"], dict):
        return True
    events = payload.get("events")
    if not isinstance(events, list) or "app" in payload or "event" in payload:
        return False
    return not events or (
        isinstance(events[0], dict) and isinstance(events[0].get("type"), str) and "content" in events[0]
    )


def _is_rooms(rooms: object) -> bool:
    return isinstance(rooms, dict) and not {"join", "leave", "invite", "knock"}.isdisjoint(rooms)


def begin() -> Parse:
    """Begin to read a capture."""
    memberships: Memberships = Memory()

    def parse(payload: Payload) -> Iterator[Found]:
        yield from each(payload, _events(payload), lambda part: _read(part, memberships))

    return parse


class _Part:
    """An event and the id of its room; or what is to be said instead of one."""

    __slots__ = ("event", "instead", "room")

    def __init__(
        self, event: dict[str, Any], room: str | None, instead: "Skipped | MalformedError | None" = None
    ) -> None:
        self.event, self.room, self.instead = event, room, instead


def _events(payload: Payload) -> Iterator[_Part]:
    if "rooms" in payload:
        yield from _rooms(payload)
    elif "timeline" in payload:
        yield from _room(payload, None)
    elif "type" in payload:
        yield _Part(payload, None)
    else:
        yield from _list(payload, "events", None)


def _rooms(payload: Payload) -> Iterator[_Part]:
    rooms = payload["rooms"]
    for way in ("join", "leave", "invite", "knock"):
        by_id = rooms.get(way) if isinstance(rooms, dict) else None
        if by_id is None:
            continue
        if not isinstance(by_id, dict):
            yield _Part({}, None, MalformedError(rooms, way, "expected an object"))
            continue
        for room, piece in by_id.items():
            if way in ("invite", "knock"):
                yield _Part({}, room, Skipped(reasons.NO_EVENT, f"rooms.{way}"))
            elif isinstance(piece, dict):
                yield from _room(piece, room)
            else:
                yield _Part({}, room, MalformedError(by_id, room, "expected an object"))


def _room(piece: dict[str, Any], room: str | None) -> Iterator[_Part]:
    for key, reason in (("state", _STATE), ("timeline", ""), ("ephemeral", reasons.TYPING)):
        inside = piece.get(key)
        if inside is None:
            continue
        if not isinstance(inside, dict):
            yield _Part({}, room, MalformedError(piece, key, "expected an object"))
        elif not reason:
            yield from _list(inside, "events", room)
        else:
            for part in _list(inside, "events", room):
                kind = part.event.get("type")
                name = kind if isinstance(kind, str) else ""
                told = _NO_EVENTS.get(name, reason) if key == "ephemeral" else reason
                yield part if part.instead is not None else _Part({}, room, Skipped(told, name))


def _list(of: dict[str, Any], key: str, room: str | None) -> Iterator[_Part]:
    events = of.get(key)
    if events is None:
        return
    if not isinstance(events, list):
        yield _Part({}, room, MalformedError(of, key, "expected a list"))
        return
    for number, event in enumerate(events):
        if isinstance(event, dict):
            yield _Part(event, room)
        else:
            yield _Part({}, room, MalformedError(events, number, "expected an object"))


def _read(part: _Part, memberships: Memberships) -> Found:
    if part.instead is not None:
        if isinstance(part.instead, MalformedError):
            raise part.instead
        return part.instead
    event = part.event
    kind, room = word(event, "type"), part.room or identifier(event, "room_id")
    if "redacted_because" in table(event, "unsigned"):
        return Skipped(reasons.DELETION, kind)
    if kind == "m.room.create":
        return _made(event, room, "conversation_created", _user(event, "sender"))
    if kind == "m.room.member":
        return _member(event, room, memberships)
    if kind == "m.sticker":
        return _message(event, room, "image")
    if kind == "m.room.message":
        return _of_message(event, room)
    return Skipped(_NO_EVENTS.get(kind, reasons.UNKNOWN), kind)


def _of_message(event: dict[str, Any], room: str | None) -> Found:
    content = table(event, "content")
    if word(table(content, "m.relates_to"), "rel_type") == "m.replace":
        return Skipped(reasons.EDIT, "m.room.message")
    stated = word(content, "msgtype")
    if stated == "m.key.verification.request":
        return Skipped(reasons.NO_EVENT, stated)
    kind = _MESSAGES.get(stated)
    if kind == "image" and (mime := word(table(content, "info"), "mimetype")):
        kind = media(mime) if mime.startswith("image/") else kind
    return _message(event, room, kind)


def _message(event: dict[str, Any], room: str | None, kind: MessageType | None) -> Found:
    content = table(event, "content")
    if word(table(content, "m.relates_to"), "rel_type") == "m.replace":
        return Skipped(reasons.EDIT, word(event, "type"))
    sender = _user(event, "sender")
    if sender is not None and word(content, "msgtype") == "m.notice":
        sender.type = "bot"
    found = _made(event, room, "message_created", sender)
    found.message = RecordedMessage(kind, text(content, "body"))
    return found


def _member(event: dict[str, Any], room: str | None, memberships: Memberships) -> Found:
    content, user = table(event, "content"), identifier(event, "state_key")
    now = word(content, "membership")
    known = None if user is None else memberships.get((room, user))
    if user is not None and now:
        memberships.set((room, user), now)
    unsigned = table(event, "unsigned")
    previous = table(unsigned, "prev_content") or table(event, "prev_content")
    before = word(previous, "membership") or known
    if now == "join":
        if before == "join":
            return Skipped(reasons.PROFILE, "m.room.member (join)")
        return _made(event, room, "participant_added", _person(user, content))
    if now in ("leave", "ban"):
        if before == "join":
            return _made(event, room, "participant_removed", _person(user, previous or content))
        why = "not stated whether they had joined" if before is None else "of somebody who had not joined"
        return Skipped(why, f"m.room.member ({now})")
    return Skipped(reasons.NO_EVENT if now in ("invite", "knock") else reasons.UNKNOWN, f"m.room.member ({now})")


def _person(user: str | None, content: dict[str, Any]) -> RecordedParticipant | None:
    name = text(content, "displayname")
    return RecordedParticipant(None, user, name) if user or name else None


def _user(event: dict[str, Any], key: str) -> RecordedParticipant | None:
    user = identifier(event, key)
    return None if user is None else RecordedParticipant(None, user)


def _made(event: dict[str, Any], room: str | None, kind: Any, who: RecordedParticipant | None) -> RecordedEvent:
    server = room.partition(":")[2] if room is not None else ""
    at, number = moment(event, "origin_server_ts"), identifier(event, "event_id")
    return RecordedEvent(kind, "matrix", server or None, room, who, None, at, number, _NAME)


IMPORTER = Importer(_NAME, "Matrix", detect, begin)
