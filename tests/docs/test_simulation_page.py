"""docs/simulation.md names every setting, step and mark, and its transcripts are what is really printed."""

import dataclasses
import re
from pathlib import Path

import pytest
from tests.builders import ANNA, CREATED, WA, as_text, flow, message, run_events, scripted, transcript_of, workspace

from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_TYPES, AddNote, AddParticipant, AssignAgent, CloseConversation, SendMessage
from oncue.domain.values import replaced
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS, MESSAGE_IN_CLOSED
from oncue.domain.workspace import SimulationSettings, WorkspaceConfig
from oncue.simulation.transcript import GLYPHS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/simulation.md").read_text(encoding="utf-8")
NAMES = [field.name for field in dataclasses.fields(SimulationSettings)]
GREET = flow("greet", "message_created", AddNote(text="greeted"), by="contact")
BRIEF = flow("brief", "participant_added", AddNote(text="briefed"))
WELCOME = flow("welcome", "conversation_created", AddNote(text="welcomed"))


@pytest.mark.parametrize("name", [*NAMES, *MESSAGE_IN_CLOSED, *STEP_TYPES, *EVENT_KINDS, *DELIVERIES, *GLYPHS.values()])
def test_it_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE or f'`"{name}"`' in PAGE


def closed_and_written_in(setting: str) -> str:
    close = flow("close", "message_created", CloseConversation(), by="agent")
    where = workspace(GREET, WELCOME, close, message_in_closed_conversation=setting)
    events = run_events(where, scripted(CREATED), scripted(message(ANNA)), scripted(message())).events
    return as_text(events[-1].traces, where)


def delivered_twice(answer: Flow) -> str:
    where = workspace(answer)
    return as_text(run_events(where, scripted(CREATED, delivery="twice")).traces, where)


def test_the_transcripts_of_the_page_are_real() -> None:
    cascade = workspace(
        flow("ask", "conversation_created", AddParticipant(participant_type="bot", name="Robin"), AddNote(text="last")),
        flow("bot", "participant_added", AssignAgent(agent="Anna"), by="bot"),
        flow("anna", "participant_added", AddNote(text="for {{conversation.assignee}}"), by="agent"),
    )
    loop = workspace(
        flow("start", "conversation_created", SendMessage(text="go")),
        flow("a", "message_created", SendMessage(text="x", message_type="image"), of="text", by="flow"),
        flow("b", "message_created", SendMessage(text="y"), of="image", by="flow"),
    )
    limit = workspace(
        flow("a", "conversation_created", SendMessage(text="1"), SendMessage(text="2"), AddNote(text="never")),
        flow("b", "conversation_created", AddNote(text="never")),
        max_events_per_cascade=2,
    )
    slack = replaced(WA, flows_write_as="bot")
    trac = flow("trac", "message_created", SendMessage(text="{{message.text}}: Crash at start"), by={"contact", "bot"})
    as_bot = workspace(trac, config=WorkspaceConfig(name="W", instances=(slack,)))
    shown = [
        transcript_of(cascade, CREATED),
        transcript_of(as_bot, CREATED, message(text="#5")),
        *(transcript_of(each, CREATED) for each in (loop, limit)),
        transcript_of(workspace(GREET), CREATED, message()),
        transcript_of(workspace(GREET, first_message_fires_message_created=False), CREATED, message()),
        transcript_of(workspace(WELCOME, BRIEF), CREATED),
        transcript_of(workspace(WELCOME, BRIEF, initial_participants_fire_participant_added=True), CREATED),
        closed_and_written_in("reopens"),
        closed_and_written_in("new_conversation"),
        delivered_twice(flow("welcome", "conversation_created", AssignAgent(agent="Anna"), SendMessage(text="Hello!"))),
    ]
    assert [block.partition("\n```")[0] + "\n" for block in PAGE.split("```\n●")[1:]] == [each[1:] for each in shown]


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(example, {})
    fired, *transcript = capsys.readouterr().out.splitlines()
    assert fired == "('welcome-whatsapp',)"
    assert transcript[3].endswith("● Contact Jane started a conversation on WhatsApp · Rentals")
