"""What each of the eight steps does: the conversation after it, the events that it causes, and it in words.

An effect is decided here and carried out by nobody: `oncue.simulation.cascade` matches the events that it
causes. A step that can do nothing (a message into a closed conversation, an agent who is there already) has no
events, leaves the conversation as it was and says why. Notes, attributes and notifications are possible in a
closed conversation too: nobody writes in it, joins it or leaves it through them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from oncue.domain.conversations import Conversation, person
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.phrases import assignments
from oncue.domain.placeholders import fill
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    NotifyParticipants,
    RemoveParticipant,
    SendMessage,
    Step,
    StepType,
    UpdateContact,
)
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, in_order
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import listed

UNKNOWN = "(unknown)"
"""What stands for a placeholder whose value the event does not state."""

LONGEST = 10_000
"""Characters of a filled text that are kept. Flows that quote each other's messages double them each time."""

_CLOSED = "the conversation is closed"


class Effect(NamedTuple):
    """What a step did. ``events`` have happened in ``conversation`` already and are still to be matched.

    ``text`` is what was sent or noted, with its placeholders filled.
    """

    words: str
    conversation: Conversation
    events: tuple[Event, ...] = ()
    done: bool = True
    text: str | None = None


class Run(NamedTuple):
    """A flow at work: on what event, and in what workspace."""

    flow: Flow
    event: Event
    config: WorkspaceConfig


def effect_of(step: Step, run: Run, now: Conversation) -> Effect:
    """What ``step`` of ``run`` does to the conversation as it is ``now``."""
    return EFFECTS[step.type](step, run, now)


def placeholder_values(run: Run, now: Conversation) -> Mapping[str, str]:
    """What each placeholder stands for."""
    who, message = run.event.participant or Participant(), run.event.message or Message()
    instance = run.config.by_id.get(now.instance)
    return {
        "participant.name": who.name or UNKNOWN,
        "participant.type": who.type or UNKNOWN,
        "participant.id": who.id or UNKNOWN,
        "conversation.id": now.id,
        "conversation.channel": run.config.channel_label(now.channel),
        "conversation.instance": instance.name if instance else now.instance,
        "conversation.assignee": now.assignee or "nobody",
        "message.text": message.text or UNKNOWN,
        "message.type": message.type or UNKNOWN,
        "flow.id": run.flow.id,
        "flow.name": run.flow.name,
    }


def _send(step: SendMessage, run: Run, now: Conversation) -> Effect:
    if not now.open:
        return _nothing(f"not sent: {_CLOSED}", now)
    text = _filled(step.text, run, now)
    author = Participant(type="flow", id=run.flow.id, name=run.flow.name)
    event = _event("message_created", author, run, Message(type=step.message_type, text=text))
    kind = "" if step.message_type == "text" else f" ({MESSAGE_TYPES[step.message_type].label})"
    return Effect(f'sent{kind} "{text}"', now._replace(messages=now.messages + 1), (event,), text=text)


def _assign(step: AssignAgent, run: Run, now: Conversation) -> Effect:
    name = _filled(step.agent, run, now)
    if not now.open:
        return _nothing(f"{name} not assigned: {_CLOSED}", now)
    present = now.named("agent", name)
    if present is None:
        joining = Participant(type="agent", name=name)
        after = now.joined(joining)._replace(assignee=name)
        return Effect(f"assigned {name}, who joins", after, (_event("participant_added", joining, run),))
    name = present.name or name
    if now.assignee == name:
        return _nothing(f"{name} is responsible already", now)
    return Effect(f"assigned {name}", now._replace(assignee=name))


def _notify(step: NotifyParticipants, run: Run, now: Conversation) -> Effect:
    types = step.participant_types
    told = [person(each) for each in now.participants if types is None or each.type in types]
    if not told:
        whom = "nobody is there"
        if types is not None:
            labels = [PARTICIPANT_TYPES[kind].label for kind in in_order(types, PARTICIPANT_TYPES)]
            whom = f"no {listed(labels, 'or')} is there" if labels else "the list of types is empty"
        return _nothing(f"notified nobody: {whom}", now)
    return Effect(f"notified {listed(told)}: {_quoted(step.text, run, now)}", now)


def _update(step: UpdateContact, run: Run, now: Conversation) -> Effect:
    values = {
        key: _filled(value, run, now) if isinstance(value, str) else value for key, value in step.attributes.items()
    }
    if not values:
        return _nothing("nothing to set", now)
    return Effect(f"set {assignments(values)} of the contact", now._replace(attributes={**now.attributes, **values}))


def _add(step: AddParticipant, run: Run, now: Conversation) -> Effect:
    name = _filled(step.name, run, now)
    joining = Participant(type=step.participant_type, name=name)
    if not now.open:
        return _nothing(f"{person(joining)} not added: {_CLOSED}", now)
    if now.named(step.participant_type, name) is not None:
        return _nothing(f"{person(joining)} is there already", now)
    return Effect(f"added {person(joining)}", now.joined(joining), (_event("participant_added", joining, run),))


def _remove(step: RemoveParticipant, run: Run, now: Conversation) -> Effect:
    kind, label = step.participant_type, PARTICIPANT_TYPES[step.participant_type].label
    if step.name is None:
        gone = now.of_type(kind)
    else:
        name = _filled(step.name, run, now)
        label = f"{label} {name}"
        found = now.named(kind, name)
        gone = () if found is None else (found,)
    if not gone:
        return _nothing(f"{label} not removed: not there", now)
    words = listed([person(each) for each in gone])
    events = tuple(_event("participant_removed", each, run) for each in gone)
    return Effect(f"removed {words}", now.left(*gone), events)


def _note(step: AddNote, run: Run, now: Conversation) -> Effect:
    text = _filled(step.text, run, now)
    return Effect(f'noted "{text}"', now._replace(notes=now.notes + 1), text=text)


def _close(step: CloseConversation, run: Run, now: Conversation) -> Effect:
    if not now.open:
        return _nothing("nothing to close: " + _CLOSED, now)
    return Effect("closed the conversation", now._replace(open=False))


EFFECTS: Mapping[StepType, Callable[[Any, Run, Conversation], Effect]] = {
    "send_message": _send,
    "assign_agent": _assign,
    "add_note": _note,
    "notify_participants": _notify,
    "update_contact": _update,
    "add_participant": _add,
    "remove_participant": _remove,
    "close_conversation": _close,
}
"""What each kind of step does."""


def _event(kind: EventKind, who: Participant, run: Run, message: Message | None = None) -> Event:
    """An event caused by a step: where and when the event happened that started the flow."""
    at = run.event
    return Event(
        event=kind,
        channel=at.channel,
        instance=at.instance,
        conversation=at.conversation,
        participant=who,
        message=message,
        at=at.at,
    )


def _filled(text: str, run: Run, now: Conversation) -> str:
    if "{{" not in text:
        return text
    filled = fill(text, placeholder_values(run, now))
    return filled if len(filled) <= LONGEST else filled[: LONGEST - 1] + "…"


def _quoted(text: str, run: Run, now: Conversation) -> str:
    return f'"{_filled(text, run, now)}"'


def _nothing(why: str, now: Conversation) -> Effect:
    return Effect(why, now, done=False)
