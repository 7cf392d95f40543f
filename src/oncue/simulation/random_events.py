"""Random events that are possible in the conversation they are made for.

All randomness comes from the ``random.Random`` that is passed in: the same seed and the same conversation give the
same event on every machine. The mix is that of an inbox: mostly messages, mostly text, mostly from the contact;
now and then an agent or a bot joins or leaves. Channel, instance, conversation and time are left for
`oncue.simulation.intake.accept` to complete.
"""

import random
from collections.abc import Mapping, Sequence

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, Message, Participant
from oncue.domain.vocabulary import MessageType, ParticipantType, V
from oncue.errors import ImpossibleEvent

_CONTACTS = ("Jane", "Omar", "Mei", "Luís", "Zofia", "Ravi")
_JOINING: tuple[Participant, ...] = (
    *(Participant(type="agent", id=f"agent-{name.lower()}", name=name) for name in ("Anna", "Ben", "Chidi", "Dora")),
    Participant(type="bot", id="bot-helper", name="Helper"),
    Participant(type="bot", id="bot-triage", name="Triage"),
)
_OUTSIDE: tuple[Participant, ...] = (
    Participant(type="access_key", id="key-shop", name="Web shop"),
    Participant(type="connector", id="campaign-spring", name="Spring campaign"),
    Participant(type="channel", id="echo", name="Phone app"),
    Participant(type="automation", id="rule-tidy", name="Tidy up"),
)
_STARTERS: Mapping[ParticipantType, int] = {"contact": 16, "agent": 2, "access_key": 1, "connector": 1}
_TALKS: Mapping[ParticipantType, int] = {"contact": 12, "agent": 8, "bot": 5}
_TYPES: Mapping[MessageType, int] = {
    "text": 60,
    "image": 10,
    "file": 8,
    "html": 4,
    "template": 4,
    "list": 3,
    "location": 3,
    "gif": 2,
    "carousel": 2,
    "section": 2,
    "authentication": 1,
    "action": 1,
}
_TEXTS = ("hi", "Where is my order?", "Thank you!", "Can I talk to a person?", "I want to cancel.", "Is it in stock?")
_ACTIONS = {"message": 80, "join": 12, "leave": 8}


def random_event(rng: random.Random, conversation: Conversation) -> Event:
    """An event that is possible in ``conversation``.

    In a closed conversation people can only leave. Raises `ImpossibleEvent` once nobody is left in it.
    """
    if not conversation.started:
        return Event(event="conversation_created", participant=_starter(rng))
    present = conversation.participants
    if not conversation.open:
        if not present:
            raise ImpossibleEvent(f"conversation {conversation.id} is closed and empty; start another one")
        return _left(rng, present)
    action = _weighted(rng, _ACTIONS)
    if action == "join" and (absent := _absent(conversation)):
        return Event(event="participant_added", participant=rng.choice(absent))
    if action == "leave" and len(present) > 1:
        return _left(rng, [each for each in present if each.type != "contact" or rng.random() < 0.1] or present)
    return _message(rng, present)


def _absent(conversation: Conversation) -> list[Participant]:
    """Who may join: one of the team, or a contact if none is present."""
    if not conversation.of_type("contact"):
        return [_contact(name) for name in _CONTACTS]
    return [each for each in _JOINING if not conversation.find(each)]


def _starter(rng: random.Random) -> Participant:
    kind = _weighted(rng, _STARTERS)
    if kind == "contact":
        return _contact(rng.choice(_CONTACTS))
    return rng.choice([each for each in (*_JOINING, *_OUTSIDE) if each.type == kind])


def _contact(name: str) -> Participant:
    return Participant(type="contact", id=f"contact-{name.lower()}", name=name)


def _left(rng: random.Random, present: Sequence[Participant]) -> Event:
    return Event(event="participant_removed", participant=rng.choice(present))


def _message(rng: random.Random, present: Sequence[Participant]) -> Event:
    talking = {kind: weight for kind, weight in _TALKS.items() if any(each.type == kind for each in present)}
    if not talking or rng.random() < 0.06:
        writer = rng.choice(_OUTSIDE)
    else:
        speaks = _weighted(rng, talking)
        writer = rng.choice([each for each in present if each.type == speaks])
    kind = _weighted(rng, _TYPES)
    text = rng.choice(_TEXTS) if kind in ("text", "html", "template") else None
    return Event(event="message_created", participant=writer, message=Message(type=kind, text=text))


def _weighted(rng: random.Random, weights: Mapping[V, int]) -> V:
    return rng.choices(list(weights), list(weights.values()))[0]
