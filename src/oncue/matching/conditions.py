"""What the conditions of a flow mean: one function for each line of ``[when]``.

A line *holds* (``True``), *fails* (``False``), or is *not known* (``None``) where it looks at something that nobody
stated. Each function takes what was written and the occasion, and for the flow's own past the flow's id. This is the
meaning, and with `ACTUAL` beside it the source of every explanation. `oncue.matching.candidates` is the same made fast.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from oncue.domain.conditions import CONDITIONS, NOBODY, SOMEBODY, OncePer, When
from oncue.domain.conversations import Attribute, same_text
from oncue.domain.durations import duration_of
from oncue.domain.hours import local_time
from oncue.domain.phrases import attribute_text
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.occasions import Occasion
from oncue.text import counted

Verdict = bool | None
"""``True``: it holds. ``False``: it fails. ``None``: it is not known."""

Line = Callable[[Any, Occasion, str], Verdict]


def text_any(phrases: Sequence[str], now: Occasion, _: str) -> Verdict:
    """One of the phrases occurs in the text."""
    return _of_text(now, lambda: any(map(now.text.has, phrases)))  # type: ignore[union-attr]


def text_all(phrases: Sequence[str], now: Occasion, _: str) -> Verdict:
    """Each of the phrases occurs in the text."""
    return _of_text(now, lambda: all(map(now.text.has, phrases)))  # type: ignore[union-attr]


def text_none(phrases: Sequence[str], now: Occasion, _: str) -> Verdict:
    """None of the phrases occurs in the text."""
    return _of_text(now, lambda: not any(map(now.text.has, phrases)))  # type: ignore[union-attr]


def text_starts(phrases: Sequence[str], now: Occasion, _: str) -> Verdict:
    """The text begins with one of the phrases."""
    return _of_text(now, lambda: any(map(now.text.begins_with, phrases)))  # type: ignore[union-attr]


def _of_text(now: Occasion, holds: Callable[[], bool]) -> Verdict:
    """Events without a message have no text, and so fail whatever is asked of it."""
    if now.event.event != "message_created":
        return False
    return None if now.text is None else holds()


def participants(names: Collection[str], now: Occasion, _: str) -> Verdict:
    """The participant is one of these, by id or name."""
    who = now.event.participant
    if who is None:
        return None
    if any(who.id == each or same_text(who.name, each) for each in names):
        return True
    # Whoever states only an id may have one of the names, and the other way round.
    return None if now.known.everybody is False and (who.id is None or who.name is None) else False


def attributes(wanted: Mapping[str, Attribute], now: Occasion, _: str) -> Verdict:
    """The contact has all these attribute values."""
    known = now.known.attributes
    if known is None:
        return None
    return all(key in known and repr(known[key]) == repr(each) for key, each in wanted.items())


def started_by(types: frozenset[ParticipantType], now: Occasion, _: str) -> Verdict:
    """The conversation was started by one of these types."""
    return None if now.known.started_by is None else now.known.started_by in types


def present(types: frozenset[ParticipantType], now: Occasion, _: str) -> Verdict:
    """Somebody of each of these types is in the conversation."""
    if types <= now.known.present:
        return True
    return False if now.known.everybody else None


def absent(types: frozenset[ParticipantType], now: Occasion, _: str) -> Verdict:
    """Nobody of any of these types is in the conversation."""
    if types & now.known.present:
        return False
    return True if now.known.everybody else None


def responsible(who: str, now: Occasion, _: str) -> Verdict:
    """Nobody, somebody, or the one of this name is responsible."""
    names = now.known.responsible
    if names is None:
        return None
    if who in (NOBODY, SOMEBODY):
        return bool(names) == (who == SOMEBODY)
    return any(same_text(each, who) for each in names)


def labels(wanted: Collection[str], now: Occasion, _: str) -> Verdict:
    """All these labels are on the conversation."""
    on_it = now.known.labels
    return None if on_it is None else all(has_label(on_it, each) for each in wanted)


def without_labels(unwanted: Collection[str], now: Occasion, _: str) -> Verdict:
    """None of these labels is on the conversation."""
    on_it = now.known.labels
    return None if on_it is None else not any(has_label(on_it, each) for each in unwanted)


def has_label(labels: frozenset[str], label: str) -> bool:
    """Whether ``label`` is among ``labels``, however its accents are composed."""
    return label in labels or any(same_text(each, label) for each in labels)


def first_message(wanted: bool, now: Occasion, _: str) -> Verdict:
    """It is, or is not, the contact's first message."""
    return None if now.known.first_message is None else now.known.first_message == wanted


def reopened(wanted: bool, now: Occasion, _: str) -> Verdict:
    """The conversation was closed before, or never."""
    return None if now.known.reopened is None else now.known.reopened == wanted


def during_hours(ids: Collection[str], now: Occasion, _: str) -> Verdict:
    """The event's time lies within one of the named hours. Hours that do not exist are not known."""
    known = _within(ids, now)
    return True if True in known else None if None in known else False


def outside_hours(ids: Collection[str], now: Occasion, _: str) -> Verdict:
    """The event's time lies outside all of the named hours."""
    known = _within(ids, now)
    return False if True in known else None if None in known else True


def _within(ids: Collection[str], now: Occasion) -> list[Verdict]:
    moment = moment_of(now)
    hours = map(now.config.hours_by_id.get, ids)
    return [None if each is None or moment is None else each.include(moment) for each in hours]


def once_per(limit: OncePer, now: Occasion, flow_id: str) -> Verdict:
    """The flow has not started yet in this conversation, for this contact, or on this day."""
    starts, known = now.known.starts_of(flow_id), now.known
    if limit == "contact":
        if any((flow_id, key) in known.served for key in known.contact):
            return False
        return True if known.every_contact and known.contact else None
    if not starts.started:
        return True if starts.complete else None
    if limit == "conversation":
        return False
    if (moment := moment_of(now)) is None or starts.last is None:
        return None
    zone = zone_of(now.config)
    if local_time(starts.last, zone).date() == local_time(moment, zone).date():
        return False
    return True if starts.complete else None


def cooldown(duration: str, now: Occasion, flow_id: str) -> Verdict:
    """The flow's last start in the conversation is at least so long ago."""
    starts = now.known.starts_of(flow_id)
    if not starts.started:
        return True if starts.complete else None
    if (moment := moment_of(now)) is None or starts.last is None:
        return None
    if moment - starts.last < (duration_of(duration) or timedelta()):
        return False
    return True if starts.complete else None


def moment_of(now: Occasion) -> datetime | None:
    """When it happened; a time without its zone is none."""
    at = now.event.at
    return None if at is None or at.tzinfo is None else at


def hours_at(now: Occasion) -> list[str]:
    """The ids of the workspace's hours in which it happened."""
    moment = moment_of(now)
    return [] if moment is None else [each.id for each in now.config.hours if each.include(moment)]


def zone_of(config: WorkspaceConfig) -> tzinfo:
    """The zone in which days begin: that of the first of the workspace's hours, or else UTC."""
    return config.hours[0].zone if config.hours else UTC


LINES: Mapping[str, Line] = {
    "text_any": text_any,
    "text_all": text_all,
    "text_none": text_none,
    "text_starts": text_starts,
    "participants": participants,
    "attributes": attributes,
    "started_by": started_by,
    "present": present,
    "absent": absent,
    "responsible": responsible,
    "labels": labels,
    "without_labels": without_labels,
    "first_message": first_message,
    "reopened": reopened,
    "during_hours": during_hours,
    "outside_hours": outside_hours,
    "once_per": once_per,
    "cooldown": cooldown,
}
assert tuple(LINES) == CONDITIONS


def line_verdicts(when: When, now: Occasion, flow_id: str) -> dict[str, Verdict]:
    """Whether each line that was written holds."""
    return {key: LINES[key](getattr(when, key), now, flow_id) for key in when.lines}


def all_hold(verdicts: Collection[Verdict]) -> Verdict:
    """Whether all lines hold: one that fails decides, whatever is not known of the others."""
    return False if False in verdicts else None if None in verdicts else True


def expected_values(key: str, when: When) -> tuple[str, ...]:
    """What a line asks for, as values of the file."""
    found = getattr(when, key)
    if key == "attributes":
        return tuple(f"{name} = {attribute_text(each)}" for name, each in found.items())
    if isinstance(found, frozenset):
        return tuple(kind for kind in PARTICIPANT_TYPES if kind in found)
    return found if isinstance(found, tuple) else (attribute_text(found),)


def actual_value(key: str, when: When, now: Occasion, flow_id: str) -> str | None:
    """What is the case instead of what a line asks for; ``None`` if it is not known."""
    known, who = now.known, now.event.participant
    match key:
        case "text_any" | "text_all" | "text_none" | "text_starts":
            if now.event.event != "message_created":
                return "no message"
            return now.event.message.text if now.event.message else None
        case "participants":
            return None if who is None else who.name or who.id
        case "attributes":
            return None if known.attributes is None else _attributes_now(when.attributes or {}, known.attributes)
        case "started_by":
            return known.started_by
        case "present" | "absent":
            there = [kind for kind in PARTICIPANT_TYPES if kind in known.present]
            return (", ".join(there) or "nobody") if known.everybody or there else None
        case "responsible":
            return None if known.responsible is None else (known.responsible or (NOBODY,))[0]
        case "labels" | "without_labels":
            return None if known.labels is None else ", ".join(sorted(known.labels)) or "no label"
        case "first_message":
            return None if known.first_message is None else attribute_text(known.first_message)
        case "reopened":
            return None if known.reopened is None else attribute_text(known.reopened)
        case "during_hours" | "outside_hours":
            return _local_time(when, key, now)
    return _last_start(key, when, now, flow_id)


def _attributes_now(wanted: Mapping[str, Attribute], known: Mapping[str, Attribute]) -> str:
    each = (f"{key} = {attribute_text(known[key])}" if key in known else f"{key} not set" for key in wanted)
    return ", ".join(each)


def _local_time(when: When, key: str, now: Occasion) -> str | None:
    moment = moment_of(now)
    named = [hours for each in getattr(when, key) if (hours := now.config.hours_by_id.get(each))]
    if moment is None or not named:
        return None
    return f"{local_time(moment, named[0].zone):%a %Y-%m-%d %H:%M} ({named[0].timezone})"


def _last_start(key: str, when: When, now: Occasion, flow_id: str) -> str | None:
    starts, moment = now.known.starts_of(flow_id), moment_of(now)
    if key == "once_per" and when.once_per == "contact":
        holds = once_per("contact", now, flow_id)
        return None if holds is None else "not started for this contact" if holds else "started for this contact"
    if not starts.started:
        return "not started" if starts.complete else None
    if moment is None or starts.last is None:
        return "started before"
    return f"started {_ago(moment - starts.last)} ago"


def _ago(gone: timedelta) -> str:
    seconds = max(int(gone.total_seconds()), 0)
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= 2 * size or (seconds >= size and not seconds % size):
            return counted(seconds // size, noun)
    return counted(seconds, "second")
