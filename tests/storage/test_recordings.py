import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.events import Event
from oncue.domain.problems import Problem
from oncue.storage.recorded_event import RecordedEvent
from oncue.storage.recordings import MAX_LINE, read_events

GOOD = (
    b'{"event": "message_created", "participant": {"type": "bot", "id": "p"}, "message": {"type": "text"}, "id": "e"}'
)


def read(*lines: bytes) -> list[Event | Problem]:
    return [each.as_event() if isinstance(each, RecordedEvent) else each for each in read_events(lines, "log.jsonl")]


def problem(line: bytes) -> Problem:
    first, found, last = read(GOOD + b"\n", line, GOOD)
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(found, Problem)
    assert (found.file, found.line) == ("log.jsonl", 2)
    return found


def test_every_key_but_event_may_be_missing_or_null() -> None:
    assert read(b'{"event": "participant_added"}') == [Event(event="participant_added")]
    assert read(b'{"event": "participant_added", "channel": null, "participant": {"type": null}}')
    (event,) = read(
        b'{"event":"message_created","channel":"whatsapp","instance":"wa","conversation":"c-1","participant":'
        b'{"type":"contact","id":"p-1","name":"Jane"},"message":{"type":"text",'
        b'"text":"he said: \\"x\\":1 \\ud83d\\ude42"},"at":"2026-11-22T10:00:00Z","id":"evt-1"}'
    )
    assert isinstance(event, Event)
    assert event.message is not None
    assert event.message.text == 'he said: "x":1 🙂'


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    events = read(b"\xef\xbb\xbf" + GOOD + b"\r\n", b"\n", b"  \r\n", GOOD)
    assert [type(event) for event in events] == [Event, Event]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", ["not JSON"]),
        (b"[1]", ["one JSON object"]),
        (b'"x"', ["one JSON object"]),
        (b"{}", ["event", "missing"]),
        (b'{"event": "message_create"}', ["event", "'message_create'", "did you mean 'message_created'?"]),
        (b'{"event": "message_created", "chanel": "x"}', ["chanel", "unknown key", "'channel'"]),
        (b'{"event": "message_created", "participant": {"typ": "bot"}}', ["participant.typ", "'type'"]),
        (b'{"event": "message_created", "channel": NaN}', ["channel", "expected text"]),
        (b'{"event": "message_created", "channel": 1}', ["channel", "found 1", "expected text"]),
        (b'{"event": "message_created", "at": "yesterday"}', ["at", "date and time"]),
        (b'{"event": "participant_added", "message": {}}', ["message", "only for"]),
        (b'{"event": "message_created", "id": "a", "id": "b"}', ["id", "twice"]),
        (b'{"event": "message_created", "id": "a", "i\\u0064": "b"}', ["id", "twice"]),
        (b'{"event": "message_created", "id" : "a", "id"\t: null}', ["id", "twice"]),
        (b'{"event": "message_created", "participant": {"id": "a", "id": "b"}}', ["id", "twice"]),
        (b'{"event": "message_created", "id": "\\ud800"}', ["half of a surrogate pair", "\\ud800"]),
        (b'{"event": "message_created", "id": "\xff"}', ["0xff", "UTF-8"]),
        ('{"event": "message_created"}'.encode("utf-16"), ["UTF-16"]),
        (b'{"event": "message_created", "id": "' + b"x" * MAX_LINE + b'"}', ["1,048,576"]),
        (b'{"event": ' + b"[" * 100_000, ["deeply", "64"]),
        (b'{"event": "message_created", "id": ' + b"9" * 1_000_000 + b"}", ["not JSON", "number"]),
        (b'{"a": 1, "b": 2}', ["(and 2 more)"]),
    ],
)
def test_a_bad_line_is_one_problem_and_the_others_are_read(line: bytes, words: list[str]) -> None:
    found = str(problem(line))
    assert all(word in found for word in words), found


@given(
    st.binary(max_size=60) | st.recursive(st.text() | st.none() | st.floats(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_line_is_an_event_or_a_problem(line: bytes) -> None:
    assert len(read(line)) <= 1


texts = st.none() | st.text(max_size=5)


@given(
    st.fixed_dictionaries(
        {"event": st.just("message_created")},
        optional={
            "channel": texts,
            "id": texts,
            "participant": st.fixed_dictionaries({}, optional={"id": texts, "name": texts}),
            "message": st.none() | st.fixed_dictionaries({}, optional={"text": texts}),
        },
    )
)
def test_no_good_event_is_taken_for_one_with_a_key_twice(event: dict[str, object]) -> None:
    for text in (json.dumps(event), json.dumps(event, ensure_ascii=False, separators=(" , ", " : "))):
        (read_back,) = read(text.encode("utf-8", "surrogatepass"))
        assert isinstance(read_back, Event) or "UTF-8" in read_back.message or "surrogate" in read_back.message


def test_a_file_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes((GOOD + b"\n") * 1_000 + b"broken\n" + GOOD)
    with path.open("rb") as stream:
        found = [each for each in read_events(stream, "log") if isinstance(each, Problem)]
    assert [(each.line, each.file) for each in found] == [(1_001, "log")]
