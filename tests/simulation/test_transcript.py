"""The lines of a transcript: their kinds, what they are about, and that they are safe to print."""

from itertools import pairwise

import pytest
from tests.builders import (
    ANNA,
    CREATED,
    JANE,
    MAIL,
    WA,
    added,
    as_text,
    flow,
    message,
    play,
    rows,
    transcript_of,
    workspace,
)

from oncue.domain.events import Event, Message, Participant
from oncue.domain.steps import AddNote, AddParticipant, SendMessage
from oncue.domain.vocabulary import MessageType
from oncue.simulation.transcript import GLYPHS, event_words, transcript

WHERE = workspace(
    flow("ask", "message_created", SendMessage(text="Hi"), AddParticipant(participant_type="contact", name="Jane")),
    flow("echo", "message_created", SendMessage(text="x"), by="flow"),
)


def test_each_line_has_depth_kind_trace_and_flow() -> None:
    trace = play(WHERE, CREATED, message())[-1]
    found = [(line.depth, line.kind, line.flow_id, line.trace is trace) for line in transcript(trace, WHERE)]
    assert found == [
        (0, "event", None, True),
        (1, "flow", "ask", True),
        (2, "step", "ask", True),
        (3, "event", None, False),
        (4, "flow", "ask", False),
        (5, "step", "ask", False),
        (6, "event", None, False),
        (7, "loop", "ask", False),
        (7, "flow", "echo", False),
        (8, "step", "echo", False),
        (9, "event", None, False),
        (10, "loop", "ask", False),
        (10, "loop", "echo", False),
        (5, "idle", "ask", False),
        (4, "flow", "echo", False),
        (5, "step", "echo", False),
        (6, "event", None, False),
        (7, "flow", "ask", False),
        (8, "step", "ask", False),
        (9, "event", None, False),
        (10, "loop", "ask", False),
        (10, "loop", "echo", False),
        (8, "idle", "ask", False),
        (7, "loop", "echo", False),
        (2, "idle", "ask", True),
    ]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (message(), 'Contact Jane wrote: "hi"'),
        (message(kind="image"), 'Contact Jane wrote (Image): "hi"'),
        (Event(event="message_created", participant=JANE, message=Message(type="file")), "Contact Jane wrote (File)"),
        (Event(event="message_created"), "Somebody unknown wrote (type unknown)"),
        (added(ANNA), "Agent Anna joined"),
        (Event(event="participant_removed", participant=Participant(type="bot")), "Bot left"),
        (Event(event="conversation_created", participant=JANE, channel="email", instance=MAIL.id),
         "Contact Jane started a conversation on Email · Desk"),
    ],
)  # fmt: skip
def test_an_event_in_words(event: Event, words: str) -> None:
    assert event_words(event, WHERE) == words


def test_a_note_stands_under_its_event() -> None:
    assert transcript_of(WHERE, CREATED, added(ANNA), added(ANNA)) == rows(
        """
        ● Agent Anna joined
          i already there, so nothing happened and no flow was started
        """
    )


def test_plain_text_does_nothing_to_a_terminal() -> None:
    shown = transcript_of(WHERE, CREATED, message(text="\x1b[2J\n\u202eevil"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert shown.splitlines()[0] == '● Contact Jane wrote: "␛[2J␊⟨U+202E⟩evil"'


def test_a_flow_that_the_workspace_no_longer_has_is_shown_by_its_id() -> None:
    trace = play(workspace(flow("gone", "conversation_created", AddNote(text="x"))), CREATED)[0]
    assert as_text([trace], workspace()).splitlines()[1] == "  ▶ gone"


def test_deep_levels_are_numbered_rather_than_indented() -> None:
    kinds: tuple[MessageType, ...] = (
        "text", "image", "file", "gif", "html", "list", "section", "location", "carousel", "template",
    )  # fmt: skip
    flows = [
        flow(f"f{n}", "message_created", SendMessage(text="x", message_type=after), of=kind)
        for n, (kind, after) in enumerate(pairwise(kinds))
    ]
    rows = transcript_of(workspace(*flows), CREATED, message()).splitlines()
    assert rows[-1] == f'{"  " * 24}[27] ● Flow F8 wrote (Template): "x"'


def test_every_kind_has_its_own_mark() -> None:
    assert len(set(GLYPHS.values())) == len(GLYPHS)


def test_the_instance_is_named_as_installed() -> None:
    assert transcript_of(WHERE, CREATED).startswith(f"● Contact Jane started a conversation on WhatsApp · {WA.name}")
