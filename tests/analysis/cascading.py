"""Random workspaces whose flows cause what other flows listen to, and random events in them, all from one seed.

Few values, so that loops are frequent: through messages that instances show as written by bots or agents, through
people who come and go, and through waits; many of them guarded by conditions, some in vain.
"""

from random import Random
from typing import Any

from oncue.domain.conditions import When
from oncue.domain.events import Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AddParticipant,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    RemoveLabel,
    RemoveParticipant,
    ReopenConversation,
    SendMessage,
    Step,
    Unassign,
    UpdateContact,
    Wait,
)
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.simulation.simulation import Simulation
from oncue.simulation.trace import Trace, every_trace

_KINDS = ["message_created"] * 4 + ["participant_added"] * 3 + ["participant_removed"] * 2 + ["conversation_created"]
_WHO: list[Any] = ["contact", "agent", "bot", "flow"]
_NAMES = ["Anna", "Robin", "{{participant.name}}", "{{participant.name}} 2"]
_TEXTS = ["stop", "menu please", "{{message.text}}", "x {{flow.id}}"]
_LABELS = ["vip", "done"]
_LINES: list[dict[str, Any]] = [
    {"text_any": ("stop",)},
    {"text_none": ("stop", "menu")},
    {"text_starts": ("menu",)},
    {"participants": ("Anna", "a")},
    {"attributes": {"plan": "pro"}},
    {"started_by": frozenset(("contact",))},
    {"present": frozenset(("agent",))},
    {"absent": frozenset(("bot",))},
    {"responsible": "nobody"},
    {"responsible": "somebody"},
    {"labels": ("vip",)},
    {"without_labels": ("done",)},
    {"first_message": True},
    {"first_message": False},
    {"reopened": False},
    {"once_per": "conversation"},
    {"once_per": "contact"},
    {"once_per": "day"},
    {"cooldown": "1h"},
]


def random_workspace(rng: Random, conditions: bool = True) -> Workspace:
    instances = (
        Instance(id="one", channel="chat", name="One", flows_write_as=rng.choice(["flow", "bot", "agent", "contact"])),
        Instance(id="two", channel="chat", name="Two", flows_write_as=rng.choice(["flow", "bot"])),
        Instance(id="three", channel="chat", name="Three"),
    )
    settings = SimulationSettings(
        max_events_per_cascade=60,
        initial_participants_fire_participant_added=rng.random() < 0.5,
        message_in_closed_conversation=rng.choice(["reopens", "refused", "new_conversation"]),
    )
    config = WorkspaceConfig(name="Test", instances=instances, simulation=settings)
    return Workspace.of(config, [_flow(rng, each, conditions) for each in "abcdef"[: rng.randint(1, 6)]])


def _flow(rng: Random, flow_id: str, conditions: bool) -> Flow:
    event: Any = rng.choice(_KINDS)
    whos = frozenset(rng.sample(_WHO, rng.randint(1, 2))) if rng.random() < 0.5 else None
    what: Any = (
        frozenset(rng.sample(["text", "image"], 1)) if event == "message_created" and rng.random() < 0.4 else None
    )
    instance = rng.choice([None, None, None, "one", "two"])
    trigger = Trigger(event=event, channel="chat", instance=instance, participant_types=whos, message_types=what)
    lines: dict[str, Any] = {}
    for _ in range(rng.choice([0, 0, 0, 1, 2]) if conditions else 0):
        lines |= rng.choice(_LINES)
    steps = tuple(_step(rng) for _ in range(rng.choice([0, 1, 1, 2, 3])))
    return Flow(id=flow_id, name=flow_id.title(), trigger=trigger, when=When(**lines) if lines else None, steps=steps)


def _step(rng: Random) -> Step:
    who: Any = rng.choice(_WHO)
    name, text, label = rng.choice(_NAMES), rng.choice(_TEXTS), rng.choice(_LABELS)
    some: list[Step] = [
        SendMessage(text=text, message_type=rng.choice(["text", "text", "image"])),
        AddParticipant(participant_type=who, name=name),
        RemoveParticipant(participant_type=who, name=rng.choice([None, name])),
        AssignAgent(agent=name, participant_type=rng.choice(["agent", "bot"])),
    ]
    rare: list[Step] = [
        AssignTeam(team="Night"),
        Unassign(),
        AddNote(text=text),
        AddLabel(label=label),
        RemoveLabel(label=label),
        UpdateContact(attributes={"plan": rng.choice(["pro", "free"])}),
        CloseConversation(),
        ReopenConversation(),
        Wait(for_=rng.choice(["10m", "2h", "30h"])),
    ]
    return rng.choice([*some * 4, some[0], some[0], some[0], some[0], *rare])


def random_traces(rng: Random, workspace: Workspace, events: int = 8) -> list[Trace]:
    """Every trace of random events in conversations of ``workspace``, those after waits included."""
    simulation = Simulation(workspace, compile_matcher(workspace))
    results = []
    for number in range(events):
        kind: Any = "conversation_created" if number == 0 else rng.choice(_KINDS[:-1])
        who: Any = rng.choice([*_WHO, "contact", "contact"])
        participant = Participant(type=who, name=rng.choice(["Anna", "Robin", None]))
        message = Message(type=rng.choice(["text", "image"]), text=rng.choice(["stop", "menu", "hi"]))
        event = ScenarioEvent(
            event=kind,
            instance="one" if rng.random() < 0.8 else "two",
            participant=participant,
            message=message if kind == "message_created" else None,
            after=rng.choice([None, "20m", "40h"]),
        )
        results += simulation.send(event)
    results += simulation.finish()
    last = {result.number: result for result in results}.values()
    first = [trace for each in last for trace in (each.trace, *(later.trace for later in each.later)) if trace]
    return [each for trace in first for each in every_trace(trace)]
