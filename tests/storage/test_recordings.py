import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.events import Event
from oncue.domain.problems import Problem
from oncue.errors import UnreadableError
from oncue.importers.recorded import RecordedEvent
from oncue.storage.recorded_texts import MAX_EVENT
from oncue.storage.recordings import Recording, read_events, unheard_in_words

GOOD = (
    b'{"event": "message_created", "participant": {"type": "bot", "id": "p"}, "message": {"type": "text"}, "id": "e"}'
)


def read(*lines: bytes) -> list[Event | Problem]:
    chunks = (line.removesuffix(b"\n") + b"\n" for line in lines)
    return [each.as_event() if isinstance(each, RecordedEvent) else each for each in read_events(chunks, "log.jsonl")]


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
        (b'{"event": "message_created", "id": "' + b"x" * MAX_EVENT + b'"}', ["1,048,576"]),
        (b'{"event": ' + b"[" * 100_000, ["deeply", "64"]),
        (b'{"event": "message_created", "id": ' + b"9" * 1_000_000 + b"}", ["not JSON", "number"]),
        (b'{"a": 1, "b": 2}', ["(and 2 more)"]),
        (b'{"a": 1, "b": 2, "c": 3}', ["no event of oncue", "'a', 'b', 'c'", '{"event": "message_created"']),
        (b'{"type": "message_created", "id": 1}', ["type: unknown key", "is called 'event'"]),
        (b'{"at": 1, "event": "message_create"}', ["'message_create'", "(and 1 more)"]),
    ],
)
def test_a_bad_line_is_one_problem_and_the_others_are_read(line: bytes, words: list[str]) -> None:
    found = str(problem(line))
    assert all(word in found for word in words), found


@given(
    st.binary(max_size=60) | st.recursive(st.text() | st.none() | st.floats(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_line_is_an_event_or_a_problem(line: bytes) -> None:
    assert len(read(GOOD, line)) <= 2 + line.count(b"\n")
    assert list(read_events([line], "log")) == list(read_events((bytes([each]) for each in line), "log"))


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


RECORDED: list[dict[str, Any]] = [
    {"event": "message_created", "channel": "whatsapp", "message": {"type": "text", "text": 'a } "quoted\\" { [ text'}},
    {"event": "participant_added", "participant": {"type": "bot"}},
    {"event": "conversation_created", "id": "\\"},
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDED),
        json.dumps(RECORDED, indent=2),
        json.dumps(RECORDED, indent="\t").replace("\n", "\r\n"),
        "\n\n  " + json.dumps([RECORDED[:1], RECORDED[1:]]),
        "\n".join(json.dumps(each, indent=2) for each in RECORDED),
        "".join(json.dumps(each, indent=4) for each in RECORDED) + "\n",
        "\n".join(json.dumps([each]) for each in RECORDED),
        ",\n".join(json.dumps(each, indent=1) for each in RECORDED),
        "\ufeff" + json.dumps(RECORDED, indent=1),
        "\n" + "\n".join(json.dumps(each) for each in RECORDED),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
def test_lists_and_json_laid_out_for_people_are_read_too(text: str, size: int) -> None:
    data = text.encode()
    chunks = (data[start : start + size] for start in range(0, len(data), size))
    assert list(Recording(chunks)) == [Event(**each) for each in RECORDED]


def problems(text: bytes) -> list[str]:
    return [str(each) for each in read_events([text], "log") if isinstance(each, Problem)]


def test_what_is_wrong_in_a_list_has_its_line() -> None:
    assert problems(b'[\n{"event": "participant_added"},\n{"event": "participant_addde"}, 7,\n{"id": 1}]') == [
        "log:3: event: 'participant_addde' is not a known value; did you mean 'participant_added'?",
        "log:3: expected one JSON object on each line, { … }",
        "log:4: event: missing; it is required (and 1 more)",
    ]
    assert problems(b"[]") == problems(b"[\n]\n") == []


def test_a_list_that_was_cut_off_is_said() -> None:
    assert problems(b'[\n{"event": "participant_added"},') == [
        "log:2: the list is not closed; the end of the recording is missing"
    ]
    (found,) = problems(b'[\n{"event": "participant_added')
    assert "log:2: this is not JSON" in found


def test_a_line_that_was_cut_off_behind_a_comma_does_not_swallow_the_next() -> None:
    found = list(read_events([b'{"event": "message_created",\n' + GOOD + b"\n" + GOOD], "log"))
    assert [type(each) for each in found] == [Problem, RecordedEvent, RecordedEvent]


def test_kinds_that_no_flow_can_listen_to_are_counted_and_no_problems() -> None:
    unheard = Counter[str]()
    kinds = ["message_read"] * 3 + ["typing_on", "message_read", "reaction_added"]
    text = b"\n".join(b'{"event": "%b", "who": {"any": ["thing"]}}' % kind.encode() for kind in kinds)
    assert list(read_events([text], "log", unheard)) == []
    assert unheard == {"message_read": 4, "typing_on": 1, "reaction_added": 1}
    assert unheard_in_words(unheard, most=2) == (
        "no flow can listen to 6 events of other kinds: message_read (4), typing_on (1), 1 more kind"
    )


def test_a_payload_of_a_platform_is_named_once_and_then_counted() -> None:
    line = b'{"type": "event_callback", "team_id": "T1", "event": {"type": "message"}}\n'
    one, many = problems(line), problems(line * 1_000)
    assert one == many[:1]
    assert "log:1: this is a webhook of Slack; expected an event of oncue, such as {" in one[0]
    assert many[1:] == ["log: 999 more of these: a webhook of Slack"]


def test_a_recording_is_read_in_each_loop_anew(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(GOOD + b'\n{"event": "message_read"}\n' + GOOD)
    recording = Recording(path)
    assert len(list(recording)) == len(list(recording)) == 2
    assert recording.unheard == {"message_read": 1}


def test_a_bad_line_ends_the_loop_unless_somebody_hears_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(GOOD + b"\nbroken\n" + GOOD)
    with pytest.raises(UnreadableError, match=r"log\.jsonl:2: this is not JSON"):
        list(Recording(path))
    heard: list[Problem] = []
    assert len(list(Recording(str(path), on_problem=heard.append))) == 2
    assert [each.line for each in heard] == [2]


def test_a_recording_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"gone\.jsonl: there is no such file$"):
        list(Recording(tmp_path / "gone.jsonl"))
