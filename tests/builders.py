"""What the tests of the simulation share: short ways to write flows and events, and to play them."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import Step
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.simulation.cascade import new_conversation, step
from oncue.simulation.random_events import random_event
from oncue.simulation.trace import Trace
from oncue.simulation.transcript import as_text

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WA = Instance(id="wa", channel="whatsapp", name="Support", external_ids=("whatsapp:+31",))
MAIL = Instance(id="mail", channel="email", name="Desk")

JANE = Participant(type="contact", id="p-1", name="Jane")
ANNA = Participant(type="agent", name="Anna")
BEN = Participant(type="agent", name="Ben")
ROBIN = Participant(type="bot", name="Robin")

CREATED = Event(event="conversation_created", participant=JANE)


def flow(flow_id: str, event: EventKind, *steps: Step, by: ParticipantType | None = None, **more: object) -> Flow:
    """A flow on WhatsApp; ``by`` narrows to one participant type, ``of`` to one message type."""
    kinds: MessageType | None = more.pop("of", None)  # type: ignore[assignment]
    trigger = Trigger(
        event=event,
        channel="whatsapp",
        participant_types=None if by is None else frozenset({by}),
        message_types=None if kinds is None else frozenset({kinds}),
    )
    return Flow(id=flow_id, name=flow_id.title(), trigger=trigger, steps=steps, **more)  # type: ignore[arg-type]


def workspace(*flows: Flow, **settings: object) -> Workspace:
    """A workspace of these flows, with these simulation settings."""
    simulation = SimulationSettings(**settings)  # type: ignore[arg-type]
    config = WorkspaceConfig(name="Test", instances=(WA, MAIL), simulation=simulation)
    return Workspace(config, {each.id: each for each in flows})


def added(who: Participant) -> Event:
    """``who`` joins."""
    return Event(event="participant_added", participant=who)


def removed(who: Participant) -> Event:
    """``who`` leaves."""
    return Event(event="participant_removed", participant=who)


def message(who: Participant | None = JANE, text: str = "hi", kind: MessageType = "text") -> Event:
    """``who`` writes."""
    return Event(event="message_created", participant=who, message=Message(type=kind, text=text))


def play(where: Workspace, *events: Event) -> list[Trace]:
    """The turns of ``events``, played one after the other in a new conversation on WhatsApp."""
    matcher, conversation, traces = compile_matcher(where), new_conversation("c-1", WA), []
    for event in events:
        traces.append(step(conversation, event, where, matcher, AT))
        conversation = traces[-1].conversation
    return traces


def told(where: Workspace, *events: Event) -> str:
    """The transcript of the last of ``events``."""
    return as_text(play(where, *events)[-1:], where)


def play_random(where: Workspace, seed: int, length: int) -> tuple[list[Trace], Conversation]:
    """At most ``length`` random turns in a new conversation, and the conversation after them."""
    rng, matcher, conversation = random.Random(seed), compile_matcher(where), new_conversation("c-1", WA)
    traces: list[Trace] = []
    while len(traces) < length and not (conversation.closed and not conversation.participants):
        traces.append(step(conversation, random_event(rng, conversation), where, matcher, AT))
        conversation = traces[-1].conversation
    return traces, conversation


def script(text: str) -> str:
    """A transcript as it is written in a test: without the indentation of the test."""
    rows = [row for row in text.split("\n") if row.strip()]
    indent = min(len(row) - len(row.lstrip()) for row in rows)
    return "".join(f"{row[indent:]}\n" for row in rows)


def conversation(*present: Participant, **changes: object) -> Conversation:
    """An open conversation with these participants."""
    started = new_conversation("c-1", WA)._replace(started=True, open=True, participants=present)
    return started._replace(**changes)  # type: ignore[arg-type]


def ids(traces: Iterable[Trace]) -> list[tuple[str, ...]]:
    """The flows that each of ``traces`` started."""
    return [trace.matched for trace in traces]
