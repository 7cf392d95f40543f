"""The matcher against a reference from the specification, and simulations of flows that cause each other.

The reference knows plain tables of a workspace and of an event, as they are in files, and nothing of `oncue.matching`.
"""

import time
from pathlib import Path
from random import Random
from typing import Any, cast

from tests.endure.tried import Row, Tried

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import AddParticipant, AssignAgent, CloseConversation, RemoveParticipant, SendMessage, Step
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation.runner import run_scenario
from oncue.simulation.trace import Trace
from oncue.storage.codec import flow_values

INSTANCES = (
    {"id": "wa-1", "channel": "whatsapp", "external_ids": ["+31", "5f0c"]},
    {"id": "wa-2", "channel": "whatsapp", "external_ids": []},
    {"id": "mail", "channel": "email", "external_ids": ["whatsapp"]},
)
CONFIG = WorkspaceConfig(name="W", instances=tuple(Instance(name="I", **cast(Any, each)) for each in INSTANCES))
CHANNELS = ("whatsapp", "email", "sms")
PLACES = ("wa-1", "wa-2", "mail", "+31", "5f0c", "whatsapp", "gone", None, None)


def starts(flow: dict[str, Any], event: dict[str, Any]) -> bool:
    """Section 4.1, line by line."""
    trigger = flow["trigger"]
    channel, instance = event.get("channel"), event.get("instance")
    for installed in INSTANCES:
        if instance is not None and (instance == installed["id"] or instance in installed["external_ids"]):
            instance, channel = installed["id"], channel if channel is not None else installed["channel"]
            break
    if not flow.get("enabled", True):
        return False
    if trigger["event"] != event["event"]:
        return False
    if channel is None or trigger["channel"] != channel:
        return False
    if "instance" in trigger and (instance is None or trigger["instance"] != instance):
        return False
    types = trigger.get("participant_types")
    if types is not None and event.get("participant_type") not in types:
        return False
    types = trigger.get("message_types")
    return not (event["event"] == "message_created" and types is not None and event.get("message_type") not in types)


def compare(rng: Random, folder: Path, tried: Tried) -> None:
    """A workspace, then edits of it: the compiled matcher, and the one that is updated, equal the reference."""
    flows = {flow.id: flow for flow in (_flow(rng, number) for number in range(rng.choice((0, 1, 5, 40))))}
    matcher = compile_matcher(Workspace(config=CONFIG, flows=flows))
    for _ in range(6):
        _compare(rng, matcher, flows, tried)
        before, flows = flows, dict(flows)
        changed = []
        for _ in range(rng.randint(1, 4)):
            number = rng.randrange(45)
            flow_id = f"f-{number}"
            if flow_id in flows and rng.random() < 0.3:
                del flows[flow_id]
            else:
                flows[flow_id] = _flow(rng, number)
            changed.append(flow_id)
        matcher = matcher.updated(before, flows, changed)
        if rng.random() < 0.3:
            matcher = compile_matcher(Workspace(config=CONFIG, flows=flows))


def _compare(rng: Random, matcher: Matcher, flows: dict[str, Flow], tried: Tried) -> None:
    tables = {flow_id: flow_values(flow) for flow_id, flow in flows.items()}
    for _ in range(30):
        stated: dict[str, Any] = {
            "event": rng.choice(list(EVENT_KINDS)),
            "channel": rng.choice((*CHANNELS, None, None)),
            "instance": rng.choice(PLACES),
            "participant_type": rng.choice((*PARTICIPANT_TYPES, None, None)),
        }
        if stated["event"] == "message_created":
            stated["message_type"] = rng.choice((*MESSAGE_TYPES, None, None))
        given = {key: value for key, value in stated.items() if value is not None}
        event = _event(given)
        expected = sorted(flow_id for flow_id, table in tables.items() if starts(table, given))
        tried.count += 1
        if list(matcher.match(event)) != expected:
            tried.failures.append(f"{given}: {list(matcher.match(event))} and not {expected} of {tables}")


def _event(given: dict[str, Any]) -> Event:
    rest = {key: value for key, value in given.items() if key not in ("participant_type", "message_type")}
    if "participant_type" in given:
        rest["participant"] = Participant(type=given["participant_type"])
    if "message_type" in given:
        rest["message"] = Message(type=given["message_type"])
    return Event(**rest)


def _some(rng: Random, values: Any, none: float = 0.5) -> frozenset[Any] | None:
    return None if rng.random() < none else frozenset(rng.sample(list(values), rng.choice((0, 1, 1, 2, 4))))


def _trigger(rng: Random, event: Any, **fields: Any) -> Trigger:
    message_types = _some(rng, MESSAGE_TYPES) if event == "message_created" else None
    values: dict[str, Any] = {
        "channel": rng.choice(CHANNELS),
        "instance": rng.choice((None, "wa-1", "wa-2", "mail", "gone")),
        "participant_types": _some(rng, PARTICIPANT_TYPES),
        "message_types": message_types,
    }
    return Trigger(event=event, **{**values, **fields})


def _flow(rng: Random, number: int) -> Flow:
    trigger = _trigger(rng, rng.choice(list(EVENT_KINDS)))
    return Flow(id=f"f-{number}", name="F", enabled=rng.random() < 0.8, trigger=trigger)


# L7


def simulate(rng: Random, folder: Path, tried: Tried) -> None:
    """Random graphs of flows that cause each other, rings and loops among them: it ends, within the limits."""
    size, limit = rng.choice((1, 2, 3, 6, 12, 40)), rng.choice((1, 2, 10, 100, 1_000))
    config = WorkspaceConfig(
        name="W", instances=CONFIG.instances, simulation=SimulationSettings(max_events_per_cascade=limit)
    )
    flows = {flow.id: flow for flow in (_causing(rng, number) for number in range(size))}
    workspace = Workspace(config=config, flows=flows)
    events: list[ScenarioEvent] = [ScenarioEvent(event="conversation_created", instance="wa-1", participant=_contact())]
    for _ in range(rng.randint(1, 4)):
        event: Any = rng.choice(("message_created", "participant_added", "participant_removed"))
        message = Message(type="text", text="x") if event == "message_created" else None
        who = rng.choice((_contact(), Participant(type="agent", name=rng.choice("AB"))))
        events.append(ScenarioEvent(event=event, instance="wa-1", participant=who, message=message))
    begun = time.process_time()
    result = run_scenario(Scenario(id="s", name="S", events=tuple(events)), workspace, compile_matcher(workspace))
    took = time.process_time() - begun
    tried.count += 1
    if took > 2:
        tried.failures.append(f"{took:.1f} s: limit {limit}, {flows}")
    for each in result.events:
        for trace in filter(None, (each.trace, each.again)):
            caused, stopped = _caused(trace)
            tried.notes["loops and cascades that were stopped"] += stopped
            if caused > limit:
                tried.failures.append(f"{caused} events were caused, the limit is {limit}: {flows}")


def _contact() -> Participant:
    return Participant(type="contact", id="c", name="Jane")


def _causing(rng: Random, number: int) -> Flow:
    event = rng.choice(("message_created", "message_created", "participant_added", "participant_removed"))
    trigger = _trigger(
        rng, event, channel="whatsapp", instance=None, participant_types=_some(rng, PARTICIPANT_TYPES, 0.8)
    )
    if trigger.message_types == frozenset():
        trigger = _trigger(rng, "message_created", channel="whatsapp", instance=None, message_types=None)
    made: list[Step] = [
        SendMessage(text="x"),
        AddParticipant(participant_type="agent", name=rng.choice("ABC")),
        RemoveParticipant(participant_type="agent", name=rng.choice(("A", "B", None))),
        AssignAgent(agent=rng.choice("ABC")),
        AddParticipant(participant_type="bot", name="B"),
        CloseConversation(),
    ]
    steps = rng.choices(made, weights=(6, 3, 3, 2, 2, 0.3), k=rng.randint(1, 4))
    return Flow(id=f"f-{number}", name="F", trigger=trigger, steps=tuple(steps))


def _caused(trace: Trace) -> tuple[int, int]:
    """How many events were caused below ``trace``, and how often something was stopped."""
    events, stopped, pending = 0, 0, [trace]
    while pending:
        one = pending.pop()
        stopped += len(one.stopped)
        below = [each for run in one.runs for step in run.steps for each in step.caused]
        events += len(below)
        pending += [*below, *one.joined]
    return events, stopped


ROWS = (
    Row("L7", "random graphs of flows that cause each other, simulated", "scenarios", simulate),
    Row("L8, F3", "the matcher against a reference from the specification, under edits", "events", compare),
)
