"""The rows of a replay, and that no more of them are made than changed."""

import random
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import CREATED, JANE, flow, scenario, scripted, workspace
from tests.strategies import flows as any_flows
from tests.strategies import workspaces

from oncue.domain.conditions import When
from oncue.domain.events import Event, Message
from oncue.domain.steps import AddNote, SendMessage, Step, Wait
from oncue.domain.values import replaced
from oncue.domain.workspace import SimulationSettings, Workspace
from oncue.editing.session import Session
from oncue.errors import ImpossibleEvent
from oncue.simulation.results import EventResult
from oncue.simulation.transcript import GLYPHS
from oncue.workbench import transcript_rows
from oncue.workbench.rows import MISSED, Row
from oncue.workbench.state import State
from oncue.workbench.transcript_rows import TranscriptRows

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


def showing(state: State, flow_id: str) -> State:
    return state.after(state.session.select(flow_id))


def texts(rows: list[Row]) -> list[str]:
    return ["".join(text for text, _ in row.spans) for row in rows]


def test_a_row_leads_to_its_flow_and_has_the_glyph_of_the_command_line() -> None:
    rows = TranscriptRows(60).rows(played(CREATED), None, {})
    assert any(text.strip().startswith(f"{GLYPHS['flow']} Welcome") for text in texts(rows))
    assert any(text.strip().startswith(f"{GLYPHS['step']} sent") for text in texts(rows))
    assert [row.flow_id for row in rows if "▶ Welcome" in texts([row])[0]] == ["welcome"]
    assert [row.number for row in rows if row.more] == [1]


def test_no_row_is_wider_than_it_may_be() -> None:
    for width in (33, 60):
        rows = TranscriptRows(width).rows(played(CREATED, WRITTEN), 1, {})
        assert max(map(len, texts(rows))) <= width


def test_what_is_folded_is_counted() -> None:
    state = played(CREATED, WRITTEN)
    rows = texts(TranscriptRows(80).rows(state, None, {1: frozenset({0})}))
    assert rows[0].endswith("▸ 5 lines")
    assert not any("Welcome" in row for row in rows)
    assert any("Reply" in row for row in rows)


def test_one_event_is_explained_on_request() -> None:
    state = played(CREATED, WRITTEN)
    rows = TranscriptRows(80).rows(state, 2, {})
    assert [row.number for row in rows if "wants Participant removed" in texts([row])[0]] == [2]
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


SILENT = [  # events that start no flow whatever the triggers say
    pytest.param(True, Event(event="participant_added", participant=JANE), "already there", id="already there"),
    pytest.param(False, WRITTEN, "belongs to the start of the conversation", id="first message"),
]


@pytest.mark.parametrize(("first_message", "silent", "reason"), SILENT)
@pytest.mark.parametrize("explained", [None, 2])
@pytest.mark.parametrize("opened", ["fits", "other"])
def test_an_event_that_starts_no_flow_says_why_instead_of_blaming_a_clause(
    first_message: bool, silent: Event, reason: str, explained: int | None, opened: str
) -> None:
    flows = workspace(
        flow("fits", silent.event),
        flow("other", "participant_removed"),
        first_message_fires_message_created=first_message,
    )
    state = played(CREATED, silent, flows=flows)
    state = showing(state, opened)
    rows = [row for row in TranscriptRows(200).rows(state, explained, {}) if row.number == 2]
    assert any("run: " in text and reason in text for text in texts(rows))
    assert not [text for text in texts(rows) if "wants " in text or " t " in text]
    assert all(row.edit is None for row in rows)


@settings(max_examples=60)
@given(workspaces(any_flows(), max_size=4), st.integers(0, 2**32), st.booleans(), st.integers(8, 120))
def test_every_flow_can_be_open_at_every_event(flows: Workspace, seed: int, first_message: bool, width: int) -> None:
    """Rows are made, and each flow that did not run on an event has one that says so with a reason."""
    rules = SimulationSettings(first_message_fires_message_created=first_message, max_events_per_cascade=20)
    where = replace(flows, config=replace(flows.config, simulation=rules))
    state = State.start(Session.start(where))
    rng = random.Random(seed)
    for _ in range(8):
        sent = _chosen(rng, state)
        with suppress(ImpossibleEvent):
            state = state.simulating(lambda simulator, event=sent: simulator.sent(event))  # type: ignore[misc]
    results = state.results
    for flow_id in where.flows:
        shown = showing(state, flow_id)
        for explained in (None, *(result.number for result in results)):
            rows = TranscriptRows(width).rows(shown, explained, {})
            for result in results:
                if result.trace is None or flow_id in result.fired or explained == result.number:
                    continue
                about = [row for row in rows if row.number == result.number and row.flow_id == flow_id]
                assert about
                assert result.trace.fires or all(row.edit is None for row in about)


def _chosen(rng: random.Random, state: State) -> Event | None:
    """A random event that is likely; or one more of the last, which is how people join twice."""
    results = [result for result in state.results if result.trace is not None]
    if not results or rng.random() < 0.6:
        return None
    who = rng.choice(results).event.participant
    return Event(event="participant_added", participant=who)


def test_a_flow_that_ran_is_explained_on_request_with_what_keeps_it_off() -> None:
    rows = TranscriptRows(200).rows(played(CREATED, WRITTEN), 2, {})
    about = [row for row in rows if row.number == 2 and row.flow_id == "reply" and row.line == MISSED]
    said = [text.strip() for text in texts(about)]
    assert "✓ Reply" in said
    assert "instance: Support, open to every instance" in said
    assert "type: Text, open to any message type" in said
    offered = [row.edit for row in about if row.edit is not None]
    assert len(offered) == 3
    for edit in offered:
        flows = replace(FLOWS, flows={**FLOWS.flows, "reply": edit})
        assert "reply" not in played(CREATED, WRITTEN, flows=flows).results[1].fired


def test_what_an_answer_depends_on_is_said_in_words() -> None:
    unsure = replaced(FLOWS.flows["reply"], when=When(outside_hours=("gone",)))
    flows = replace(FLOWS, flows={**FLOWS.flows, "reply": unsure})
    rows = TranscriptRows(200).rows(played(CREATED, WRITTEN, flows=flows), 2, {})
    said = [text.strip() for text in texts([row for row in rows if row.number == 2 and row.flow_id == "reply"])]
    assert "would run if it happens outside gone hours" in said
    assert "would not run if it happens during gone hours" in said


def test_what_is_not_expected_is_explained_at_once() -> None:
    script = scenario(scripted(CREATED, expect=["other"]))
    state = State.start(Session.start(replace(FLOWS, scenarios={"s": script})))
    state = state.simulating(lambda simulator: simulator.opening_scenario(script))
    state = state.simulating(lambda simulator: simulator.stepping())
    rows = TranscriptRows(200).rows(state, None, {})
    said = [text.strip() for text in texts(rows)]
    assert "✗ Other was expected and did not run" in said
    assert "✗ Other" in said
    assert "when: Conversation created, wants Participant removed" in said
    assert "✗ Welcome ran and was not expected" in said
    assert "✓ Welcome" in said
    assert {row.edit.id for row in rows if row.edit is not None} == {"other", "welcome"}
    assert any("1 other did not run" in text for text in said), "those that are told are not counted"


LATER = workspace(
    flow(
        "later",
        "conversation_created",
        Wait(for_="10m"),
        AddNote(text="after ten minutes"),
        Wait(for_="1d"),
        AddNote(text="x"),
    )
)


def passed(state: State, duration: str | None) -> State:
    return state.simulating(lambda simulator: simulator.passing(duration))


def test_what_a_flow_does_later_stands_where_it_happened_and_folds_with_its_event() -> None:
    state = passed(passed(played(CREATED, flows=LATER), "5m"), None)
    state = passed(state.simulating(lambda simulator: simulator.sent(WRITTEN)), None)
    maker = TranscriptRows(60)
    rows = maker.rows(state, None, {})
    heads = [text.strip() for text in texts(rows) if text.startswith(("10:", "─"))]
    assert heads == [
        "10:00 ✦ Contact Jane started a conversation on WhatsApp ·",
        "10:10 ◷ Later continues",
        "10:10 ✎ Contact Jane  Hi",
        f"{'─ 2026-01-06 ':─<60}",
        "10:10 ◷ Later continues",
    ]
    assert [row.number for row in rows if "◷" in texts([row])[0]] == [1, 1]
    assert "after ten minutes" in str(texts(rows))
    assert "after ten minutes" not in str(texts(maker.rows(state, None, {1: frozenset({0})})))
    (first, second) = (row.line for row in rows if "◷" in texts([row])[0])
    folded = str(texts(maker.rows(state, None, {1: frozenset({first})})))
    assert ("after ten minutes" in folded, 'noted "x"' in folded, first != second) == (False, True, True)


def edited_rows(state: State, *steps: Step) -> list[str]:
    """The rows after the flow was edited to have these steps."""
    where = LATER.with_flow(replaced(LATER.flows["later"], steps=steps))
    rows = TranscriptRows(60).rows(state.after(state.session.edit("Edit", where, ("later",))), None, {})
    return [" ".join(text.split()) for text in texts(rows)]


def test_what_the_saved_flows_would_have_done_later_is_marked() -> None:
    state = passed(played(CREATED, flows=LATER), None)
    rows = edited_rows(state, Wait(for_="10m"), AddNote(text="new"))
    assert {'- · noted "after ten minutes"', '+ · noted "new"'} <= {*rows}
    assert "- 10:10 ◷ Later continues" in edited_rows(state)
