"""Short ways to write flows, workspaces, events and scenarios, and to play them, for the tests of all packages."""

import random
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import product
from textwrap import dedent
from typing import TypeVar

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import Step
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation.cascade import deliver
from oncue.simulation.intake import accept, new_conversation
from oncue.simulation.random_events import random_event
from oncue.simulation.results import ScenarioResult
from oncue.simulation.runner import run_scenario
from oncue.simulation.trace import Limit, Loop, Trace, every_trace
from oncue.simulation.transcript import as_row, transcript

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

# A workspace of one number and one mailbox, and one of two numbers.
WA = Instance(id="wa", channel="whatsapp", name="Support", external_ids=("whatsapp:+31",))
MAIL = Instance(id="mail", channel="email", name="Desk")
CONFIG = WorkspaceConfig(name="Test", instances=(WA, MAIL))
TWO_NUMBERS = WorkspaceConfig(
    name="Test",
    instances=(
        Instance(id="rentals", channel="whatsapp", name="Rentals"),
        Instance(id="shop", channel="whatsapp", name="Shop"),
        MAIL,
    ),
)

JANE = Participant(type="contact", id="p-1", name="Jane")
ANNA = Participant(type="agent", name="Anna")
BEN = Participant(type="agent", name="Ben")
ROBIN = Participant(type="bot", name="Robin")

CREATED = Event(event="conversation_created", participant=JANE)


# Flows and workspaces

_T = TypeVar("_T", bound=str)


def flow(
    flow_id: str,
    event: EventKind = "message_created",
    *steps: Step,
    by: ParticipantType | Collection[ParticipantType] | None = None,
    of: MessageType | Collection[MessageType] | None = None,
    channel: str = "whatsapp",
    instance: str | None = None,
    enabled: bool = True,
) -> Flow:
    """A flow; ``by`` narrows to participant types, ``of`` to message types: one of them, or several."""
    trigger = Trigger(
        event=event, channel=channel, instance=instance, participant_types=_types(by), message_types=_types(of)
    )
    return Flow(id=flow_id, name=flow_id.title(), enabled=enabled, trigger=trigger, steps=steps)


def _types(types: _T | Collection[_T] | None) -> frozenset[_T] | None:
    if types is None:
        return None
    return frozenset([types]) if isinstance(types, str) else frozenset(types)


def workspace(*flows: Flow, config: WorkspaceConfig = CONFIG, **settings: object) -> Workspace:
    """A workspace of these flows, by default on `CONFIG`, with these simulation settings if any are given."""
    if settings:
        simulation = SimulationSettings(**settings)  # type: ignore[arg-type]
        config = WorkspaceConfig(name=config.name, instances=config.instances, simulation=simulation)
    return Workspace(config, {each.id: each for each in flows})


# Events and conversations


def added(who: Participant) -> Event:
    """``who`` joins."""
    return Event(event="participant_added", participant=who)


def removed(who: Participant) -> Event:
    """``who`` leaves."""
    return Event(event="participant_removed", participant=who)


def message(who: Participant | None = JANE, text: str | None = "hi", kind: MessageType = "text") -> Event:
    """``who`` writes."""
    return Event(event="message_created", participant=who, message=Message(type=kind, text=text))


def conversation(*present: Participant, **changes: object) -> Conversation:
    """An open conversation with these participants."""
    started = new_conversation("c-1", WA)._replace(started=True, open=True, participants=present)
    return started._replace(**changes)  # type: ignore[arg-type]


def send(now: Conversation, event: Event, where: Workspace, matcher: Matcher) -> Trace:
    """Send ``event`` to the conversation as it is ``now``, with everything that it causes."""
    accepted = accept(event, now, where.config, AT)
    return deliver(accepted, accepted.conversation, where, matcher)


def play(where: Workspace, *events: Event) -> list[Trace]:
    """The traces of ``events``, sent one after the other to a new conversation on WhatsApp."""
    matcher, now, traces = compile_matcher(where), new_conversation("c-1", WA), []
    for event in events:
        traces.append(send(now, event, where, matcher))
        now = traces[-1].conversation
    return traces


def play_random(where: Workspace, seed: int, length: int) -> tuple[list[Trace], Conversation]:
    """The traces of at most ``length`` random events in a new conversation, and the conversation after them."""
    rng, matcher, now = random.Random(seed), compile_matcher(where), new_conversation("c-1", WA)
    traces: list[Trace] = []
    while len(traces) < length and not (now.closed and not now.participants):
        traces.append(send(now, random_event(rng, now), where, matcher))
        now = traces[-1].conversation
    return traces, now


def possible_keys(each: Flow, config: WorkspaceConfig) -> Iterator[EventKey]:
    """The keys of all events of the kind of ``each`` that the installed instances of its channel can have."""
    trigger = each.trigger
    kinds = (*MESSAGE_TYPES, None) if trigger.event == "message_created" else (None,)
    for at, who, what in product(config.instances_of(trigger.channel), (*PARTICIPANT_TYPES, None), kinds):
        yield EventKey(trigger.event, trigger.channel, at.id, who, what)


# Scenarios


def scripted(event: Event, **more: object) -> ScenarioEvent:
    """``event`` as one of a scenario, on WhatsApp unless ``more`` says something else."""
    fields: dict[str, object] = {
        "instance": "wa",
        "participant": event.participant,
        "message": event.message,
        **more,
    }
    return ScenarioEvent(event=event.event, **fields)  # type: ignore[arg-type]


def scenario(*events: ScenarioEvent, name: str = "s", **more: object) -> Scenario:
    """A scenario of these events; ``name`` is its id as well."""
    return Scenario(id=name, name=name, events=events, **more)  # type: ignore[arg-type]


def run(where: Workspace, *scenarios: Scenario) -> list[ScenarioResult]:
    """The results of ``scenarios``."""
    matcher = compile_matcher(where)
    return [run_scenario(each, where, matcher) for each in scenarios]


def run_events(where: Workspace, *events: ScenarioEvent) -> ScenarioResult:
    """The result of a scenario of these events."""
    return run(where, scenario(*events))[0]


# What came of them


def ids(traces: Iterable[Trace]) -> list[tuple[str, ...]]:
    """The flows that each of ``traces`` started."""
    return [trace.matched for trace in traces]


def stops_in(trace: Trace) -> tuple[Loop | Limit, ...]:
    """Every loop that was cut below ``trace``, and the limit if it was reached."""
    return tuple(stop for each in every_trace(trace) for stop in each.stopped)


def as_text(traces: Iterable[Trace], where: Workspace) -> str:
    """The transcript of ``traces`` as plain text."""
    return "".join(f"{as_row(line)}\n" for trace in traces for line in transcript(trace, where))


def transcript_of(where: Workspace, *events: Event) -> str:
    """The transcript of the last of ``events``."""
    return as_text(play(where, *events)[-1:], where)


def rows(text: str) -> str:
    """A transcript as it is written in a test, without the indentation of the test."""
    return dedent(text.removeprefix("\n"))
