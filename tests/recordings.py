"""Hypothesis strategies for lines of recordings: good ones, nearly good ones, and any bytes."""

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.strategies import channel_names, event_kinds, instance_names, message_types, participant_types

CHARACTERS = st.characters(codec="utf-8") | st.sampled_from('"\\/:,{}[]\n\t\b\x00\x7f\x1b éß🙂\u2028')
texts = st.text(CHARACTERS, max_size=12)
dates = st.one_of(
    *[st.datetimes().map(lambda at: at.isoformat() + "Z")] * 3,
    st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()),
    st.datetimes().map(lambda at: at.isoformat(" ", "seconds")),
    st.from_regex(
        r"20\d\d-[01]\d-[0-3]\d[Tt _][0-2]\d:[0-6]\d(:[0-6]\d([.,]\d{0,10})?)?([Zz]|[+-][0-2]\d:?[0-6]\d)?",
        fullmatch=True,
    ),
    st.sampled_from(["2026-11-22", "10:00", "1700000000", "-1", "", "2026-11-22T24:00:00Z", "2026-06-30T23:59:60Z"]),
)
odd: SearchStrategy[Any] = st.none() | texts | st.integers() | st.floats() | st.booleans() | st.lists(texts, max_size=1)


def _mostly(values: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.integers(0, 40).flatmap(lambda chance: odd if chance == 7 else values)


@st.composite
def _members(draw: st.DrawFn, keys: dict[str, SearchStrategy[Any]]) -> str:
    """An object of some of these keys, as text; now and then with a key twice, or one that nobody knows."""
    names = draw(st.lists(st.sampled_from([*keys]), max_size=8, unique=True))
    names += draw(st.sampled_from([[]] * 20 + [["typ"], [""], names[:1], names[-1:]]))
    between, colon = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :\r"), (",", "\t: ")]))
    return "{" + between.join(f"{draw(_key(name))}{colon}{draw(_value(keys.get(name, odd)))}" for name in names) + "}"


def _key(name: str) -> SearchStrategy[str]:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in name)
    return st.sampled_from([f'"{name}"'] * 9 + [f'"{escaped}"'])


def _value(values: SearchStrategy[Any]) -> SearchStrategy[str]:
    def written(value: Any) -> SearchStrategy[str]:
        if isinstance(value, _Raw):
            return st.just(value)
        return st.booleans().map(lambda ascii: json.dumps(value, ensure_ascii=ascii))

    return values.flatmap(written)


class _Raw(str):
    """JSON already."""


participants = _members({"type": _mostly(participant_types), "id": _mostly(texts), "name": _mostly(texts)}).map(_Raw)
messages = _members({"type": _mostly(message_types), "text": _mostly(texts)}).map(_Raw)
events = _members(
    {
        "event": _mostly(event_kinds),
        "channel": _mostly(channel_names),
        "instance": _mostly(instance_names),
        "conversation": _mostly(texts),
        "participant": _mostly(participants),
        "message": _mostly(messages),
        "at": _mostly(dates),
        "id": _mostly(texts),
    }
)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A line with a piece taken out, doubled or replaced."""
    line = draw(events).encode()
    start = draw(st.integers(0, len(line)))
    end = draw(st.integers(start, min(len(line), start + 12)))
    piece = draw(st.sampled_from([b"", line[start:end] * 2, b"\\ud800", b"\xff", b"\xed\xa0\x80", b"\0", b'"', b"\\"]))
    return line[:start] + piece + line[end:]


def _begun(text: str) -> bytes:
    """The object ``text`` as an event of a message, unless that makes ``event`` a repeated key."""
    begun = text if '"event"' in text else text.replace("{", '{"event":"message_created",', 1).replace(",}", "}")
    return begun.encode()


begun = events.map(_begun)
lines: SearchStrategy[bytes] = st.one_of(
    *[begun] * 5,
    events.map(str.encode),
    _mutated(),
    events.map(lambda text: b"\xef\xbb\xbf" + text.encode()),
    st.binary(max_size=40),
)
"""Any line; a third to a half of them are events."""
