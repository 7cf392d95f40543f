"""A seeded workload for benchmarks: flows, and the events of a busy inbox.

There are 12 channels of 4 instances each, so 5,760 possible event keys. Traffic is skewed: 85 % messages, over half of
them texts, half of those from contacts. Flows are skewed in the same way but less, because people also write flows
for rare cases. About 10 % of the flows are for every instance, 10 % are disabled, and 5 % leave out a narrowing. The
same arguments always give the same workload, and a smaller workspace has the first flows of a larger one.
"""

from collections.abc import Mapping
from itertools import product
from random import Random
from typing import TypeVar

from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import SendMessage
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import (
    CHANNEL_LABELS,
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
)
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig

V = TypeVar("V", bound=str)

CHANNELS = tuple(CHANNEL_LABELS)[:12]
INSTANCES = {channel: tuple(f"{channel}-{number}" for number in range(1, 5)) for channel in CHANNELS}
# Events share these string objects, as those of a decoder that interns strings do. Comparing them is then cheapest,
# so that the look-up to which costs are compared is as fast as possible.

# Weights in the order of the vocabularies: (in traffic, among flows).
_EVENTS: Mapping[EventKind, tuple[int, int]] = {
    "conversation_created": (5, 20),
    "participant_added": (6, 12),
    "participant_removed": (4, 8),
    "message_created": (85, 60),
}
_PARTICIPANTS: Mapping[ParticipantType, tuple[int, int]] = dict(
    zip(PARTICIPANT_TYPES, ((50, 7), (20, 5), (12, 4), (6, 3), (4, 3), (4, 3), (3, 3), (1, 2)), strict=True)
)
_MESSAGES: Mapping[MessageType, tuple[int, int]] = dict(
    zip(
        MESSAGE_TYPES,
        ((55, 6), (8, 4), (12, 4), (6, 3), (3, 3), (2, 3), (2, 3), (4, 4), (3, 4), (3, 3), (1, 2), (1, 3)),
        strict=True,
    )
)
_CHANNEL_WEIGHTS = tuple((1 / (place + 2), 12 - place / 2) for place in range(len(CHANNELS)))
_SIZES, _SIZE_WEIGHTS = (1, 2, 3, 0), (60, 23, 12, 5)  # 0: the narrowing is left out


def make_workspace(flows: int, seed: int = 7) -> Workspace:
    """A workspace with that many flows."""
    instances = tuple(
        Instance(id=name, channel=channel, name=name) for channel, names in INSTANCES.items() for name in names
    )
    made = make_flows(flows, seed)
    return Workspace(WorkspaceConfig(name="Benchmark", instances=instances), {flow.id: flow for flow in made})


def make_flows(count: int, seed: int = 7) -> list[Flow]:
    """Flows with ids in order."""
    random = Random(seed)
    return [_flow(number, random) for number in range(count)]


def make_events(count: int, seed: int = 11) -> list[Event]:
    """Events that state everything."""
    random = Random(seed)
    events = []
    for _ in range(count):
        kind = _pick(random, _EVENTS, 0)
        channel = random.choices(CHANNELS, [weights[0] for weights in _CHANNEL_WEIGHTS])[0]
        instance = random.choice(INSTANCES[channel])
        participant = Participant(type=_pick(random, _PARTICIPANTS, 0))
        message = Message(type=_pick(random, _MESSAGES, 0)) if kind == "message_created" else None
        events.append(Event(event=kind, channel=channel, instance=instance, participant=participant, message=message))
    return events


def every_key() -> list[EventKey]:
    """All keys that events which state everything can have, in a fixed random order."""
    keys = [
        EventKey(kind, channel, instance, participant, message)
        for kind, channel, participant in product(EVENT_KINDS, CHANNELS, PARTICIPANT_TYPES)
        for instance in INSTANCES[channel]
        for message in (MESSAGE_TYPES if kind == "message_created" else (None,))
    ]
    Random(3).shuffle(keys)
    return keys


def _flow(number: int, random: Random) -> Flow:
    kind = _pick(random, _EVENTS, 1)
    channel = random.choices(CHANNELS, [weights[1] for weights in _CHANNEL_WEIGHTS])[0]
    every_instance = random.random() < 0.10
    instance = random.choice(INSTANCES[channel])
    participants = _some(random, _PARTICIPANTS)
    messages = _some(random, _MESSAGES) if kind == "message_created" else None
    return Flow(
        id=f"flow-{number:06d}",
        name=f"Flow {number}",
        enabled=random.random() >= 0.10,
        trigger=Trigger(
            event=kind,
            channel=channel,
            instance=None if every_instance else instance,
            participant_types=participants,
            message_types=messages,
        ),
        steps=(SendMessage(text="Hello {{participant.name}}"),),
    )


def _pick(random: Random, weights: Mapping[V, tuple[int, int]], which: int) -> V:
    return random.choices(list(weights), [pair[which] for pair in weights.values()])[0]


def _some(random: Random, weights: Mapping[V, tuple[int, int]]) -> frozenset[V] | None:
    size = random.choices(_SIZES, _SIZE_WEIGHTS)[0]
    chosen: set[V] = set()
    while len(chosen) < size:
        chosen.add(_pick(random, weights, 1))
    return frozenset(chosen) or None
