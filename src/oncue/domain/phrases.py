"""Words for single values in the middle of a sentence: types with their article, attributes with their values."""

from collections.abc import Mapping

from oncue.domain.vocabulary import PARTICIPANT_TYPES, EventKind, MessageType, ParticipantType, in_order
from oncue.text import listed

# As a noun in the middle of a sentence, with its article.
WHO: Mapping[ParticipantType, str] = {
    "contact": "a contact",
    "agent": "an agent",
    "bot": "a bot",
    "flow": "a flow",
    "access_key": "an API key",
    "connector": "a campaign",
    "channel": "a channel echo",
    "automation": "an automation rule",
}
WHAT: Mapping[MessageType, str] = {
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
HAPPENS: Mapping[EventKind, str] = {
    "conversation_created": "starts a conversation",
    "participant_added": "joins a conversation",
    "participant_removed": "leaves a conversation",
    "message_created": "sends",
}


def attribute_text(attribute: str | int | float | bool) -> str:
    """An attribute's value as people write it: ``true`` and not ``True``."""
    return str(attribute).lower() if isinstance(attribute, bool) else str(attribute)


def assignments(attributes: Mapping[str, str | int | float | bool]) -> str:
    """Attributes with their values: ``plan = pro, vip = true``."""
    return ", ".join(f"{key} = {attribute_text(value)}" for key, value in attributes.items())


def every_one_of(types: frozenset[ParticipantType] | None) -> str:
    """Whom a step is for: ``everybody``, ``every agent and every bot``, ``everybody but bots``, ``nobody``."""
    if types is None or len(types) == len(PARTICIPANT_TYPES):
        return "everybody"
    missing = [kind for kind in PARTICIPANT_TYPES if kind not in types]
    if len(missing) <= 2 < len(types):
        return f"everybody but {listed([plural(kind) for kind in missing])}"
    nouns = [f"every {noun(kind)}" for kind in in_order(types, PARTICIPANT_TYPES)]
    return listed(nouns) if nouns else "nobody"


def noun(kind: ParticipantType) -> str:
    """Without its article: ``agent``, ``API key``."""
    return WHO[kind].split(" ", 1)[1]


def plural(kind: ParticipantType) -> str:
    """Several of them: ``agents``, ``channel echoes``."""
    return f"{noun(kind)}{'es' if kind == 'channel' else 's'}"


def named(name: str | None) -> str:
    """A name to stand behind a noun, or nothing."""
    return f" {name}" if name else ""
