"""Accept or refuse an event from outside: what it does to a conversation before any flow runs.

`accept` first completes the event with what the conversation knows (where, when and, if there is no doubt, who),
then applies it or refuses it with the reason. Platforms differ in three points, which are decided here:

* Contacts, agents and bots who write without having joined join by writing. The join is an event of its own.
  Flows, API keys, campaigns, channel echoes and automation rules write from outside and do not join.
* Adding somebody who is already present does nothing: the event is kept, with a note, and starts no flow. Who joins
  without an id and a name is somebody new.
* What a contact's message does to a closed conversation is a setting. If it starts a new one, the caller says which
  conversation that is: `starts_another` tells whether it has to.
"""

from datetime import datetime
from typing import NamedTuple

from oncue.domain.conversations import Conversation, person
from oncue.domain.events import Event, Participant
from oncue.domain.vocabulary import PARTICIPANT_TYPES, EventKind, ParticipantType
from oncue.domain.workspace import Instance, SimulationSettings, WorkspaceConfig
from oncue.errors import ImpossibleEvent

JOIN_BY_WRITING: frozenset[ParticipantType] = frozenset({"contact", "agent", "bot"})
"""Who becomes a participant by writing a message."""

REOPENS = 'opens the conversation again (message_in_closed_conversation = "reopens")'
STARTS_NEW = 'starts a new conversation (message_in_closed_conversation = "new_conversation")'
ALREADY_THERE = "already there, so nothing happened and no flow was started"
FIRST_MESSAGE = "belongs to the start of the conversation (first_message_fires_message_created = false)"


class Accepted(NamedTuple):
    """An event that happened, completed, and the conversation after it.

    ``first`` is what came with it and happened just before it, if anything did: a join, or the start of the
    conversation. ``fires`` is whether flows are matched against the event; ``note`` says why not, or what is special.
    """

    event: Event
    conversation: Conversation
    first: "Accepted | None" = None
    fires: bool = True
    note: str = ""


def new_conversation(conversation_id: str, instance: Instance) -> Conversation:
    """A conversation on ``instance`` that has not started yet."""
    return Conversation(conversation_id, instance.channel, instance.id)


def starts_another(event: Event, conversation: Conversation, settings: SimulationSettings) -> bool:
    """Whether ``event``, in ``conversation``, is a message that starts another conversation."""
    setting = settings.message_in_closed_conversation
    return conversation.closed and setting == "new_conversation" and _is_of_contact(event)


def accept(event: Event, conversation: Conversation, config: WorkspaceConfig, at: datetime) -> Accepted:
    """Apply ``event`` to the conversation; ``at`` is its time if it states none.

    Raises `ImpossibleEvent`, with the reason, if it cannot happen.
    """
    event = _completed(event, conversation, config, at)
    conversation = conversation if event.participant is None else conversation.learned(event.participant)
    if event.event == "conversation_created":
        return _start(event, conversation, config.simulation)
    if not conversation.started:
        raise ImpossibleEvent(f"conversation {conversation.id} has not started; play conversation_created first")
    if event.event == "participant_removed":
        return _leave(event, conversation)
    if event.event == "participant_added":
        return _join(event, conversation)
    if conversation.open:
        return _write(event, conversation, config.simulation)
    return _reopen(event, conversation, config.simulation)


def accept_with_start(event: Event, conversation: Conversation, config: WorkspaceConfig, at: datetime) -> Accepted:
    """Apply a message that starts ``conversation``, which nothing has happened in yet."""
    event = _completed(event, conversation, config, at)
    start = _start(_same_but(event, "conversation_created"), conversation, config.simulation)
    written = _write(event, start.conversation, config.simulation)
    return written._replace(first=start, note="; ".join(filter(None, (STARTS_NEW, written.note))))


def _start(event: Event, conversation: Conversation, settings: SimulationSettings) -> Accepted:
    if conversation.started:
        raise ImpossibleEvent(
            f'conversation {conversation.id} was created already; conversation = "…" gives another one a name'
        )
    who = event.participant
    started = conversation._replace(started=True, open=True, started_by=who.type if who else None)
    if who is None or who.type is None:
        return Accepted(event, started)
    after = started.joined(who)
    fires_join = settings.initial_participants_fire_participant_added
    return Accepted(event, after, Accepted(_same_but(event, "participant_added"), after) if fires_join else None)


def _join(event: Event, conversation: Conversation) -> Accepted:
    if not conversation.open:
        raise ImpossibleEvent(f"conversation {conversation.id} is closed; nobody can join it")
    who = event.participant
    if who is None or who.type is None:
        return Accepted(event, conversation)
    if conversation.find(who) and not _is_unnamed(who):
        return Accepted(event, conversation, fires=False, note=ALREADY_THERE)
    return Accepted(event, conversation.joined(who))


def _leave(event: Event, conversation: Conversation) -> Accepted:
    who = event.participant
    if who is None or who.type is None:
        return Accepted(event, conversation)
    found = conversation.find(who)
    if not found:
        present = ", ".join(person(each) for each in conversation.participants) or "nobody"
        raise ImpossibleEvent(f"{person(who)} is not in conversation {conversation.id}; there are: {present}")
    if len(found) > 1:
        names = ", ".join(person(each) for each in found)
        raise ImpossibleEvent(
            f"which {PARTICIPANT_TYPES[who.type].label} left? State the name or id; there are: {names}"
        )
    return Accepted(event, conversation.left(*found))


def _write(event: Event, conversation: Conversation, settings: SimulationSettings) -> Accepted:
    who, first = event.participant, None
    if who is not None and who.type in JOIN_BY_WRITING and not conversation.find(who):
        conversation = conversation.joined(who)
        first = Accepted(_same_but(event, "participant_added"), conversation)
    text = event.message.text if event.message else None
    last = text or conversation.last_message
    written = conversation._replace(messages=conversation.messages + 1, last_message=last)
    if conversation.first_message is None and _is_of_contact(event):
        written = written._replace(first_message=event)
    if who is not None and who.type == "flow":
        return Accepted(event, written)  # the opening message is the first one that no flow sent
    written = written._replace(received=conversation.received + 1)
    if conversation.received or settings.first_message_fires_message_created:
        return Accepted(event, written, first)
    return Accepted(event, written, first, fires=False, note=FIRST_MESSAGE)


def _reopen(event: Event, conversation: Conversation, settings: SimulationSettings) -> Accepted:
    """A message in a closed conversation, which is not one that starts another."""
    setting, where = settings.message_in_closed_conversation, f"conversation {conversation.id} is closed"
    another = 'to start another one play conversation_created (conversation = "…" gives it a name)'
    if setting == "refused":
        raise ImpossibleEvent(f'{where} (message_in_closed_conversation = "refused"); {another}')
    if not _is_of_contact(event):
        does = "opens it again" if setting == "reopens" else "starts another one"
        raise ImpossibleEvent(f"{where}; only a contact's message {does}; {another}")
    written = _write(event, conversation._replace(open=True), settings)
    return written._replace(note="; ".join(filter(None, (REOPENS, written.note))))


def _is_of_contact(event: Event) -> bool:
    who = event.participant
    return event.event == "message_created" and who is not None and who.type == "contact"


def _is_unnamed(who: Participant) -> bool:
    return who.id is None and who.name is None


def _same_but(event: Event, kind: EventKind) -> Event:
    """An event of another kind that comes with ``event``: by the same participant, at the same place and time."""
    return Event(
        event=kind,
        channel=event.channel,
        instance=event.instance,
        conversation=event.conversation,
        participant=event.participant,
        at=event.at,
    )


def _completed(event: Event, conversation: Conversation, config: WorkspaceConfig, at: datetime) -> Event:
    """``event`` with everything that the conversation knows; `ImpossibleEvent` if the two contradict each other."""
    event = config.resolve(event)
    _require_same("conversation", event.conversation, conversation.id)
    _require_same("instance", event.instance, conversation.instance)
    _require_same("channel", event.channel, conversation.channel)
    who = _stated(event.participant)
    # Somebody who joins without a name is not one of those who are there.
    if who is not None and not (event.event == "participant_added" and _is_unnamed(who)):
        who = _known(who, conversation)
    stated = (event.conversation, event.instance, event.channel, event.at)
    if None not in stated and who is event.participant:
        return event
    return Event(
        event=event.event,
        channel=conversation.channel,
        instance=conversation.instance,
        conversation=conversation.id,
        participant=who,
        message=event.message,
        at=event.at or at,
        id=event.id,
    )


def _stated(who: Participant | None) -> Participant | None:
    """``who`` without an empty id or name: platforms send these for what they do not know."""
    if who is None or "" not in (who.id, who.name):
        return who
    return Participant(type=who.type, id=who.id or None, name=who.name or None)


def _known(who: Participant, conversation: Conversation) -> Participant:
    """``who`` with the id and name under which the conversation knows them, if it is clear who is meant."""
    if who.id is not None and who.name is not None:
        return who
    # Of two agents neither is guessed: the event stays as unspecific as it is.
    found = conversation.find(who)
    if len(found) != 1 or found[0] == who:
        return who
    (known,) = found
    return Participant(
        type=who.type,
        id=who.id if known.id is None else known.id,
        name=who.name if known.name is None else known.name,
    )


def _require_same(what: str, stated: str | None, actual: str) -> None:
    if stated is not None and stated != actual:
        raise ImpossibleEvent(f"the event is of {what} {stated!r}, but this conversation's {what} is {actual!r}")
