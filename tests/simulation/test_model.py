"""The simulator does what docs/simulation.md says, as a second one that was written from that page does."""

from typing import Any

from hypothesis import HealthCheck, given, settings
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
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS, MESSAGE_IN_CLOSED, EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Workspace
from oncue.simulation.results import ScenarioResult
from oncue.simulation.trace import every_trace

# Few values, so that people, names and flows meet all the time.
_PEOPLE: st.SearchStrategy[ParticipantType] = st.sampled_from(["contact", "agent", "agent", "bot"])
_TYPES: st.SearchStrategy[MessageType] = st.sampled_from(["text", "image"])
_NAMES = st.sampled_from(
    [
        "Anna",
        "Jos\u00e9",
        "Jose\u0301",
        "a-1",
        "{{participant.name}}",
        "{{conversation.assignee}}",
        "{{participant.id}}",
        " ",
        "{{nobody.knows}}",
    ]
)
_TEXTS = st.sampled_from(
    [
        "x",
        "re {{message.text}}",
        "{{conversation.assignee}} {{participant.name}}",
        "{{conversation.id}} {{message.type}}",
    ]
)
_STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(SendMessage, text=_TEXTS, message_type=_TYPES),
    st.builds(AssignAgent, agent=_NAMES),
    st.builds(AddNote, text=_TEXTS),
    st.builds(UpdateContact, attributes=st.dictionaries(st.sampled_from("ab"), st.booleans() | _NAMES)),
    st.builds(AddParticipant, participant_type=_PEOPLE, name=_NAMES),
    st.builds(RemoveParticipant, participant_type=_PEOPLE, name=st.none() | _NAMES),
    st.builds(CloseConversation),
)
_KINDS: st.SearchStrategy[EventKind] = st.sampled_from([*EVENT_KINDS, "message_created", "message_created"])


@st.composite
def _flows(draw: st.DrawFn, number: int) -> Flow:
    event = draw(_KINDS)
    who = draw(st.none() | st.frozensets(st.sampled_from(["contact", "agent", "bot", "flow"]), min_size=1))
    what = draw(st.none() | st.frozensets(_TYPES, min_size=1)) if event == "message_created" else None
    trigger = Trigger(event=event, channel="whatsapp", participant_types=who, message_types=what)
    return Flow(
        id=f"f{number}", name=f"F {number}", trigger=trigger, steps=draw(st.lists(_STEPS, max_size=4).map(tuple))
    )


@st.composite
def _workspaces(draw: st.DrawFn) -> Workspace:
    flows = [draw(_flows(number)) for number in range(draw(st.integers(0, 5)))]
    return workspace(
        *flows,
        config=CONFIG,
        max_events_per_cascade=draw(st.sampled_from([1, 2, 3, 8, 30])),
        first_message_fires_message_created=draw(st.booleans()),
        initial_participants_fire_participant_added=draw(st.booleans()),
        message_in_closed_conversation=draw(st.sampled_from(list(MESSAGE_IN_CLOSED))),
    )


_WHO = st.none() | st.builds(
    Participant,
    type=st.sampled_from(["contact", "contact", "agent", "agent", "bot", "flow", "channel", None]),
    id=st.sampled_from([None, None, "a-1", "a-2"]),
    name=st.sampled_from([None, "Anna", "Jos\u00e9", "Jose\u0301"]),
)


@st.composite
def _events(draw: st.DrawFn, first: bool) -> ScenarioEvent:
    event = "conversation_created" if first else draw(_KINDS)
    return ScenarioEvent(
        event=event,
        instance=draw(st.sampled_from(["wa", "wa", "wa", "wa", "mail", "gone"])),
        conversation=draw(st.sampled_from([None, None, None, "x", "c-1", "x-2"])),
        participant=draw(_WHO),
        message=Message(type=draw(st.none() | _TYPES), text=draw(st.sampled_from([None, "hi"])))
        if event == "message_created"
        else None,
        delivery=draw(st.sampled_from([None, None, None, *DELIVERIES])),
    )


@st.composite
def _scenarios(draw: st.DrawFn) -> Scenario:
    events = tuple(draw(_events(not number)) for number in range(draw(st.integers(1, 9))))
    return Scenario(id="s", name="S", delivery=draw(st.sampled_from(["once", "once", *DELIVERIES])), events=events)


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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_workspaces(), _scenarios())
def test_it_is_what_the_page_says(where: Workspace, script: Scenario) -> None:
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
