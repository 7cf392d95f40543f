"""The rows of a replay, and that no more of them are made than changed."""

from dataclasses import replace

import pytest
from tests.builders import CREATED, flow, workspace

from oncue.domain.events import Event, Message
from oncue.domain.steps import AddNote, SendMessage
from oncue.domain.workspace import Workspace
from oncue.editing.session import Session
from oncue.simulation.results import EventResult
from oncue.simulation.transcript import GLYPHS
from oncue.workbench import transcript_rows
from oncue.workbench.state import State
from oncue.workbench.transcript_rows import Row, TranscriptRows

WRITTEN = Event(event="message_created", participant=CREATED.participant, message=Message(type="text", text="Hi"))
FLOWS = workspace(
    flow("welcome", "conversation_created", SendMessage(text="Hello and welcome to the harbour")),
    flow("reply", "message_created", AddNote(text="noted")),
    flow("other", "participant_removed"),
)


def played(*events: Event, flows: Workspace = FLOWS) -> State:
    state = State.start(Session.start(flows))
    for event in events:
        state = state.simulating(lambda simulator, event=event: simulator.sent(event))  # type: ignore[misc]
    return state


def texts(rows: list[Row]) -> list[str]:
    return ["".join(text for text, _ in row.spans) for row in rows]


def test_a_row_leads_to_its_flow_and_has_the_glyph_of_the_command_line() -> None:
    rows = TranscriptRows(60).rows(played(CREATED), None, {})
    assert any(text.strip().startswith(f"{GLYPHS['flow']} welcome") for text in texts(rows))
    assert any(text.strip().startswith(f"{GLYPHS['step']} sent") for text in texts(rows))
    assert [row.flow_id for row in rows if "welcome (" in texts([row])[0]] == ["welcome"]
    assert [row.number for row in rows if row.more] == [1]


def test_no_row_is_wider_than_it_may_be() -> None:
    for width in (33, 60):
        rows = TranscriptRows(width).rows(played(CREATED, WRITTEN), 1, {})
        assert max(map(len, texts(rows))) <= width


def test_what_is_folded_is_counted() -> None:
    state = played(CREATED, WRITTEN)
    rows = texts(TranscriptRows(80).rows(state, None, {1: frozenset({0})}))
    assert rows[0].endswith("▸ 5 lines")
    assert not any("welcome (" in row for row in rows)
    assert any("reply (" in row for row in rows)


def test_one_event_is_explained_on_request() -> None:
    state = played(CREATED, WRITTEN)
    rows = TranscriptRows(80).rows(state, 2, {})
    assert [row.number for row in rows if "expects participant_removed" in texts([row])[0]] == [2]
    assert any(row.edit is not None for row in rows if row.number == 2)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the events whose rows were made."""
    numbers: list[int] = []
    original = transcript_rows._happened_rows

    def note(state: State, result: EventResult, *rest: object) -> list[Row]:
        numbers.append(result.number)
        return original(state, result, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(transcript_rows, "_happened_rows", note)
    return numbers


def test_a_step_makes_the_rows_of_its_event_only(made: list[int]) -> None:
    rows = TranscriptRows(60)
    state = played(CREATED, *[WRITTEN] * 20)
    before = rows.rows(state, None, {})
    assert made == [*range(1, 22)]
    made.clear()
    back = state.simulating(lambda simulator: simulator.stepping_back())
    rows.rows(back, None, {})
    assert made == []
    again = rows.rows(back.simulating(lambda simulator: simulator.sent(WRITTEN)), None, {})
    assert made == [21]
    assert texts(again) == texts(before)


def test_another_fold_makes_the_rows_of_its_event_only(made: list[int]) -> None:
    rows, state = TranscriptRows(60), played(CREATED, WRITTEN)
    rows.rows(state, None, {})
    made.clear()
    rows.rows(state, None, {2: frozenset({0})})
    assert made == [2]
    rows.rows(state, None, {})
    assert made == [2], "both are kept"


def test_an_edit_is_seen() -> None:
    rows, state = TranscriptRows(60), played(CREATED, WRITTEN)
    rows.rows(state, None, {})
    edited = replace(FLOWS.flows["reply"], steps=(AddNote(text="noted well"),))
    changed = replace(FLOWS, flows={**FLOWS.flows, "reply": edited})
    after = state.after(state.session.edit("Change", changed, {"reply"}))
    notes = [row.strip() for row in texts(rows.rows(after, None, {})) if "noted" in row]
    assert [note[0] for note in notes] == ["-", "+"] * 2, "after the welcome, too, which is a message"
