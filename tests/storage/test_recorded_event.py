"""The fast way to read a line against the careful one, which is the authority."""

import json

import msgspec
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests import recordings

from oncue.domain.plain import as_plain
from oncue.errors import UnreadableError
from oncue.importers.recorded import RecordedEvent
from oncue.storage.event_line import read_event
from oncue.storage.recorded_event import decode, has_repeated_key, has_same_quotes
from oncue.workbench.json_values import as_json

LINE = b'{"event":"message_created","participant":{"type":"bot","name":"B"},"message":{"text":"hi"},"id":"e"}'


@settings(max_examples=500)
@given(recordings.lines)
def test_what_the_fast_way_reads_the_careful_way_reads_alike(line: bytes) -> None:
    found = decode(line)
    event("not understood" if found is None else "understood")
    if found is not None:
        careful = read_event(line, "log.jsonl")
        assert found.as_event() == careful
        assert found.as_json() == as_json(as_plain(careful))


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        LINE.replace(b":", b" : ").replace(b",", b"\t, "),
        LINE.replace(b'"id":"e"', b'"id":null,"at":"2026-11-22T10:00:00.25+02:00"'),
        LINE.replace(b"hi", b'say \\"a\\": \\\\ \\u0022 \\u00e9 \xc3\xa9'),
        b" " + LINE + b"\r",
    ],
)
def test_what_programs_write_is_read_the_fast_way(line: bytes) -> None:
    assert isinstance(decode(line), RecordedEvent)


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace(b'"id"', b'"event"'),
        LINE.replace(b'"id"', b'"idd"'),
        LINE.replace(b'"id":"e"', b'"id":null,"id":"e"'),
        LINE.replace(b'"id":"e"', b'"id":"e","i\\u0064":null'),
        LINE.replace(b'"type":"bot"', b'"name":"A"'),
        LINE.replace(b"message_created", b"participant_added"),
        LINE.replace(b"hi", b"\\ud800"),
        LINE.replace(b"hi", b"\xed\xa0\x80"),
        LINE.replace(b"hi", b"\x01"),
        LINE.replace(b'"e"', b"1"),
        LINE + LINE,
        b"\xef\xbb\xbf" + LINE,
        b"",
    ],
)
def test_everything_else_is_left_to_the_careful_way(line: bytes) -> None:
    assert decode(line) is None
    with pytest.raises(UnreadableError):
        read_event(line, "log.jsonl")


@settings(max_examples=500)
@given(recordings.begun)
def test_a_repeated_key_is_found_whatever_else_is_there(line: bytes) -> None:
    try:
        found = msgspec.json.decode(line, type=RecordedEvent)
    except (msgspec.MsgspecError, ValueError):
        return
    repeated = False

    def look(pairs: list[tuple[str, object]]) -> None:
        nonlocal repeated
        repeated |= len(dict(pairs)) < len(pairs)

    json.loads(line, object_pairs_hook=look)
    event(f"repeated: {repeated}")
    assert has_repeated_key(line, found) is repeated


@given(st.lists(recordings.texts), st.lists(recordings.texts), st.booleans())
def test_only_quotes_around_strings_are_counted(texts: list[str], others: list[str], ascii: bool) -> None:
    one, other = json.dumps(texts, ensure_ascii=ascii).encode(), json.dumps(others).encode()
    assert has_same_quotes(one, other) is (len(texts) == len(others))
