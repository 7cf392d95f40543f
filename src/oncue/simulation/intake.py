"""Accept or refuse an event from outside: what it does to a conversation before any flow runs.

`accept` first completes the event with what the conversation knows (where, when and, if there is no doubt, who),
then applies it or refuses it with the reason. Platforms differ in two points, which are decided here:

* Contacts, agents and bots who write without having joined join by writing. The join is an event of its own.
  Flows, API keys, campaigns, channel echoes and automation rules write from outside and do not join.
* Adding somebody who is already present does nothing: the event is kept, with a note, and starts no flow.
"""

from datetime import datetime
from typing import NamedTuple

from oncue.domain.conversations import Conversation, person
from oncue.domain.events import Event, Participant
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType
from oncue.domain.workspace import Instance, SimulationSettings, WorkspaceConfig
from oncue.errors import ImpossibleEvent

JOIN_BY_WRITING: frozenset[ParticipantType] = frozenset({"contact", "agent", "bot"})
"""Who becomes a participant by writing a message."""

ALREADY_THERE = "already there, so nothing happened and no flow was started"
FIRST_MESSAGE = "belongs to the start of the conversation (first_message_fires_message_created = false)"


class Accepted(NamedTuple):
    """An event that happened, completed, and the conversation after it.

    ``join`` is the join that came with it, if one did. ``fires`` is whether flows are matched against the event;
    ``note`` says why not.
    """

    event: Event
    conversation: Conversation
    join: Event | None = None
    fires: bool = True
    note: str = ""


def new_conversation(conversation_id: str, instance: Instance) -> Conversation:
    """A conversation on ``instance`` that has not started yet."""
    return Conversation(conversation_id, instance.channel, instance.id)


def accept(event: Event, conversation: Conversation, config: WorkspaceConfig, at: datetime) -> Accepted:
    """Apply ``event`` to the conversation; ``at`` is its time if it states none.

    Raises `ImpossibleEvent`, with the reason, if it cannot happen.
    """
    event = _completed(event, conversation, config, at)
    if event.event == "conversation_created":
        return _start(event, conversation, config.simulation)
    if not conversation.started:
        raise ImpossibleEvent(f"conversation {conversation.id} has not started; play conversation_created first")
    if event.event == "participant_removed":
        return _leave(event, conversation)
    if not conversation.open:
        refused = "nobody can write in it" if event.event == "message_created" else "nobody can join it"
        raise ImpossibleEvent(f"conversation {conversation.id} is closed; {refused}")
    if event.event == "message_created":
        return _write(event, conversation, config.simulation)
    return _join(event, conversation)


def _start(event: Event, conversation: Conversation, settings: SimulationSettings) -> Accepted:
    if conversation.started:
        raise ImpossibleEvent(f"conversation {conversation.id} was created already; start another one")
    started = conversation._replace(started=True, open=True)
    who = event.participant
    if who is None or who.type is None:
        return Accepted(event, started)
    fires_join = settings.initial_participants_fire_participant_added
    return Accepted(event, started.joined(who), _join_event(event, who) if fires_join else None)


def _join(event: Event, conversation: Conversation) -> Accepted:
    who = event.participant
    if who is None or who.type is None:
        return Accepted(event, conversation)
    if conversation.find(who):
        return Accepted(event, conversation, fires=False, note=ALREADY_THERE)
    return Accepted(event, conversation.joined(who))


def _leave(event: Event, conversation: Conversation) -> Accepted:
    who = event.participant
    if not conversation.participants:
        raise ImpossibleEvent(f"nobody is in conversation {conversation.id}, so nobody can leave it")
    if who is None or who.type is None:
        return Accepted(event, conversation)
    found = conversation.find(who)
    if not found:
        present = ", ".join(person(each) for each in conversation.participants)
        raise ImpossibleEvent(f"{person(who)} is not in conversation {conversation.id}; there are: {present}")
    if len(found) > 1:
        names = ", ".join(person(each) for each in found)
        raise ImpossibleEvent(
            f"which {PARTICIPANT_TYPES[who.type].label} left? State the name or id; there are: {names}"
        )
    return Accepted(event, conversation.left(*found))


def _write(event: Event, conversation: Conversation, settings: SimulationSettings) -> Accepted:
    who, join = event.participant, None
    if who is not None and who.type in JOIN_BY_WRITING and not conversation.find(who):
        join = _join_event(event, who)
        conversation = conversation.joined(who)
    written = conversation._replace(messages=conversation.messages + 1, received=conversation.received + 1)
    if conversation.received or settings.first_message_fires_message_created:
        return Accepted(event, written, join)
    return Accepted(event, written, join, fires=False, note=FIRST_MESSAGE)


def _join_event(event: Event, who: Participant) -> Event:
    return Event(
        event="participant_added",
        channel=event.channel,
        instance=event.instance,
        conversation=event.conversation,
        participant=who,
        at=event.at,
    )


def _completed(event: Event, conversation: Conversation, config: WorkspaceConfig, at: datetime) -> Event:
    """``event`` with everything that the conversation knows; `ImpossibleEvent` if the two contradict each other."""
    event = config.resolve(event)
    _require_same("conversation", event.conversation, conversation.id)
    _require_same("instance", event.instance, conversation.instance)
    _require_same("channel", event.channel, conversation.channel)
    who = _known(event.participant, conversation)
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


def _known(who: Participant | None, conversation: Conversation) -> Participant | None:
    """``who`` with the id and name under which the conversation knows them, if it is clear who is meant."""
    if who is None or (who.id is not None and who.name is not None):
        return who
    # Of two agents neither is guessed: the event stays as unspecific as it is.
    found = conversation.find(who)
    if len(found) != 1 or found[0] == who:
        return who
    return found[0]


def _require_same(what: str, stated: str | None, actual: str) -> None:
    if stated is not None and stated != actual:
        raise ImpossibleEvent(f"the event is of {what} {stated!r}, but this conversation's {what} is {actual!r}")
