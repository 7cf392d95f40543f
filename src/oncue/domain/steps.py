"""The eight things that a flow can do, one value each.

Their keys are those of the ``[[steps]]`` tables in a flow file. Texts may hold placeholders
(`oncue.domain.placeholders`). Empty texts and names are allowed here, because a step that is being written
starts out empty; `oncue.domain.checks` reports them.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from oncue.domain.fitting import Tagged
from oncue.domain.triggers import ParticipantTypes
from oncue.domain.values import value
from oncue.domain.vocabulary import MessageType, ParticipantType, Term


@value
class SendMessage:
    """Write a message into the conversation, as the flow."""

    type: Literal["send_message"] = "send_message"
    text: str
    message_type: MessageType = "text"


@value
class AssignAgent:
    """Make an agent responsible; one who is absent joins."""

    type: Literal["assign_agent"] = "assign_agent"
    agent: str


@value
class AddNote:
    """Leave a note that the team sees and the contact does not."""

    type: Literal["add_note"] = "add_note"
    text: str


@value
class NotifyParticipants:
    """Tell those who are in the conversation; ``participant_types`` of ``None`` tells all of them."""

    type: Literal["notify_participants"] = "notify_participants"
    text: str
    participant_types: ParticipantTypes | None = None


@value
class UpdateContact:
    """Set attributes of the contact. ``1``, ``1.0`` and ``true`` are three different values, as they are in TOML."""

    type: Literal["update_contact"] = "update_contact"
    attributes: Mapping[str, str | int | float | bool]

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
    participant_type: ParticipantType
    name: str


@value
class RemoveParticipant:
    """Take somebody out; without a name, everybody of that type."""

    type: Literal["remove_participant"] = "remove_participant"
    participant_type: ParticipantType
    name: str | None = None


@value
class CloseConversation:
    """End the conversation."""

    type: Literal["close_conversation"] = "close_conversation"


Step = (
    SendMessage
    | AssignAgent
    | AddNote
    | NotifyParticipants
    | UpdateContact
    | AddParticipant
    | RemoveParticipant
    | CloseConversation
)
AnyStep = Annotated[Step, Tagged()]
"""A step of any kind, told apart by its ``type`` key."""

StepType = Literal[
    "send_message",
    "assign_agent",
    "add_note",
    "notify_participants",
    "update_contact",
    "add_participant",
    "remove_participant",
    "close_conversation",
]

STEP_TYPES: Mapping[StepType, Term] = {
    "send_message": Term("Send a message", "write into the conversation, as the flow"),
    "assign_agent": Term("Assign an agent", "make an agent responsible; one who is absent joins"),
    "add_note": Term("Add a note", "for the team, hidden from the contact"),
    "notify_participants": Term("Notify participants", "tell those who are in the conversation"),
    "update_contact": Term("Update the contact", "set attributes of the contact"),
    "add_participant": Term("Add a participant", "bring somebody into the conversation"),
    "remove_participant": Term("Remove a participant", "take somebody out of the conversation"),
    "close_conversation": Term("Close the conversation", "end it"),
}
assert tuple(STEP_TYPES) == get_args(StepType)


def new_step(kind: StepType) -> Step:
    """A step of ``kind`` as it is when it was just added: nothing filled in."""
    match kind:
        case "send_message":
            return SendMessage(text="")
        case "assign_agent":
            return AssignAgent(agent="")
        case "add_note":
            return AddNote(text="")
        case "notify_participants":
            return NotifyParticipants(text="")
        case "update_contact":
            return UpdateContact(attributes={})
        case "add_participant":
            return AddParticipant(participant_type="agent", name="")
        case "remove_participant":
            return RemoveParticipant(participant_type="bot")
        case "close_conversation":
            return CloseConversation()
