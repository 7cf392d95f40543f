"""What each kind of step does: the conversation after it, the events it causes, and a sentence about it.

`EFFECTS` has one function for each kind of step, so a new kind is one function and one entry.

Effects are only computed here; `oncue.simulation.cascade` delivers the events that a step causes. A step that can
do nothing (a message into a closed conversation, an agent who is already present) causes no events, leaves the
conversation as it was and says why. Notes, attributes, labels and notifications are possible in a closed conversation
too, and so is taking an assignment back, because they send nothing into it and nobody joins or leaves.

In a text that people read, a placeholder without a value is filled with words that say so. Where it would become the
name of a person or a value that is stored, nothing is done instead: nobody is called *(unknown)*.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from oncue.domain.conversations import Attribute, Conversation, Team, person, same_text
from oncue.domain.durations import duration_of, duration_words
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.phrases import assignments, attribute_text, noun
from oncue.domain.placeholders import fill, names_in
from oncue.domain.steps import (
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
    StepType,
    Unassign,
    UpdateContact,
    Wait,
)
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, in_order
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import listed

UNKNOWN = "(unknown)"
"""Fills a placeholder whose value the event does not state."""

NOBODY, NO_TEAM, NO_LABELS = "nobody", "no team", "none"
"""Fill the placeholders of who is responsible and of the labels where there are none."""

LONGEST = 10_000
"""Characters of a filled text that are kept, because flows that quote each other double their messages each time."""

_CLOSED = "the conversation is closed"


class Effect(NamedTuple):
    """What a step did, as a sentence in ``words``, and the conversation after it.

    ``events`` are already applied to ``conversation`` and not yet delivered. ``done`` is false if the step could
    do nothing. ``text`` is what was sent or noted, with its placeholders filled. ``wait`` is how long the steps below
    it have to wait.
    """

    words: str
    conversation: Conversation
    events: tuple[Event, ...] = ()
    done: bool = True
    text: str | None = None
    wait: timedelta | None = None


class Run(NamedTuple):
    """A flow that was started by ``event``, in the workspace of ``config``.

    ``at`` is when it goes on after it has waited; until then its time is that of the event.
    """

    flow: Flow
    event: Event
    config: WorkspaceConfig
    at: datetime | None = None


def effect_of(step: Step, run: Run, conversation: Conversation) -> Effect:
    """What ``step`` of ``run`` does in ``conversation``."""
    return EFFECTS[step.type](step, run, conversation)


def placeholder_values(run: Run, conversation: Conversation, text: str = "") -> Mapping[str, str | None]:
    """The value of each placeholder, those in ``text`` included that no other has; ``None`` where it has none."""
    who, message = run.event.participant or Participant(), run.event.message or Message()
    instance = run.config.by_id.get(conversation.instance)
    return {
        **dict.fromkeys(names_in(text)),
        **{f"contact.{name}": attribute_text(value) or None for name, value in conversation.attributes.items()},
        "participant.name": who.name or None,
        "participant.type": who.type or None,
        "participant.id": who.id or None,
        "conversation.id": conversation.id,
        "conversation.channel": run.config.channel_label(conversation.channel),
        "conversation.instance": instance.name if instance else conversation.instance,
        "conversation.assignee": conversation.assignee or None,
        "conversation.team": conversation.team or None,
        "conversation.labels": ", ".join(conversation.labels) or None,
        "conversation.last_message": conversation.last_message,
        "message.text": message.text,  # an empty text is stated
        "message.type": message.type or None,
        "flow.id": run.flow.id,
        "flow.name": run.flow.name,
    }


def _send_message(step: SendMessage, run: Run, conversation: Conversation) -> Effect:
    if not conversation.open:
        return _nothing(f"not sent: {_CLOSED}", conversation)
    text = _filled(step.text, run, conversation)
    instance = run.config.by_id.get(conversation.instance)
    shown_as = "flow" if instance is None else instance.flows_write_as
    author = Participant(type=shown_as, id=run.flow.id, name=run.flow.name)
    event = _caused("message_created", author, run, Message(type=step.message_type, text=text))
    label = "" if step.message_type == "text" else f" ({MESSAGE_TYPES[step.message_type].label})"
    last = text or conversation.last_message
    after = conversation._replace(messages=conversation.messages + 1, last_message=last)
    return Effect(f'sent{label} "{text}"', after, (event,), text=text)


def _assign_agent(step: AssignAgent, run: Run, conversation: Conversation) -> Effect:
    if missing := _missing(step.agent, run, conversation):
        return _nothing(f"nobody assigned: {missing}", conversation)
    name = _filled(step.agent, run, conversation)
    if not conversation.open:
        return _nothing(f"{name} not assigned: {_CLOSED}", conversation)
    present = conversation.named(step.participant_type, name)
    if present is None:
        joining = Participant(type=step.participant_type, name=name)
        after = conversation.joined(joining)._replace(responsible=joining)
        return Effect(f"assigned {name}, who joins", after, (_caused("participant_added", joining, run),))
    # The step may state an id; people read the name.
    name = present.name or name
    if conversation.responsible == present:
        return _nothing(f"{name} is responsible already", conversation)
    return Effect(f"assigned {name}", conversation._replace(responsible=present))


def _assign_team(step: AssignTeam, run: Run, conversation: Conversation) -> Effect:
    if missing := _missing(step.team, run, conversation):
        return _nothing(f"no team assigned: {missing}", conversation)
    team = _filled(step.team, run, conversation)
    if not conversation.open:
        return _nothing(f"team {team} not assigned: {_CLOSED}", conversation)
    if same_text(conversation.team, team):
        return _nothing(f"team {team} is responsible already", conversation)
    return Effect(f"assigned team {team}", conversation._replace(responsible=Team(team)))


def _unassign(step: Unassign, run: Run, conversation: Conversation) -> Effect:
    if conversation.responsible is None:
        return _nothing("nobody is responsible already", conversation)
    return Effect(f"unassigned {_responsible(conversation)}", conversation._replace(responsible=None))


def _responsible(conversation: Conversation) -> str:
    """Who is responsible, in words: somebody may have neither name nor id."""
    who = conversation.responsible
    return f"team {who.name}" if isinstance(who, Team) else person(who) if who else NOBODY


def _add_note(step: AddNote, run: Run, conversation: Conversation) -> Effect:
    text = _filled(step.text, run, conversation)
    return Effect(f'noted "{text}"', conversation._replace(notes=conversation.notes + 1), text=text)


def _notify_participants(step: NotifyParticipants, run: Run, conversation: Conversation) -> Effect:
    types = step.participant_types
    notified = [person(each) for each in conversation.participants if types is None or each.type in types]
    if not notified:
        reason = "nobody is there"
        if types is not None:
            labels = [PARTICIPANT_TYPES[each].label for each in in_order(types, PARTICIPANT_TYPES)]
            reason = f"no {listed(labels, 'or')} is there" if labels else "the list of types is empty"
        return _nothing(f"notified nobody: {reason}", conversation)
    return Effect(f'notified {listed(notified)}: "{_filled(step.text, run, conversation)}"', conversation)


def _update_contact(step: UpdateContact, run: Run, conversation: Conversation) -> Effect:
    values: dict[str, Attribute] = {}
    left_out: list[str] = []
    for key, value in step.attributes.items():
        if not isinstance(value, str):
            values[key] = value
        elif missing := _missing(value, run, conversation, what=""):
            left_out.append(f"{key} not set: {missing}")
        else:
            values[key] = _filled(value, run, conversation)
    if not values:
        return _nothing("; ".join(left_out) or "nothing to set", conversation)
    after = conversation._replace(attributes={**conversation.attributes, **values})
    return Effect("; ".join((f"set {assignments(values)} of the contact", *left_out)), after)


def _add_participant(step: AddParticipant, run: Run, conversation: Conversation) -> Effect:
    if missing := _missing(step.name, run, conversation):
        return _nothing(f"no {noun(step.participant_type)} added: {missing}", conversation)
    name = _filled(step.name, run, conversation)
    joining = Participant(type=step.participant_type, name=name)
    if not conversation.open:
        return _nothing(f"{person(joining)} not added: {_CLOSED}", conversation)
    if conversation.named(step.participant_type, name) is not None:
        return _nothing(f"{person(joining)} is there already", conversation)
    event = _caused("participant_added", joining, run)
    return Effect(f"added {person(joining)}", conversation.joined(joining), (event,))


def _remove_participant(step: RemoveParticipant, run: Run, conversation: Conversation) -> Effect:
    label = PARTICIPANT_TYPES[step.participant_type].label
    if step.name is None:
        leaving = conversation.of_type(step.participant_type)
    elif missing := _missing(step.name, run, conversation):
        return _nothing(f"no {noun(step.participant_type)} removed: {missing}", conversation)
    else:
        name = _filled(step.name, run, conversation)
        label = f"{label} {name}"
        found = conversation.named(step.participant_type, name)
        leaving = () if found is None else (found,)
    if not leaving:
        return _nothing(f"{label} not removed: not there", conversation)
    events = tuple(_caused("participant_removed", each, run) for each in leaving)
    return Effect(f"removed {listed([person(each) for each in leaving])}", conversation.left(*leaving), events)


def _add_label(step: AddLabel, run: Run, conversation: Conversation) -> Effect:
    if missing := _missing(step.label, run, conversation, "the label"):
        return _nothing(f"no label added: {missing}", conversation)
    label = _filled(step.label, run, conversation)
    if conversation.labelled(label) is not None:
        return _nothing(f"the label {label} is on it already", conversation)
    return Effect(f"added the label {label}", conversation._replace(labels=(*conversation.labels, label)))


def _remove_label(step: RemoveLabel, run: Run, conversation: Conversation) -> Effect:
    if missing := _missing(step.label, run, conversation, "the label"):
        return _nothing(f"no label removed: {missing}", conversation)
    label = _filled(step.label, run, conversation)
    found = conversation.labelled(label)
    if found is None:
        return _nothing(f"the label {label} not removed: it is not there", conversation)
    rest = tuple(each for each in conversation.labels if each != found)
    return Effect(f"removed the label {label}", conversation._replace(labels=rest))


def _reopen_conversation(step: ReopenConversation, run: Run, conversation: Conversation) -> Effect:
    if conversation.open:
        return _nothing("nothing to reopen: the conversation is open", conversation)
    return Effect("opened the conversation again", conversation._replace(open=True))


def _wait(step: Wait, run: Run, conversation: Conversation) -> Effect:
    long = duration_of(step.for_)
    if long is None:
        return _nothing(f"does not wait: {step.for_ or 'an empty text'} is no duration", conversation)
    return Effect(f"waits {duration_words(step.for_)}", conversation, wait=long)


def _close_conversation(step: CloseConversation, run: Run, conversation: Conversation) -> Effect:
    if not conversation.open:
        return _nothing(f"nothing to close: {_CLOSED}", conversation)
    return Effect("closed the conversation", conversation._replace(open=False, closed_before=True))


# Any: each function takes its own kind of step, which a mapping cannot say. A test checks the keys and the functions.
EFFECTS: Mapping[StepType, Callable[[Any, Run, Conversation], Effect]] = {
    "send_message": _send_message,
    "assign_agent": _assign_agent,
    "assign_team": _assign_team,
    "unassign": _unassign,
    "add_note": _add_note,
    "notify_participants": _notify_participants,
    "update_contact": _update_contact,
    "add_participant": _add_participant,
    "remove_participant": _remove_participant,
    "add_label": _add_label,
    "remove_label": _remove_label,
    "wait": _wait,
    "close_conversation": _close_conversation,
    "reopen_conversation": _reopen_conversation,
}
"""The effect of each kind of step."""


def _caused(kind: EventKind, who: Participant, run: Run, message: Message | None = None) -> Event:
    """An event that a step causes: at the place of the event that started the flow, at the time of the run."""
    start = run.event
    return Event(
        event=kind,
        channel=start.channel,
        instance=start.instance,
        conversation=start.conversation,
        participant=who,
        message=message,
        at=start.at if run.at is None else run.at,
    )


def _missing(text: str, run: Run, conversation: Conversation, what: str = "the name") -> str:
    """Why ``text`` cannot be filled with what is known; an empty text if it can.

    ``what`` it is, for something that must not be blank; it may be if that is empty.
    """
    if "{{" in text:
        values = placeholder_values(run, conversation, text)
        for name in names_in(text):
            if values.get(name, "") is None:
                return f"{{{{{name}}}}} is not set"
        if "{{" in fill(text, dict.fromkeys(values, "")):
            return f"{text} has a placeholder that does not exist"
        text = fill(text, {name: value or "" for name, value in values.items()})
    return f"{what} is empty" if what and not text.strip() else ""


def _filled(text: str, run: Run, conversation: Conversation) -> str:
    if "{{" not in text:
        return text
    values = placeholder_values(run, conversation, text)
    without = {
        **dict.fromkeys(values, UNKNOWN),
        "conversation.assignee": NOBODY,
        "conversation.team": NO_TEAM,
        "conversation.labels": NO_LABELS,
    }
    filled = fill(text, {name: without[name] if value is None else value for name, value in values.items()})
    return filled if len(filled) <= LONGEST else filled[: LONGEST - 1] + "…"


def _nothing(reason: str, conversation: Conversation) -> Effect:
    return Effect(reason, conversation, done=False)
