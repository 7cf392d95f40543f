"""The events that the steps of a flow can cause on an instance, with what is certain of each.

What comes of it in a conversation is for `oncue.simulation`. Here nothing is missing that a step may cause, whatever
the conversation is, and what a step states in plain words is in its event.
"""

from collections.abc import Iterator
from typing import NamedTuple

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import (
    AddParticipant,
    AssignAgent,
    CloseConversation,
    RemoveParticipant,
    ReopenConversation,
    SendMessage,
    Step,
    Wait,
)
from oncue.domain.vocabulary import ParticipantType
from oncue.domain.workspace import Instance


class Caused(NamedTuple):
    """What step number ``step`` (from 1) of a flow causes on an instance. ``event`` states what is certain of it."""

    step: int
    event: Event


def caused_by(flow: Flow, instance: Instance) -> Iterator[Caused]:
    """What each step of ``flow`` can cause on ``instance``, in order.

    A step that can do nothing, such as a message behind the end of the conversation, causes nothing.
    """
    closed = False
    for number, step in enumerate(flow.steps, 1):
        if isinstance(step, CloseConversation):
            closed = True
        elif isinstance(step, ReopenConversation | Wait | RemoveParticipant):
            closed = False  # perhaps: what else happens meanwhile, or is caused by it, may open it again
        if (event := _event(step, flow, instance)) is not None and not closed:
            yield Caused(number, event)


def _event(step: Step, flow: Flow, instance: Instance) -> Event | None:
    match step:
        case SendMessage():
            author = Participant(type=instance.flows_write_as, id=flow.id, name=flow.name)
            text = None if "{{" in step.text else step.text
            return Event(
                event="message_created",
                channel=instance.channel,
                instance=instance.id,
                participant=author,
                message=Message(type=step.message_type, text=text),
            )
        case AssignAgent():
            return _of_people("participant_added", step.participant_type, step.agent, instance)
        case AddParticipant():
            return _of_people("participant_added", step.participant_type, step.name, instance)
        case RemoveParticipant():
            return _of_people("participant_removed", step.participant_type, step.name, instance)
    return None


def _of_people(kind: str, who: ParticipantType, name: str | None, instance: Instance) -> Event | None:
    if name is not None and not name.strip():
        return None
    stated = None if name is None or "{{" in name else name
    happened: dict[str, str] = {"event": kind, "channel": instance.channel, "instance": instance.id}
    return Event(**happened, participant=Participant(type=who, name=stated))  # type: ignore[arg-type]
