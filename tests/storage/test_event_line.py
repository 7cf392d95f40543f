"""One line, read carefully: all of its problems, not only the first."""

import pytest

from oncue.domain.events import Event
from oncue.domain.problems import Code
from oncue.errors import UnreadableError
from oncue.storage.event_line import read_event


def test_a_good_line_is_an_event() -> None:
    assert read_event(b'{"event":"participant_added","channel":null}', "log") == Event(event="participant_added")


def test_each_misfit_is_a_problem_with_the_line() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_event(b'{"event":"message_create","chanel":"x","participant":{"type":"user"}}', "log", 7)
    found = {problem.key: (problem.code, problem.line, problem.file) for problem in caught.value.problems}
    assert found == {
        "event": (Code.UNKNOWN_VALUE, 7, "log"),
        "chanel": (Code.UNKNOWN_KEY, 7, "log"),
        "participant.type": (Code.UNKNOWN_VALUE, 7, "log"),
    }


@pytest.mark.parametrize(
    "line",
    [
        b'{"event":"participant_added","id":"a","id":"a"}',
        b'{"event":"participant_added","participant":{"id":null,"i\\u0064":null}}',
    ],
)
def test_a_repeated_key_is_a_problem_even_if_the_values_are_the_same(line: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"id: this key is there twice"):
        read_event(line, "log")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"event":', "it ends too early (column 9)"),
        (b"hello", "there is no value where one must be (column 1)"),
        (b"{'event': 1}", "keys must be in double quotes (column 2)"),
        (b'{"event": "a",}', "there is a comma too many (column 15)"),
        (
            b'{"event": "a"} {"event": "b"}',
            "there is more after the event; each event has a line of its own (column 16)",
        ),
        (b'{"event" "a"}', "a colon is missing after the key (column 10)"),
        (b'{"event": "a" "id": "b"}', "a comma or a closing bracket is missing (column 15)"),
        (b'{"id": "a\\q"}', "an unknown escape is in a text; write \\\\ for a backslash (column 11)"),
        (b'{"id": 01}', "a number is not written as JSON has it; text must be in quotes (column 9)"),
        (b'{"id": "a\tb"}', "a line end or another control character is in a text; write \\n (column 10)"),
    ],
)
def test_what_is_no_json_is_said_in_words_for_people(line: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_event(line, "log")
    assert [problem.message for problem in caught.value.problems] == [f"this is not JSON: {words}"]
