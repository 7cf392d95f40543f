"""What a line of ``[when]`` that fails could ask for instead, so that it holds.

A line is widened by as little as a person would want. A list keeps what it has and gets one value more, or loses the
ones that turned the event away; a limit is relaxed to the strictest that lets the event through. What a message says
is no reason to look for its words: of phrases only ``refund`` becomes ``refund*``. Where nothing smaller makes sense,
the line is dropped. Of a line that is true or false the contrary may be meant as well, and is the second choice.

Each change is held against the event by the predicate itself, so that none is offered which would not do.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from oncue.domain.conditions import NOBODY, OF_MESSAGES, SOMEBODY, When, is_of_word
from oncue.domain.durations import longest_within
from oncue.matching.conditions import LINES, has_label, hours_at, moment_of
from oncue.matching.line_changes import LineChange, changed_line, dropped_line
from oncue.matching.occasions import Occasion

SHORTEST_STEM = 4
"""Characters that ``*`` may stand behind in a proposal; shorter ones are the beginning of all sorts of words."""


def widenings(key: str, when: When, now: Occasion, flow_id: str) -> tuple[LineChange, ...]:
    """The changes after each of which the line ``key``, which fails, holds; the best first."""
    dropped = dropped_line(key, when)
    if key in OF_MESSAGES and now.event.event != "message_created":
        return (dropped,)  # it never holds without a message
    wanted = getattr(when, key)
    switches = key in _SWITCHES
    value = not wanted if switches else _SMALLER[key](wanted, now, flow_id)
    change = changed_line(key, value, when, "other" if switches else "more") if value or switches else None
    if change is None or not change.verdict(now, flow_id):
        return (dropped,)
    return (dropped, change) if switches else (change,)


def _any_phrase(phrases: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...] | None:
    assert now.text is not None
    return _starred(phrases, now.text.has)


def _first_phrase(phrases: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...] | None:
    assert now.text is not None
    return _starred(phrases, now.text.begins_with)


def _starred(phrases: tuple[str, ...], found: Callable[[str], bool]) -> tuple[str, ...] | None:
    """The phrases, the first of which that the text has a longer form of as the beginning of a word."""
    for number, phrase in enumerate(phrases):
        if (longer := _with_star(phrase)) and found(longer):
            return (*phrases[:number], longer, *phrases[number + 1 :])
    return None


def _with_star(phrase: str) -> str | None:
    stem = phrase.strip()
    return f"{stem}*" if len(stem) >= SHORTEST_STEM and is_of_word(stem[-1]) else None


def _all_phrases(phrases: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...]:
    """The text's longer form of a phrase that it does not have, or else not that phrase."""
    text = now.text
    assert text is not None
    forms = (each if text.has(each) else _with_star(each) for each in phrases)
    return tuple(each for each in forms if each is not None and text.has(each))


def _unfound(phrases: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...]:
    assert now.text is not None
    return tuple(each for each in phrases if not now.text.has(each))


def _with_participant(names: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...] | None:
    who = now.event.participant
    name = who and next((each for each in (who.name, who.id) if each and each.strip()), None)
    return (*names, name) if name else None


def _given_attributes(wanted: Mapping[str, object], now: Occasion, flow_id: str) -> dict[str, object]:
    attributes = LINES["attributes"]
    return {key: each for key, each in wanted.items() if attributes({key: each}, now, flow_id)}


def _somebody(who: str, now: Occasion, _: str) -> str | None:
    """Whoever is responsible instead of a certain one. *Nobody* and *somebody* together ask for nothing."""
    return SOMEBODY if who not in (NOBODY, SOMEBODY) and now.known.responsible else None


def _labels(now: Occasion) -> frozenset[str]:
    return now.known.labels or frozenset()


def _open_hours(ids: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...] | None:
    """With the hours of the workspace in which it happened; of several, which are meant is anybody's guess."""
    running = hours_at(now)
    return (*ids, *running) if len(running) == 1 else None


def _closed_hours(ids: tuple[str, ...], now: Occasion, _: str) -> tuple[str, ...]:
    running = hours_at(now)
    return tuple(each for each in ids if each not in running)


def _rarer_limit(limit: str, now: Occasion, flow_id: str) -> str | None:
    """The strictest of the limits below ``limit`` that lets the flow start again."""
    limits = ("contact", "conversation", "day")
    lower = limits[limits.index(limit) + 1 :]
    return next((each for each in lower if LINES["once_per"](each, now, flow_id)), None)


def _shorter_rest(_: str, now: Occasion, flow_id: str) -> str | None:
    moment, last = moment_of(now), now.known.starts_of(flow_id).last
    return longest_within(moment - last if moment and last else timedelta())


_SWITCHES = ("first_message", "reopened")
_SMALLER: Mapping[str, Callable[[Any, Occasion, str], Any]] = {
    "text_any": _any_phrase,
    "text_all": _all_phrases,
    "text_none": _unfound,
    "text_starts": _first_phrase,
    "participants": _with_participant,
    "attributes": _given_attributes,
    "started_by": lambda types, now, _: types | {now.known.started_by},
    "present": lambda types, now, _: types & now.known.present,
    "absent": lambda types, now, _: types - now.known.present,
    "responsible": _somebody,
    "labels": lambda wanted, now, _: tuple(each for each in wanted if has_label(_labels(now), each)),
    "without_labels": lambda unwanted, now, _: tuple(each for each in unwanted if not has_label(_labels(now), each)),
    "during_hours": _open_hours,
    "outside_hours": _closed_hours,
    "once_per": _rarer_limit,
    "cooldown": _shorter_rest,
}
