"""One natural sentence for a trigger, a step, an event. Command line, app and exporters all use these.

The words hold names as they were written in files and events: whoever prints them passes them through
`oncue.text.visible` first.
"""

from collections.abc import Collection, Mapping

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    NotifyParticipants,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
)
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import (
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
    V,
    in_order,
)
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import listed

# As a noun in the middle of a sentence, with its article.
_WHO: Mapping[ParticipantType, str] = {
    "contact": "a contact",
    "agent": "an agent",
    "bot": "a bot",
    "flow": "a flow",
    "access_key": "an API key",
    "connector": "a campaign",
    "channel": "a channel echo",
    "automation": "an automation rule",
}
_WHAT: Mapping[MessageType, str] = {
    "text": "a text message",
    "html": "an HTML message",
    "image": "an image",
    "file": "a file",
    "gif": "a GIF",
    "location": "a location",
    "carousel": "a carousel",
    "list": "a list",
    "section": "a section message",
    "authentication": "an authentication message",
    "template": "a template",
    "action": "an action",
}
_HAPPENS: Mapping[EventKind, str] = {
    "conversation_created": "starts a conversation",
    "participant_added": "joins a conversation",
    "participant_removed": "leaves a conversation",
    "message_created": "sends",
}


def trigger_clause(trigger: Trigger, config: WorkspaceConfig) -> str:
    """When it fires: ``When a contact starts a conversation on WhatsApp · Support NL``."""
    happens = _HAPPENS[trigger.event]
    if trigger.event == "message_created":
        happens = f"{happens} {what_of(trigger.message_types)}"
    return f"When {who_of(trigger.participant_types)} {happens} on {place(trigger.channel, trigger.instance, config)}"


def who_of(types: frozenset[ParticipantType] | None) -> str:
    """Whom a trigger listens to: ``a contact or a bot``, ``anybody but a flow``, ``anybody``."""
    return _any_of(types, PARTICIPANT_TYPES, _WHO, "anybody", "anybody", "nobody")


def what_of(types: frozenset[MessageType] | None) -> str:
    """Which messages a trigger listens to: ``a text message or an image``, ``anything but a file``, ``a message``."""
    return _any_of(types, MESSAGE_TYPES, _WHAT, "a message", "anything", "nothing")


def named_types(chosen: frozenset[V], vocabulary: Collection[V]) -> list[V]:
    """The types that a sentence names: those that are ``chosen`` or, where that is shorter, all others."""
    missing = [value for value in vocabulary if value not in chosen]
    return missing if len(missing) <= 2 < len(chosen) else in_order(chosen, vocabulary)


def place(channel: str | None, instance: str | None, config: WorkspaceConfig) -> str:
    """Where: ``WhatsApp · Support NL``, ``WhatsApp``, ``an unknown channel``."""
    label = "an unknown channel" if channel is None else config.channel_label(channel)
    if instance is None:
        return label
    installed = config.by_id.get(instance)
    return f"{label} · {installed.name if installed else instance}"


def flow_sentence(flow: Flow, config: WorkspaceConfig) -> str:
    """What the flow does, trigger and steps in one sentence."""
    steps = [step_phrase(step) for step in flow.steps]
    deeds = (", then ".join(steps) if len(steps) < 4 else f"{', '.join(steps[:-1])} and {steps[-1]}") or "do nothing"
    sentence = f"{trigger_clause(flow.trigger, config)}, {deeds}."
    return sentence if flow.enabled else f"Disabled. {sentence}"


def step_phrase(step: Step) -> str:
    """What a step does, to stand in a sentence: ``assign Anna``."""
    match step:
        case SendMessage(message_type=kind):
            return "send a message" if kind == "text" else f"send {_WHAT[kind]}"
        case AssignAgent(agent=agent):
            return f"assign {agent or 'an agent'}"
        case AddNote():
            return "add a note"
        case NotifyParticipants(participant_types=types):
            return f"notify {_every(types)}"
        case UpdateContact(attributes=attributes):
            return f"set the contact's {listed(list(attributes))}" if attributes else "update the contact"
        case AddParticipant(participant_type=kind, name=name):
            return f"add {_noun(kind)} {name}" if name else f"add {_WHO[kind]}"
        case RemoveParticipant(participant_type=kind, name=name):
            return f"remove {_noun(kind)} {name}" if name else f"remove every {_noun(kind)}"
        case CloseConversation():
            return "close the conversation"


def step_detail(step: Step) -> str:
    """What is filled into a step, for a list of steps; empty where there is nothing."""
    match step:
        case SendMessage(text=text) | AddNote(text=text) | NotifyParticipants(text=text):
            return text
        case AssignAgent(agent=agent):
            return agent
        case UpdateContact(attributes=attributes):
            return assignments(attributes)
        case AddParticipant(participant_type=kind, name=name) | RemoveParticipant(participant_type=kind, name=name):
            return f"{PARTICIPANT_TYPES[kind].label}{_named(name)}"
        case CloseConversation():
            return ""


def attribute_text(attribute: str | int | float | bool) -> str:
    """An attribute's value as people write it: ``true`` and not ``True``."""
    return str(attribute).lower() if isinstance(attribute, bool) else str(attribute)


def assignments(attributes: Mapping[str, str | int | float | bool]) -> str:
    """Attributes with their values: ``plan = pro, vip = true``."""
    return ", ".join(f"{key} = {attribute_text(value)}" for key, value in attributes.items())


def event_sentence(event: Event, config: WorkspaceConfig) -> str:
    """What happened: ``Contact Jane started a conversation on WhatsApp · Support NL``."""
    return f"{actor(event)} {what_happened(event, config)}"


def what_happened(event: Event, config: WorkspaceConfig) -> str:
    """What the actor did, and where: ``started a conversation on WhatsApp · Support NL``."""
    if event.event == "message_created":
        kind = event.message.type if event.message else None
        happened = f"sent {_WHAT[kind] if kind else 'a message of unknown type'}"
    else:
        happened = {
            "conversation_created": "started a conversation",
            "participant_added": "joined a conversation",
            "participant_removed": "left a conversation",
        }[event.event]
    return f"{happened} on {place(event.channel, event.instance, config)}"


def event_clause(event: Event, config: WorkspaceConfig) -> str:
    """What would happen, by somebody of that type: ``a bot sends an image on WhatsApp · Support NL``."""
    kind = event.participant.type if event.participant else None
    happens = _HAPPENS[event.event]
    if event.event == "message_created":
        message = event.message.type if event.message else None
        happens = f"{happens} {_WHAT[message] if message else 'a message of unknown type'}"
    return f"{_WHO[kind] if kind else 'somebody unknown'} {happens} on {place(event.channel, event.instance, config)}"


def actor(event: Event) -> str:
    """Who it was: ``Contact Jane``, ``Contact``, ``Jane (type unknown)``, ``Somebody unknown``."""
    who = event.participant
    return actor_words(who.type, who.name) if who else actor_words(None, None)


def actor_words(kind: ParticipantType | None, name: str | None) -> str:
    """As `actor`, for a participant of that type and name."""
    name = (name or "").strip()
    if kind is None:
        return f"{name} (type unknown)" if name else "Somebody unknown"
    label = PARTICIPANT_TYPES[kind].label
    return f"{label} {name}" if name else label


def event_label(kind: EventKind) -> str:
    """The event's name on screen."""
    return EVENT_KINDS[kind].label


def _any_of(
    chosen: frozenset[V] | None, vocabulary: Mapping[V, object], words: Mapping[V, str], every: str, but: str, none: str
) -> str:
    """``a contact or a bot``; the complement where that is shorter: ``anybody but a bot``.

    ``every`` stands for all, ``but`` for all with exceptions, ``none`` for the empty set.
    """
    if chosen is None or len(chosen) == len(vocabulary):
        return every
    if not chosen:
        return none
    named = named_types(chosen, vocabulary)
    sentence = listed([words[value] for value in named], "or")
    return sentence if named[0] in chosen else f"{but} but {sentence}"


def _every(types: frozenset[ParticipantType] | None) -> str:
    if types is None or len(types) == len(PARTICIPANT_TYPES):
        return "everybody"
    nouns = [f"every {_noun(kind)}" for kind in in_order(types, PARTICIPANT_TYPES)]
    return listed(nouns) if nouns else "nobody"


def _noun(kind: ParticipantType) -> str:
    """Without its article: ``agent``, ``API key``."""
    return _WHO[kind].split(" ", 1)[1]


def _named(name: str | None) -> str:
    return f" {name}" if name else ""
