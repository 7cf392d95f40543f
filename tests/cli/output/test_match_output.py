"""Answers are the same bytes, whichever way a line was read, and whichever of them came first."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import recordings
from tests.strategies import CONFIG, workspaces

from oncue.cli.output import match_output
from oncue.cli.output.explanation_rows import LONGEST_NAME
from oncue.cli.output.match_json import JsonAnswers
from oncue.cli.output.match_output import Answers
from oncue.cli.output.match_text import TextAnswers
from oncue.domain.events import Event, Participant
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.errors import UnreadableError
from oncue.storage.event_line import read_event
from oncue.storage.recordings import events_of, read_events
from oncue.storage.toml.read import BOM
from oncue.text import visible_lines

EMPTY = Workspace(CONFIG)
KINDS = [JsonAnswers, TextAnswers]


def read_carefully(line: bytes, number: int) -> Event | Problem:
    try:
        return read_event(line, "log", number)
    except UnreadableError as error:
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        return error.problems[0]._replace(message=error.problems[0].message + more)


def said(answers: Answers, found: list[object]) -> list[object]:
    return [each if isinstance(each, Problem) else answers.of(each) for each in found]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150)
@given(workspaces(max_size=4), st.lists(recordings.lines, max_size=4), st.booleans())
def test_a_recording_is_answered_as_if_each_line_were_read_carefully(
    kind: type[Answers], workspace: Workspace, lines: list[bytes], explained: bool
) -> None:
    without_mark = [line.removeprefix(BOM) if number == 1 else line for number, line in enumerate(lines, 1)]
    careful = [read_carefully(line, number) for number, line in enumerate(without_mark, 1) if line.strip()]
    answered = said(kind(workspace, explained), list(events_of(enumerate(without_mark, 1), "log", Counter())))
    assert answered == [said(kind(workspace, explained), [each])[0] for each in careful]


@given(workspaces(max_size=2), recordings.lines, st.booleans())
def test_answers_are_safe_to_print_and_json_is_ascii(workspace: Workspace, line: bytes, explained: bool) -> None:
    for found in read_events([line], "log"):
        if not isinstance(found, Problem):
            text = TextAnswers(workspace, explained).of(found).decode()
            assert visible_lines(text, 1_000_000) == text
            answer = JsonAnswers(workspace, explained).of(found)
            assert answer.decode("ascii")[:-1].isprintable()
            assert json.loads(answer)["event"]["event"] == found.event


@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_forgotten_when_there_are_too_many(kind: type[Answers], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_output, "KEPT", 1_000)
    answers = kind(EMPTY, True)
    for _ in range(2):
        for number in range(200):
            event = Event(event="participant_added", instance=f"i-{number}")
            assert answers.of(event) == kind(EMPTY, True).of(event)
            assert sum(map(len, answers._kept.values())) <= 1_000


def test_a_long_name_leaves_room_for_what_happened() -> None:
    event = Event(
        event="conversation_created", instance="wa-1", participant=Participant(name="x" * 5_000), id="e" * 999
    )
    line = TextAnswers(EMPTY, False).of(event).decode().splitlines()[0]
    assert line.endswith("… started a conversation on WhatsApp · Rentals")
    assert len(line) < 3 * LONGEST_NAME
