"""The things that a flow can do: one value for each kind of step, and one table with all that is said of them.

A kind is described here and nowhere else: its label and help, its fields in the order in which they are written, with
what they mean and how a form asks for them, and how it reads in a sentence and in a list. What it does to a
conversation is in `oncue.simulation.effects`. To add a kind, add its class, its row in `STEP_KINDS` and its effect.

Texts may hold placeholders (`oncue.domain.placeholders`). Empty texts and names are allowed here, because a step that
is being written starts out empty; `oncue.domain.checks` reports them.
"""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args

from oncue.domain.durations import DURATION_RULE, duration_words
from oncue.domain.fitting import Tagged
from oncue.domain.phrases import WHAT, WHO, assignments, every_one_of, named, noun
from oncue.domain.placeholders import PLACEHOLDERS
from oncue.domain.triggers import ParticipantTypes
from oncue.domain.values import described, key_of, value
from oncue.domain.vocabulary import (
    ASSIGNABLE,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    Assignable,
    MessageType,
    ParticipantType,
    Term,
    listing,
)
from oncue.text import listed

FieldKind = Literal["text", "name", "choice", "types", "attributes"]
"""How a field is filled in: several lines, one line, one term, any number of terms, names with values."""


class Form(NamedTuple):
    """How a form asks for a field, in a word. ``blank`` is its value in a step that was just added.

    ``vocabulary``: the terms of a choice or of types. ``optional``: an empty field is one that is left out.
    """

    kind: FieldKind
    label: str
    blank: Any = ""
    vocabulary: Mapping[Any, Term] = {}
    optional: bool = False


_TEXT = f"May hold placeholders:\n{listing({f'{{{{{name}}}}}': text for name, text in PLACEHOLDERS.items()})}"
_WHO = f"What they are.\n{listing(PARTICIPANT_TYPES)}"


@value
class SendMessage:
    """Send a message: write into the conversation, as the flow."""

    type: Literal["send_message"] = "send_message"
    text: str = described(f"What to write. {_TEXT}", Form("text", "Text"))
    message_type: MessageType = described(
        f"What kind of message it is.\n{listing(MESSAGE_TYPES)}",
        Form("choice", "As", "text", MESSAGE_TYPES),
        default="text",
    )


@value
class AssignAgent:
    """Assign an agent, or a bot: make them responsible; one who is absent joins."""

    type: Literal["assign_agent"] = "assign_agent"
    agent: str = described(
        "Who becomes responsible. {{participant.name}} is who started the flow, such as the agent who joined.",
        Form("name", "Agent"),
    )
    participant_type: Assignable = described(
        f"What they are.\n{listing(ASSIGNABLE)}", Form("choice", "Who", "agent", ASSIGNABLE), default="agent"
    )


@value
class AssignTeam:
    """Assign a team: make a team responsible, instead of whoever was."""

    type: Literal["assign_team"] = "assign_team"
    team: str = described("The name of the team that becomes responsible.", Form("name", "Team"))


@value
class Unassign:
    """Take the assignment back: nobody is responsible any more."""

    type: Literal["unassign"] = "unassign"


@value
class AddNote:
    """Add a note that the team sees and the contact does not."""

    type: Literal["add_note"] = "add_note"
    text: str = described(f"What to note. {_TEXT}", Form("text", "Text"))


@value
class NotifyParticipants:
    """Notify those who are in the conversation.

    ``participant_types`` of ``None`` tells all of them.
    """

    type: Literal["notify_participants"] = "notify_participants"
    text: str = described(f"What to tell them. {_TEXT}", Form("text", "Text"))
    participant_types: ParticipantTypes | None = described(
        f"Whom to tell. Omitted: everybody.\n{listing(PARTICIPANT_TYPES)}",
        Form("types", "Whom", None, PARTICIPANT_TYPES),
        default=None,
    )


@value
class UpdateContact:
    """Set attributes of the contact.

    ``1``, ``1.0`` and ``true`` are three different values, as they are in TOML.
    """

    type: Literal["update_contact"] = "update_contact"
    attributes: Mapping[str, str | int | float | bool] = described(
        'Attributes and their values: language = "nl".', Form("attributes", "Set", {})
    )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UpdateContact) and self._exact() == other._exact()

    def __hash__(self) -> int:
        return hash(frozenset(self._exact().items()))

    def _exact(self) -> dict[str, str]:
        return {key: repr(attribute) for key, attribute in self.attributes.items()}


@value
class AddParticipant:
    """Bring somebody into the conversation; nothing happens if they are there."""

    type: Literal["add_participant"] = "add_participant"
    participant_type: ParticipantType = described(_WHO, Form("choice", "Who", "agent", PARTICIPANT_TYPES))
    name: str = described("Who joins.", Form("name", "Name"))


@value
class RemoveParticipant:
    """Take somebody out of the conversation.

    Without a name it is everybody of that type.
    """

    type: Literal["remove_participant"] = "remove_participant"
    participant_type: ParticipantType = described(_WHO, Form("choice", "Who", "bot", PARTICIPANT_TYPES))
    name: str | None = described(
        "Who leaves. Omitted: everybody of that type.", Form("name", "Name", None, optional=True), default=None
    )


@value
class AddLabel:
    """Put a label on the conversation."""

    type: Literal["add_label"] = "add_label"
    label: str = described("The label, such as: urgent.", Form("name", "Label"))


@value
class RemoveLabel:
    """Take a label off the conversation."""

    type: Literal["remove_label"] = "remove_label"
    label: str = described("The label, such as: urgent.", Form("name", "Label"))


@value
class Wait:
    """Wait: take the steps below this one when the time has come.

    ``for_`` is a text because it is typed letter by letter; `oncue.domain.checks` reports one that is no duration.
    """

    type: Literal["wait"] = "wait"
    for_: str = described(f"How long: {DURATION_RULE}.", Form("name", "For", "10m"), key="for")


@value
class CloseConversation:
    """End the conversation."""

    type: Literal["close_conversation"] = "close_conversation"


@value
class ReopenConversation:
    """Open the conversation again after it was closed."""

    type: Literal["reopen_conversation"] = "reopen_conversation"


Step = (
    SendMessage
    | AssignAgent
    | AssignTeam
    | Unassign
    | AddNote
    | NotifyParticipants
    | UpdateContact
    | AddParticipant
    | RemoveParticipant
    | AddLabel
    | RemoveLabel
    | Wait
    | CloseConversation
    | ReopenConversation
)
AnyStep = Annotated[Step, Tagged()]
"""A step of any kind, told apart by its ``type`` key."""

StepType = Literal[
    "send_message",
    "assign_agent",
    "assign_team",
    "unassign",
    "add_note",
    "notify_participants",
    "update_contact",
    "add_participant",
    "remove_participant",
    "add_label",
    "remove_label",
    "wait",
    "close_conversation",
    "reopen_conversation",
]


class StepKind(NamedTuple):
    """One kind of step: its class, what people call it and what it does.

    ``phrase`` is the step as it stands in a sentence (``assign Anna``), ``detail`` what is filled into it, for a list
    of steps, empty where there is nothing.
    """

    cls: type[Step]
    label: str
    help: str
    phrase: Callable[[Any], str]
    detail: Callable[[Any], str]


def _text(step: SendMessage | AddNote | NotifyParticipants) -> str:
    return step.text


def _participant(step: AddParticipant | RemoveParticipant) -> str:
    return f"{PARTICIPANT_TYPES[step.participant_type].label}{named(step.name)}"


def _assign(step: AssignAgent) -> str:
    kind = step.participant_type
    if not step.agent:
        return f"assign {WHO[kind]}"
    return f"assign {step.agent}" if kind == "agent" else f"assign {noun(kind)} {step.agent}"


def _send(step: SendMessage) -> str:
    return "send a message" if step.message_type == "text" else f"send {WHAT[step.message_type]}"


def _update(step: UpdateContact) -> str:
    return f"set the contact's {listed(list(step.attributes))}" if step.attributes else "update the contact"


def _add(step: AddParticipant) -> str:
    kind = step.participant_type
    return f"add {noun(kind)} {step.name}" if step.name else f"add {WHO[kind]}"


def _remove(step: RemoveParticipant) -> str:
    kind = noun(step.participant_type)
    return f"remove {kind} {step.name}" if step.name else f"remove every {kind}"


STEP_KINDS: Mapping[StepType, StepKind] = {
    "send_message": StepKind(SendMessage, "Send a message", "write into the conversation, as the flow", _send, _text),
    "assign_agent": StepKind(
        AssignAgent,
        "Assign an agent",
        "make an agent or a bot responsible; one who is absent joins",
        _assign,
        lambda step: str(step.agent),
    ),
    "assign_team": StepKind(
        AssignTeam,
        "Assign a team",
        "make a team responsible",
        lambda step: f"assign {f'team {step.team}' if step.team else 'a team'}",
        lambda step: str(step.team),
    ),
    "unassign": StepKind(
        Unassign, "Unassign", "make nobody responsible", lambda _: "take the assignment back", lambda _: ""
    ),
    "add_note": StepKind(AddNote, "Add a note", "for the team, hidden from the contact", lambda _: "add a note", _text),
    "notify_participants": StepKind(
        NotifyParticipants,
        "Notify participants",
        "tell those who are in the conversation",
        lambda step: f"notify {every_one_of(step.participant_types)}",
        _text,
    ),
    "update_contact": StepKind(
        UpdateContact,
        "Update the contact",
        "set attributes of the contact",
        _update,
        lambda step: assignments(step.attributes),
    ),
    "add_participant": StepKind(
        AddParticipant, "Add a participant", "bring somebody into the conversation", _add, _participant
    ),
    "remove_participant": StepKind(
        RemoveParticipant, "Remove a participant", "take somebody out of the conversation", _remove, _participant
    ),
    "add_label": StepKind(
        AddLabel,
        "Add a label",
        "put a label on the conversation",
        lambda step: f"add {f'the label {step.label}' if step.label else 'a label'}",
        lambda step: str(step.label),
    ),
    "remove_label": StepKind(
        RemoveLabel,
        "Remove a label",
        "take a label off the conversation",
        lambda step: f"remove {f'the label {step.label}' if step.label else 'a label'}",
        lambda step: str(step.label),
    ),
    "wait": StepKind(
        Wait,
        "Wait",
        "take the steps below when the time has come",
        lambda step: f"wait {duration_words(step.for_)}".rstrip(),
        lambda step: duration_words(step.for_),
    ),
    "close_conversation": StepKind(
        CloseConversation, "Close the conversation", "end it", lambda _: "close the conversation", lambda _: ""
    ),
    "reopen_conversation": StepKind(
        ReopenConversation,
        "Reopen the conversation",
        "open it again after it was closed",
        lambda _: "open the conversation again",
        lambda _: "",
    ),
}
assert tuple(STEP_KINDS) == get_args(StepType)
assert tuple(kind.cls for kind in STEP_KINDS.values()) == get_args(Step)

STEP_TYPES: Mapping[StepType, Term] = {name: Term(kind.label, kind.help) for name, kind in STEP_KINDS.items()}
TYPE_HELP = f"What the step does.\n{listing(STEP_TYPES)}"
"""The meaning of the key ``type`` that every step has."""


@cache
def form_of(kind: StepType) -> Mapping[str, Form]:
    """How a form asks for each field of a step of ``kind``, by key, in the order in which they are written."""
    fields = dataclasses.fields(STEP_KINDS[kind].cls)
    return {key_of(field): field.metadata["form"] for field in fields if field.name != "type"}


def new_step(kind: StepType) -> Step:
    """A step of ``kind`` as it is when it was just added: nothing filled in."""
    cls: Any = STEP_KINDS[kind].cls
    step: Step = cls(**{name: form.blank for name, form in form_of(kind).items()})
    return step
