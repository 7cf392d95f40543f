"""The simulator does what docs/simulation.md says, as a second one that was written from that page does."""

from collections import Counter
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import CONFIG, run, workspace
from tests.simulation.model import Model

from oncue.domain.events import Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
)
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS, MESSAGE_IN_CLOSED, EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Workspace
from oncue.simulation.results import ScenarioResult
from oncue.simulation.trace import every_trace

# Few values, so that people, names and flows meet all the time. The scripts come from a seed: drawn value by value,
# most of them would be the smallest that there are, and nothing would happen in them.
_PEOPLE: list[ParticipantType] = ["contact", "agent", "agent", "bot"]
_TYPES: list[MessageType] = ["text", "text", "image"]
_NAMES = ["Anna", "Anna", "Ben", "Jos\u00e9", "Jose\u0301", "a-1", " ", "{{nobody.knows}}"]
_FILLED = ["{{participant.name}}", "{{conversation.assignee}}", "{{participant.id}}"]
_TEXTS = ["x", "re {{message.text}}", "{{conversation.assignee}} {{participant.name}}", "{{conversation.id}}"]
_KINDS: list[EventKind] = [*EVENT_KINDS, "message_created", "message_created"]
_WRITERS: list[ParticipantType] = ["contact", "agent", "bot", "flow"]


def _step(rng: Random) -> Step:
    name = rng.choice(_NAMES + _FILLED)
    values: list[str | float] = [name, 1.5, True, False]
    value = rng.choice(values)
    steps: list[Step] = [
        SendMessage(text=rng.choice(_TEXTS), message_type=rng.choice(_TYPES)),
        SendMessage(text=rng.choice(_TEXTS), message_type=rng.choice(_TYPES)),
        AssignAgent(agent=name),
        AddNote(text=rng.choice(_TEXTS)),
        UpdateContact(attributes={rng.choice("ab"): value}),
        AddParticipant(participant_type=rng.choice(_PEOPLE), name=name),
        RemoveParticipant(participant_type=rng.choice(_PEOPLE), name=rng.choice([None, None, name])),
        *([CloseConversation()] if rng.random() < 0.5 else []),
    ]
    return rng.choice(steps)


def _flow(rng: Random, number: int) -> Flow:
    event = rng.choice(_KINDS)
    who = frozenset(rng.sample(_WRITERS, rng.randint(1, 3))) if rng.random() < 0.5 else None
    what = frozenset([rng.choice(_TYPES)]) if event == "message_created" and rng.random() < 0.3 else None
    trigger = Trigger(event=event, channel="whatsapp", participant_types=who, message_types=what)
    steps = tuple(_step(rng) for _ in range(rng.randint(0, 4)))
    return Flow(id=f"f{number}", name=f"F {number}", trigger=trigger, steps=steps)


def _workspace(rng: Random) -> Workspace:
    return workspace(
        *(_flow(rng, number) for number in range(rng.randint(1, 5))),
        config=CONFIG,
        max_events_per_cascade=rng.choice([1, 2, 3, 8, 30, 30, 30]),
        first_message_fires_message_created=rng.random() < 0.5,
        initial_participants_fire_participant_added=rng.random() < 0.5,
        message_in_closed_conversation=rng.choice(list(MESSAGE_IN_CLOSED)),
    )


def _who(rng: Random) -> Participant | None:
    if rng.random() < 0.1:
        return None
    return Participant(
        type=rng.choice([*_PEOPLE, *_PEOPLE, "contact", "contact", "flow", "channel", None]),
        id=rng.choice([None, None, "a-1", "a-2"]),
        name=rng.choice([None, "Anna", "Anna", "Jos\u00e9", "Jose\u0301"]),
    )


def _event(rng: Random, begins: bool) -> ScenarioEvent:
    event = "conversation_created" if begins or rng.random() < 0.08 else rng.choice(_KINDS[1:])
    return ScenarioEvent(
        event=event,
        instance="wa" if begins else rng.choice(["wa"] * 18 + ["mail", "gone"]),
        conversation=None if begins else rng.choice([None] * 9 + ["x", "c-1"]),
        participant=_who(rng),
        message=Message(type=rng.choice(_TYPES), text=rng.choice([None, "hi"])) if event == "message_created" else None,
        delivery=rng.choice([None, None, None, None, *DELIVERIES]),
    )


def _scenario(rng: Random) -> Scenario:
    name = rng.choice([None, None, "x"])
    events = [replaced(_event(rng, True), conversation=name)]
    for _ in range(rng.randint(1, 9)):
        event = _event(rng, False)
        events.append(replaced(event, conversation=name) if rng.random() < 0.8 else event)
    delivery = rng.choice(list(DELIVERIES)) if rng.random() < 0.4 else "once"
    return Scenario(id="s", name="S", delivery=delivery, events=tuple(events))


def as_told(result: ScenarioResult) -> list[dict[str, Any]]:
    return [
        {"number": each.number, "refused": True}
        if each.refusal is not None
        else {
            "number": each.number,
            "conversation": each.conversation,
            "started": list(each.fired),
            "messages": list(each.effects.messages),
            "notes": list(each.effects.notes),
            "responsible": each.effects.assignee,
            "closed": each.effects.closed,
            "loops": set(each.effects.loops),
            "stopped": each.effects.stopped,
            "events": sum(1 for trace in each.traces for _ in every_trace(trace)),
        }
        for each in result.events
    ]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**64))
def test_it_is_what_the_page_says(seed: int) -> None:
    rng = Random(seed)
    where, script = _workspace(rng), _scenario(rng)
    model = Model(where, script)
    told = model.play()
    (result,) = run(where, script)
    assert as_told(result) == [
        {"number": each.number, "refused": True}
        if each.refused
        else {key: value for key, value in vars(each).items() if key != "refused"}
        for each in told
    ]
    assert [
        (each.id, each.open, [(who.type, who.id, who.name) for who in each.participants], dict(each.attributes))
        for each in result.conversations
    ] == [(each.name, each.open, [who.parts for who in each.people], each.attributes) for each in model.talks.values()]
    assert [(each.messages, each.received, each.notes) for each in result.conversations] == [
        (each.messages, each.received, each.notes) for each in model.talks.values()
    ]


def test_the_scripts_are_worth_playing() -> None:
    seen: Counter[str] = Counter()
    for seed in range(200):
        rng = Random(seed)
        where, script = _workspace(rng), _scenario(rng)
        for each in Model(where, script).play():
            seen.update(
                name for name in ("refused", "loops", "stopped", "closed", "responsible") if getattr(each, name)
            )
            seen["cascades"] += each.events > 3
    assert {name: count for name, count in seen.items() if count < 10} == {}
    assert len(seen) == 6
