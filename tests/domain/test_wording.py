"""The sentences, as people read them. Whoever changes a word changes it here and looks at the whole table."""

import re
from itertools import product

import pytest
from hypothesis import given
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import (
    STEP_KINDS,
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
from oncue.domain.triggers import MessageTypes, ParticipantTypes, Trigger
from oncue.domain.vocabulary import (
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
)
from oncue.domain.wording import (
    event_clause,
    event_sentence,
    flow_sentence,
    named_types,
    place,
    trigger_clause,
    what_of,
    who_of,
)

NOBODY: ParticipantTypes = frozenset()
NOTHING: MessageTypes = frozenset()


def people(words: str) -> ParticipantTypes | None:
    return None if words == "any" else frozenset(words.split())  # type: ignore[arg-type]


def kinds(words: str) -> MessageTypes | None:
    return None if words == "any" else frozenset(words.split())  # type: ignore[arg-type]


ALL_WHO = frozenset(PARTICIPANT_TYPES)
ALL_PEOPLE, ALL_KINDS = " ".join(PARTICIPANT_TYPES), " ".join(MESSAGE_TYPES)
WITHOUT_BOTS = ALL_PEOPLE.replace("bot ", "")
PEOPLE_ONLY = "contact agent"


@pytest.mark.parametrize(
    ("event", "who", "where", "clause"),
    [
        ("conversation_created", "contact", "wa-1", "When a contact starts a conversation on WhatsApp · Rentals"),
        ("conversation_created", "any", None, "When anybody starts a conversation on WhatsApp"),
        ("conversation_created", ALL_PEOPLE, None, "When anybody of a known type starts a conversation on WhatsApp"),
        (
            "conversation_created",
            "access_key connector",
            None,
            "When an API key or a campaign starts a conversation on WhatsApp",
        ),
        ("conversation_created", "", None, "Never (no participant type is chosen)"),
        ("participant_added", "agent", "gone", "When an agent joins a conversation on WhatsApp · gone (not installed)"),
        (
            "participant_added",
            "agent",
            "dock",
            "When an agent joins a conversation on WhatsApp · Dock 4 (which is on Harbour kiosk)",
        ),
        (
            "participant_added",
            "agent bot flow",
            None,
            "When an agent, a bot or a flow joins a conversation on WhatsApp",
        ),
        ("participant_removed", WITHOUT_BOTS, None, "When anybody but a bot leaves a conversation on WhatsApp"),
        (
            "participant_removed",
            WITHOUT_BOTS.replace("flow ", ""),
            None,
            "When anybody but a bot or a flow leaves a conversation on WhatsApp",
        ),
        (
            "message_created",
            "channel automation",
            None,
            "When a channel echo or an automation rule sends a message on WhatsApp",
        ),
    ],
)
def test_who(event: EventKind, who: str, where: str | None, clause: str) -> None:
    trigger = Trigger(event=event, channel="whatsapp", instance=where, participant_types=people(who))
    assert trigger_clause(trigger, CONFIG) == clause


@pytest.mark.parametrize(
    ("what", "clause"),
    [
        ("any", "sends a message"),
        (ALL_KINDS, "sends a message of a known type"),
        ("text", "sends a text message"),
        ("image file", "sends an image or a file"),
        ("html gif list", "sends an HTML message, a GIF or a list"),
        ("authentication template", "sends an authentication message or a template"),
        (ALL_KINDS.replace("gif ", ""), "sends anything but a GIF"),
        (ALL_KINDS.replace("gif location ", ""), "sends anything but a GIF or a location"),
    ],
)
def test_what(what: str, clause: str) -> None:
    trigger = Trigger(event="message_created", channel="email", message_types=kinds(what))
    assert trigger_clause(trigger, CONFIG) == f"When anybody {clause} on Email"


def test_an_empty_list_reads_like_no_event() -> None:
    trigger = Trigger(event="message_created", channel="email", message_types=NOTHING)
    assert trigger_clause(trigger, CONFIG) == "Never (no message type is chosen)"
    flow = Flow(id="a", name="A", trigger=trigger, steps=(AssignAgent(agent="Anna"),))
    assert flow_sentence(flow, CONFIG) == "Never (no message type is chosen): assign Anna."


@pytest.mark.parametrize("kind", list(PARTICIPANT_TYPES))
def test_everybody_has_the_right_article(kind: ParticipantType) -> None:
    article = {"agent": "an", "access_key": "an", "automation": "an"}.get(kind, "a")
    trigger = Trigger(event="participant_added", channel="email", participant_types=frozenset({kind}))
    assert re.match(rf"When {article} [A-Za-z]+( [a-z]+)? joins", trigger_clause(trigger, CONFIG))


@pytest.mark.parametrize("kind", list(MESSAGE_TYPES))
def test_everything_has_the_right_article(kind: MessageType) -> None:
    article = "an" if kind in ("html", "image", "authentication", "action") else "a"
    assert re.fullmatch(
        rf"send {article} [A-Za-z]+( [a-z]+)?",
        STEP_KINDS["send_message"].phrase(SendMessage(text="", message_type=kind)),
    )


@pytest.mark.parametrize(
    ("step", "phrase", "detail"),
    [
        (SendMessage(text="Hi"), "send a message", "Hi"),
        (SendMessage(text="", message_type="image"), "send an image", ""),
        (SendMessage(text="a", message_type="html"), "send an HTML message", "a"),
        (AssignAgent(agent="Mara Quill"), "assign Mara Quill", "Mara Quill"),
        (AssignAgent(agent=""), "assign an agent", ""),
        (AssignAgent(agent="Robin", participant_type="bot"), "assign bot Robin", "Robin"),
        (AssignAgent(agent="", participant_type="bot"), "assign a bot", ""),
        (AssignTeam(team="North"), "assign team North", "North"),
        (AssignTeam(team=""), "assign a team", ""),
        (Unassign(), "take the assignment back", ""),
        (AddLabel(label="vip"), "add the label vip", "vip"),
        (RemoveLabel(label=""), "remove a label", ""),
        (Wait(for_="10m"), "wait 10 minutes", "10 minutes"),
        (Wait(for_="1d"), "wait 1 day", "1 day"),
        (Wait(for_="soon"), "wait soon", "soon"),
        (Wait(for_=""), "wait", ""),
        (ReopenConversation(), "open the conversation again", ""),
        (AddNote(text="Look"), "add a note", "Look"),
        (NotifyParticipants(text="Bye"), "notify everybody", "Bye"),
        (NotifyParticipants(text="", participant_types=people("agent")), "notify every agent", ""),
        (
            NotifyParticipants(text="", participant_types=people(PEOPLE_ONLY)),
            "notify every contact and every agent",
            "",
        ),
        (NotifyParticipants(text="", participant_types=people(ALL_PEOPLE)), "notify everybody", ""),
        (NotifyParticipants(text="", participant_types=people(WITHOUT_BOTS)), "notify everybody but bots", ""),
        (
            NotifyParticipants(text="", participant_types=people(WITHOUT_BOTS.replace("channel ", ""))),
            "notify everybody but bots and channel echoes",
            "",
        ),
        (NotifyParticipants(text="", participant_types=NOBODY), "notify nobody", ""),
        (UpdateContact(attributes={}), "update the contact", ""),
        (UpdateContact(attributes={"vip": True}), "set the contact's vip", "vip = true"),
        (
            UpdateContact(attributes={"a": 1, "b": "x", "c": 1.5}),
            "set the contact's a, b and c",
            "a = 1, b = x, c = 1.5",
        ),
        (AddParticipant(participant_type="bot", name="Paddle"), "add bot Paddle", "Bot Paddle"),
        (AddParticipant(participant_type="access_key", name=""), "add an API key", "API key"),
        (RemoveParticipant(participant_type="agent", name="Ann"), "remove agent Ann", "Agent Ann"),
        (RemoveParticipant(participant_type="access_key"), "remove every API key", "API key"),
        (CloseConversation(), "close the conversation", ""),
    ],
)
def test_steps(step: Step, phrase: str, detail: str) -> None:
    assert STEP_KINDS[step.type].phrase(step) == phrase
    assert STEP_KINDS[step.type].detail(step) == detail


NOTE, CLOSE, SEND = AddNote(text="x"), CloseConversation(), SendMessage(text="x")


@pytest.mark.parametrize(
    ("steps", "deeds"),
    [
        ((), "do nothing"),
        ((SEND,), "send a message"),
        ((SEND, CLOSE), "send a message, then close the conversation"),
        ((SEND, NOTE, CLOSE), "send a message, then add a note, then close the conversation"),
        ((SEND, NOTE, NOTE, CLOSE), "send a message, then add a note, then add a note, then close the conversation"),
    ],
)
def test_flows(steps: tuple[Step, ...], deeds: str) -> None:
    trigger = Trigger(event="message_created", channel="kiosk", instance="dock")
    flow = Flow(id="a", name="A", trigger=trigger, steps=steps)
    sentence = f"When anybody sends a message on Harbour kiosk · Dock 4, {deeds}."
    assert flow_sentence(flow, CONFIG) == sentence
    disabled = Flow(id="a", name="A", enabled=False, trigger=trigger, steps=steps)
    assert flow_sentence(disabled, CONFIG) == f"Off. {sentence}"


def event(kind: EventKind, who: Participant | None = None, message: Message | None = None, **more: str) -> Event:
    return Event(event=kind, participant=who, message=message, **more)  # type: ignore[arg-type]


JANE = Participant(type="contact", name="Jane")


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        (
            event("conversation_created", JANE, channel="whatsapp", instance="wa-1"),
            "Contact Jane started a conversation on WhatsApp · Rentals",
        ),
        (
            event("participant_added", Participant(type="access_key"), channel="sms"),
            "API key joined a conversation on SMS (not installed)",
        ),
        (
            event("participant_removed", Participant(name="Jane"), instance="wa-9"),
            "Jane (type unknown) left a conversation on an unknown channel · wa-9 (not installed)",
        ),
        (
            event("message_created", JANE, Message(type="image"), channel="intercom"),
            'Contact Jane sent an image on an unknown channel "intercom"',
        ),
        (
            event("message_created", Participant(id="p-1"), Message(text="hi")),
            "p-1 (type unknown) sent a message of unknown type on an unknown channel",
        ),
        (event("message_created"), "Somebody unknown sent a message of unknown type on an unknown channel"),
    ],
)
def test_events(happened: Event, sentence: str) -> None:
    assert event_sentence(happened, CONFIG) == sentence


def test_places() -> None:
    """What is foreign does not read like what is installed."""
    assert place("email", "mail", CONFIG) == "Email · Support"
    assert place("whatsapp", "mail", CONFIG) == "WhatsApp · Support (which is on Email)"
    assert place("sms", None, CONFIG) == "SMS (not installed)"
    assert place("whatsapp", None, CONFIG) == "WhatsApp"
    assert place("whatsapp", "MAIL", CONFIG) == "WhatsApp · MAIL (not installed)"
    assert place("WhatsApp", None, CONFIG) == 'an unknown channel "WhatsApp"'
    assert place("", None, CONFIG) == 'an unknown channel ""'


@pytest.mark.parametrize(("kind", "who"), list(product(EVENT_KINDS, PARTICIPANT_TYPES)))
def test_events_and_triggers_speak_alike(kind: EventKind, who: ParticipantType) -> None:
    """The same verb: what a trigger says that it waits for is what an event says that happened."""
    waits = trigger_clause(Trigger(event=kind, channel="email"), CONFIG).removeprefix("When anybody ")
    happened = event_sentence(event(kind, Participant(type=who), channel="email"), CONFIG)
    verbs = {"starts": "started", "joins": "joined", "leaves": "left", "sends": "sent"}
    present, rest = waits.split(" ", 1)
    assert happened.startswith(PARTICIPANT_TYPES[who].label)
    assert f"{verbs[present]} {rest.split(' on ')[0]}" in happened


@given(strategies.flows())
def test_any_flow_has_a_sentence(flow: Flow) -> None:
    sentence = flow_sentence(flow, CONFIG)
    assert re.match(r"(Off\. )?(When (a|an|anybody)\b|Never \(no )", sentence)
    assert sentence.endswith(".")
    assert "None" not in trigger_clause(flow.trigger, CONFIG)


@given(strategies.events())
def test_any_event_has_a_sentence(happened: Event) -> None:
    assert event_sentence(happened, CONFIG)[0] != " "


@pytest.mark.parametrize(("kind", "actor"), [(None, "Somebody unknown"), ("contact", "Contact")])
def test_a_blank_name_is_no_name(kind: ParticipantType | None, actor: str) -> None:
    happened = Event(event="participant_added", participant=Participant(type=kind, name=" "))
    assert event_sentence(happened, CONFIG).startswith(f"{actor} joined")


@pytest.mark.parametrize(
    ("kind", "who", "what", "clause"),
    [
        ("conversation_created", "contact", None, "a contact starts a conversation on WhatsApp · Rentals"),
        ("participant_added", "access_key", None, "an API key joins a conversation on WhatsApp · Rentals"),
        ("participant_removed", None, None, "somebody unknown leaves a conversation on WhatsApp · Rentals"),
        ("message_created", "bot", "image", "a bot sends an image on WhatsApp · Rentals"),
        ("message_created", "agent", None, "an agent sends a message of unknown type on WhatsApp · Rentals"),
    ],
)
def test_what_would_happen(kind: EventKind, who: ParticipantType | None, what: MessageType | None, clause: str) -> None:
    event = Event(
        event=kind,
        channel="whatsapp",
        instance="wa-1",
        participant=Participant(type=who, name="Jane") if who else None,
        message=Message(type=what) if what else None,
    )
    assert event_clause(event, CONFIG) == clause


def test_who_and_what_a_trigger_listens_to() -> None:
    assert [who_of(people(words)) for words in ("any", ALL_PEOPLE, "bot contact", WITHOUT_BOTS, "")] == [
        "anybody",
        "anybody of a known type",
        "a contact or a bot",
        "anybody but a bot",
        "nobody",
    ]
    assert [what_of(kinds(words)) for words in ("any", ALL_KINDS, "gif text", "")] == [
        "a message",
        "a message of a known type",
        "a text message or a GIF",
        "nothing",
    ]


@given(strategies.some_participants)
def test_the_types_that_a_sentence_names(chosen: ParticipantTypes | None) -> None:
    types = ALL_WHO if chosen is None else chosen
    named = named_types(types, PARTICIPANT_TYPES)
    assert set(named) in (types, ALL_WHO - types)
    assert (
        len(types) == len(ALL_WHO)
        or [kind for kind in PARTICIPANT_TYPES if who_of(frozenset({kind})) in who_of(types)] == named
    )
