"""Hypothesis strategies for values of the domain, shared by all tests.

They draw from few channels, instances and ids, so that events often match flows, and include the unusual: events
that leave things out, instances that are not installed, empty lists, disabled flows, flows for every instance.
"""

from datetime import UTC, timedelta, timezone
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from oncue.domain.conditions import When
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AddParticipant,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    NotifyParticipants,
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
from oncue.domain.vocabulary import ASSIGNABLE, DELIVERIES, EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig

CHANNELS = ("whatsapp", "email", "kiosk")
CONFIG = WorkspaceConfig(
    name="Test",
    channels={"kiosk": "Harbour kiosk"},
    instances=(
        Instance(id="wa-1", channel="whatsapp", name="Rentals", external_ids=("whatsapp:+447700900101",)),
        Instance(id="wa-2", channel="whatsapp", name="Shop"),
        Instance(id="mail", channel="email", name="Support"),
        Instance(id="dock", channel="kiosk", name="Dock 4"),
    ),
)
INSTALLED = tuple(CONFIG.by_id)

event_kinds: SearchStrategy[EventKind] = st.sampled_from(list(EVENT_KINDS))
participant_types = st.sampled_from(list(PARTICIPANT_TYPES))
message_types = st.sampled_from(list(MESSAGE_TYPES))
# A narrowing: none, to at most two values, or to any.
some_participants = st.none() | st.frozensets(participant_types, max_size=2) | st.frozensets(participant_types)
some_messages = st.none() | st.frozensets(message_types, max_size=2) | st.frozensets(message_types)
flow_ids = st.sampled_from(["a", "b", "c", "d-1", "d-10", "d-2", "e", "f", "0", "9-lives", "a-" * 31 + "zz"])
texts = st.text(st.characters(codec="utf-8"), max_size=40)
names = texts.filter(str.strip)


@st.composite
def triggers(draw: st.DrawFn) -> Trigger:
    """Any trigger, including those for every instance, for one that is not installed, and with an empty list."""
    event = draw(event_kinds)
    return Trigger(
        event=event,
        channel=draw(st.sampled_from(CHANNELS)),
        instance=draw(st.none() | st.sampled_from([*INSTALLED, "gone"])),
        participant_types=draw(some_participants),
        message_types=draw(some_messages) if event == "message_created" else None,
    )


attributes = st.dictionaries(
    names,
    texts | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    max_size=3,
)
steps: SearchStrategy[Step] = st.one_of(
    st.builds(SendMessage, text=texts, message_type=message_types),
    st.builds(AssignAgent, agent=texts, participant_type=st.sampled_from(list(ASSIGNABLE))),
    st.builds(AssignTeam, team=texts),
    st.builds(Unassign),
    st.builds(AddNote, text=texts),
    st.builds(NotifyParticipants, text=texts, participant_types=some_participants),
    st.builds(UpdateContact, attributes=attributes),
    st.builds(AddParticipant, participant_type=participant_types, name=texts),
    st.builds(RemoveParticipant, participant_type=participant_types, name=st.none() | texts),
    st.builds(AddLabel, label=texts),
    st.builds(RemoveLabel, label=texts),
    st.builds(Wait, for_=st.sampled_from(["10m", "0s", "36h", "366d"]) | texts),
    st.builds(CloseConversation),
    st.builds(ReopenConversation),
)


phrases = st.sampled_from(["refund", "Refund*", "money  back", "hi", "ß", "c++", "a", "退款", "x y", "नम*"])
some_phrases = st.lists(phrases, min_size=1, max_size=3).map(tuple)
some_types = st.frozensets(participant_types, min_size=1, max_size=2)
people = st.lists(st.sampled_from(["Jane", "p-1", "Ånna"]), min_size=1, max_size=2).map(tuple)
some_labels = st.lists(st.sampled_from(["vip", "spam"]), min_size=1, max_size=2).map(tuple)
some_hours = st.lists(st.sampled_from(["office", "nights", "gone"]), min_size=1, max_size=2).map(tuple)
_LINES: dict[str, SearchStrategy[object]] = {
    "text_any": some_phrases,
    "text_all": some_phrases,
    "text_none": some_phrases,
    "text_starts": some_phrases,
    "participants": people,
    "attributes": st.dictionaries(st.sampled_from(["plan", "vip"]), st.sampled_from(["pro", 1, True, 1.0]), min_size=1),
    "started_by": some_types,
    "present": some_types,
    "absent": some_types,
    "responsible": st.sampled_from(["nobody", "somebody", "Anna"]),
    "labels": some_labels,
    "without_labels": some_labels,
    "first_message": st.booleans(),
    "reopened": st.booleans(),
    "during_hours": some_hours,
    "outside_hours": some_hours,
    "once_per": st.sampled_from(["conversation", "contact", "day"]),
    "cooldown": st.sampled_from(["30s", "30m", "24h", "7d"]),
}


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Any conditions, of at most four lines."""
    keys = draw(st.lists(st.sampled_from(list(_LINES)), min_size=1, max_size=4, unique=True))
    lines: dict[str, Any] = {key: draw(_LINES[key]) for key in keys}
    return When(**lines)


def flows(ids: SearchStrategy[str] = flow_ids) -> SearchStrategy[Flow]:
    """Any flow, one in four disabled."""
    return st.builds(
        Flow,
        id=ids,
        name=names,
        description=texts,
        enabled=st.sampled_from([True, True, True, False]),
        tags=st.lists(names, max_size=3).map(tuple),
        trigger=triggers(),
        when=st.none() | whens(),
        steps=st.lists(steps, max_size=4).map(tuple),
    )


def listeners(ids: SearchStrategy[str] = flow_ids) -> SearchStrategy[Flow]:
    """Flows with everything that matching looks at and nothing else, which is much faster to draw."""
    return st.builds(
        Flow, id=ids, name=st.just("Flow"), enabled=st.sampled_from([True, True, True, False]), trigger=triggers()
    )


def workspaces(flow: SearchStrategy[Flow] = listeners(), max_size: int = 10) -> SearchStrategy[Workspace]:  # noqa: B008
    """Workspaces on `CONFIG`, by default of listeners."""
    found = st.lists(flow, max_size=max_size, unique_by=lambda flow: flow.id)
    return found.map(lambda each: Workspace(CONFIG, {flow.id: flow for flow in each}))


_T = TypeVar("_T")


def stated(values: SearchStrategy[_T]) -> SearchStrategy[_T | None]:
    """One of ``values`` three times out of four, otherwise ``None``, for what an event may leave out."""
    return st.one_of(values, values, values, st.none())


channel_names = stated(st.sampled_from([*CHANNELS * 3, "viber", "Not a slug"]))
instance_names = stated(st.sampled_from([*INSTALLED * 2, "gone", "unheard-of", "whatsapp:+447700900101", ""]))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event, including those that leave things out or name unknown things."""
    kind = draw(event_kinds)
    participant = st.builds(Participant, type=stated(participant_types), id=st.none() | texts, name=st.none() | texts)
    message = st.builds(Message, type=stated(message_types), text=st.none() | texts)
    return Event(
        event=kind,
        channel=draw(channel_names),
        instance=draw(instance_names),
        conversation=draw(st.none() | st.just("c-1")),
        participant=draw(stated(participant)),
        message=draw(stated(message)) if kind == "message_created" else None,
    )


keys: SearchStrategy[EventKey] = st.builds(
    EventKey,
    st.sampled_from([*list(EVENT_KINDS) * 2, "conversation_archived"]),
    channel_names,
    instance_names,
    stated(participant_types | st.just("user")),
    stated(message_types | st.just("audio")),
)
"""Any key, including those of events that cannot exist, because matching has to answer these too."""


deliveries = st.sampled_from(list(DELIVERIES))
expected_effects = st.builds(
    ExpectedEffects,
    messages=st.none() | st.lists(texts, max_size=2).map(tuple),
    notes=st.none() | st.lists(texts, max_size=2).map(tuple),
    assignee=st.none() | texts,
    labels=st.none() | st.lists(texts, max_size=2).map(tuple),
    closed=st.none() | st.booleans(),
)


durations = st.builds("{}{}".format, st.integers(0, 366), st.sampled_from("smhd"))
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
times: SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}), st.fixed_dictionaries({"after": durations}), st.fixed_dictionaries({"at": moments})
)
"""When an event of a scenario happens."""


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any scenario on `CONFIG`, with possible and impossible events."""
    events = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(event_kinds)
        events.append(
            ScenarioEvent(
                event=kind,
                instance=draw(st.sampled_from(INSTALLED)),
                participant=draw(st.none() | st.builds(Participant, type=participant_types, name=names)),
                **draw(times),
                message=Message(type=draw(message_types)) if kind == "message_created" else None,
                delivery=draw(st.none() | deliveries),
                expect=draw(st.none() | st.lists(flow_ids, max_size=3).map(tuple)),
                expect_effects=draw(st.none() | expected_effects),
            )
        )
    return Scenario(
        id=draw(flow_ids),
        name=draw(names),
        description=draw(texts),
        delivery=draw(deliveries),
        events=tuple(events),
    )
