"""One natural sentence for a trigger, a step, an event. Command line, app and exporters all use these.

The words hold names as they were written in files and events: whoever prints them passes them through
`oncue.text.visible` first.
"""

from collections.abc import Collection, Mapping

from oncue.domain.condition_words import condition_words
from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.phrases import HAPPENS, WHAT, WHO
from oncue.domain.steps import STEP_KINDS
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import (
    CHANNEL_LABELS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    MessageType,
    ParticipantType,
    V,
    in_order,
)
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import listed


def trigger_clause(trigger: Trigger, config: WorkspaceConfig, text: str = "") -> str:
    """When it fires: ``When a contact starts a conversation on WhatsApp · Support NL``, ``Never (…)``.

    ``text`` is what has to have been written, in words.
    """
    for types, what in ((trigger.participant_types, "participant type"), (trigger.message_types, "message type")):
        if types is not None and not types:
            return f"Never (no {what} is chosen)"
    happens = HAPPENS[trigger.event]
    if trigger.event == "message_created":
        happens = _writes(trigger.message_types, text) if text else f"{happens} {what_of(trigger.message_types)}"
    where = place(trigger.channel, trigger.instance, config)
    return f"When {who_of(trigger.participant_types)} {happens} on {where}"


def _writes(types: frozenset[MessageType] | None, text: str) -> str:
    """``writes “refund”``, ``sends an image with “refund”``."""
    return (
        f"writes {text}"
        if types is None or types == {"text"}
        else f"{HAPPENS['message_created']} {what_of(types)} with {text}"
    )


def flow_clause(flow: Flow, config: WorkspaceConfig) -> str:
    """When the flow starts, trigger and conditions: ``When a contact writes “refund” on WhatsApp and nobody is
    responsible, outside office hours, once per conversation``.
    """
    words = condition_words(flow.when)
    clause = trigger_clause(flow.trigger, config, words.text)
    if clause.startswith("Never"):
        return clause
    return ", ".join((" and ".join((clause, *words.states)), *words.limits))


def who_of(types: frozenset[ParticipantType] | None) -> str:
    """Whom a trigger listens to: ``a contact or a bot``, ``anybody but a flow``, ``anybody``.

    A list of all types is not the same as none: it does not let through what has no type.
    """
    if types is not None and len(types) == len(PARTICIPANT_TYPES):
        return "anybody of a known type"
    return _any_of(types, PARTICIPANT_TYPES, WHO, "anybody", "nobody")


def what_of(types: frozenset[MessageType] | None) -> str:
    """Which messages a trigger listens to: ``a text message or an image``, ``anything but a file``, ``a message``."""
    if types is None:
        return "a message"
    if len(types) == len(MESSAGE_TYPES):
        return "a message of a known type"
    return _any_of(types, MESSAGE_TYPES, WHAT, "anything", "nothing")


def named_types(chosen: frozenset[V], vocabulary: Collection[V]) -> list[V]:
    """The types that a sentence names: those that are ``chosen`` or, where that is shorter, all others."""
    missing = [value for value in vocabulary if value not in chosen]
    return missing if len(missing) <= 2 < len(chosen) else in_order(chosen, vocabulary)


def place(channel: str | None, instance: str | None, config: WorkspaceConfig) -> str:
    """Where: ``WhatsApp · Support NL``, ``WhatsApp``, ``an unknown channel``; and what of it is foreign here."""
    label, known = "an unknown channel", False
    if channel is not None:
        known = channel in config.installed_channels or channel in config.channels or channel in CHANNEL_LABELS
        label = config.channel_label(channel) if known else f'an unknown channel "{channel}"'
    if instance is None:
        return label if channel in config.installed_channels or not known else f"{label} (not installed)"
    installed = config.by_id.get(instance)
    if installed is None:
        return f"{label} · {instance} (not installed)"
    elsewhere = (
        "" if channel in (None, installed.channel) else f" (which is on {config.channel_label(installed.channel)})"
    )
    return f"{label} · {installed.name}{elsewhere}"


def flow_sentence(flow: Flow, config: WorkspaceConfig) -> str:
    """What the flow does, trigger and steps in one sentence."""
    steps = [STEP_KINDS[step.type].phrase(step) for step in flow.steps]
    deeds = ", then ".join(steps) or "do nothing"
    clause = flow_clause(flow, config)
    sentence = f"{clause}{':' if clause.startswith('Never') else ','} {deeds}."
    return sentence if flow.enabled else f"Off. {sentence}"


def event_sentence(event: Event, config: WorkspaceConfig) -> str:
    """What happened: ``Contact Jane started a conversation on WhatsApp · Support NL``."""
    return f"{actor(event)} {what_happened(event, config)}"


def what_happened(event: Event, config: WorkspaceConfig) -> str:
    """What the actor did, and where: ``started a conversation on WhatsApp · Support NL``."""
    if event.event == "message_created":
        kind = event.message.type if event.message else None
        happened = f"sent {WHAT[kind] if kind else 'a message of unknown type'}"
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
    happens = HAPPENS[event.event]
    if event.event == "message_created":
        message = event.message.type if event.message else None
        happens = f"{happens} {WHAT[message] if message else 'a message of unknown type'}"
    return f"{WHO[kind] if kind else 'somebody unknown'} {happens} on {place(event.channel, event.instance, config)}"


def actor(event: Event) -> str:
    """Who it was: ``Contact Jane``, ``Contact p-1``, ``Contact``, ``Jane (type unknown)``, ``Somebody unknown``."""
    who = event.participant
    return actor_words(who.type, who.name or who.id) if who else actor_words(None, None)


def actor_words(kind: ParticipantType | None, name: str | None) -> str:
    """As `actor`, for a participant of that type and name."""
    name = (name or "").strip()
    if kind is None:
        return f"{name} (type unknown)" if name else "Somebody unknown"
    label = PARTICIPANT_TYPES[kind].label
    return f"{label} {name}" if name else label


def _any_of(
    chosen: frozenset[V] | None, vocabulary: Mapping[V, object], words: Mapping[V, str], every: str, none: str
) -> str:
    """``a contact or a bot``; the complement where that is shorter: ``anybody but a bot``.

    ``every`` stands for all, with exceptions or without, ``none`` for the empty set.
    """
    if chosen is None:
        return every
    if not chosen:
        return none
    named = named_types(chosen, vocabulary)
    sentence = listed([words[value] for value in named], "or")
    return sentence if named[0] in chosen else f"{every} but {sentence}"
