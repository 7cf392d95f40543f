"""The words of conversation triggers: events, participant types, message types, channels.

Every closed set is a ``Literal`` (so that a type checker, pydantic and the JSON Schema agree) beside a
mapping that gives each value its label and help. The order of a mapping is the order on every screen, in
every file that oncue writes and in every message. Channels are the exception: a workspace may install a
channel that is not in the catalogue, so they are plain slugs with an optional label.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeVar, get_args

EventKind = Literal["conversation_created", "participant_added", "participant_removed", "message_created"]
ParticipantType = Literal["contact", "agent", "bot", "flow", "access_key", "connector", "channel", "automation"]
MessageType = Literal[
    "text",
    "html",
    "image",
    "file",
    "gif",
    "location",
    "carousel",
    "list",
    "section",
    "authentication",
    "template",
    "action",
]
Assignable = Literal["agent", "bot"]
Delivery = Literal["once", "twice", "swapped", "late"]
MessageInClosed = Literal["reopens", "refused", "new_conversation"]


class Term(NamedTuple):
    """A value as people read it: its label, and in a few words what it stands for."""

    label: str
    help: str


class EventTerm(NamedTuple):
    """One of the four trigger events as people read it.

    ``role`` is the heading of its participant chips: what the participant did. ``good_for`` are typical
    uses. ``otherwise`` points to the event that is meant when this one is picked by mistake, or is empty.
    """

    label: str
    help: str
    role: str
    good_for: str
    otherwise: str


EVENT_KINDS: Mapping[EventKind, EventTerm] = {
    "conversation_created": EventTerm(
        "Conversation created",
        "A new conversation starts.",
        "Started by",
        "a welcome, a first assignment",
        "For one already under way: Message created.",
    ),
    "participant_added": EventTerm(
        "Participant added",
        "Somebody joins a conversation.",
        "Who joined",
        "a summary note for the agent who joins",
        "",
    ),
    "participant_removed": EventTerm(
        "Participant removed",
        "Somebody leaves or is removed (the participant is who left).",
        "Who left",
        "telling the others, reassigning",
        "",
    ),
    "message_created": EventTerm(
        "Message created",
        "A message arrives in a conversation.",
        "Written by",
        "a reply, an assignment, a contact update",
        "For the start of one: Conversation created.",
    ),
}

PARTICIPANT_TYPES: Mapping[ParticipantType, Term] = {
    "contact": Term("Contact", "the customer"),
    "agent": Term("Agent", "a person of the team"),
    "bot": Term("Bot", "an AI or scripted bot"),
    "flow": Term("Flow", "a flow itself"),
    "access_key": Term("API key", "an integration writing through the API"),
    "connector": Term("Campaign", "a campaign message"),
    "channel": Term("Channel echo", "sent from the platform's own app"),
    "automation": Term("Automation rule", "an inbox action rule"),
}

ASSIGNABLE: Mapping[Assignable, Term] = {"agent": PARTICIPANT_TYPES["agent"], "bot": PARTICIPANT_TYPES["bot"]}
"""Who can be assigned to a conversation by name. A team can be responsible, too, and is no participant."""

MESSAGE_TYPES: Mapping[MessageType, Term] = {
    "text": Term("Text", "plain text, and answers by button"),
    "html": Term("HTML", "formatted text, as e-mail has it"),
    "image": Term("Image", "a picture or a sticker"),
    "file": Term("File", "a document, audio or video"),
    "gif": Term("GIF", "an animated picture"),
    "location": Term("Location", "a place on the map"),
    "carousel": Term("Carousel", "cards to swipe through"),
    "list": Term("List", "a list to choose from"),
    "section": Term("Section", "several bodies in one message"),
    "authentication": Term("Authentication", "a one-time password"),
    "template": Term("Template", "a message approved beforehand"),
    "action": Term("Action", "a request, such as permission to call"),
}

DELIVERIES: Mapping[Delivery, Term] = {
    "once": Term("Once", "in its turn"),
    "twice": Term("Twice", "a second time at once, as webhooks are that were not answered in time"),
    "swapped": Term("Swapped", "only after the next event of its conversation"),
    "late": Term("Late", "only after all other events"),
}
"""When flows hear of an event. All but ``once`` are faults that real platforms have."""

MESSAGE_IN_CLOSED: Mapping[MessageInClosed, str] = {
    "reopens": "it opens again",
    "refused": "nothing, such a message cannot happen",
    "new_conversation": "a new one starts with the message",
}
"""What a contact's message does to a closed conversation."""

CHANNEL_LABELS: Mapping[str, str] = {
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "email": "Email",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "telegram": "Telegram",
    "line": "LINE",
    "viber": "Viber",
    "wechat": "WeChat",
    "rcs": "RCS",
    "apple_messages": "Apple Messages",
    "linkedin": "LinkedIn",
    "voice": "Voice",
    "live_chat": "Live chat",
    "twitter": "X (Twitter)",
    "tiktok": "TikTok",
    "kakao": "KakaoTalk",
    "slack": "Slack",
    "matrix": "Matrix",
    "api": "API",
}

CHANNEL_HELP = f"A channel: its slug, such as {', '.join(list(CHANNEL_LABELS)[:4])}."

assert tuple(EVENT_KINDS) == get_args(EventKind)
assert tuple(PARTICIPANT_TYPES) == get_args(ParticipantType)
assert tuple(MESSAGE_TYPES) == get_args(MessageType)
assert tuple(ASSIGNABLE) == get_args(Assignable)
assert tuple(DELIVERIES) == get_args(Delivery)
assert tuple(MESSAGE_IN_CLOSED) == get_args(MessageInClosed)

V = TypeVar("V", bound=str)


def in_order(values: Iterable[V], vocabulary: Iterable[V]) -> list[V]:
    """``values`` in the order of their vocabulary, each once."""
    chosen = frozenset(values)
    return [value for value in vocabulary if value in chosen]


def listing(vocabulary: Mapping[V, object]) -> str:
    """Every value of a vocabulary with what it stands for, a line each, for the description of a key."""
    lines = (f"{value}: {getattr(term, 'help', term)}" for value, term in vocabulary.items())
    return "\n".join(f"- {line.rstrip('.')}" for line in lines)
