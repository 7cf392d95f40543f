"""An occasion: an event, and all that is known of the conversation in which it happened.

Conditions look at more than the event. In the simulator everything is known; a recording tells some of it; a single
event tells little, such as who is certainly there because they wrote. What is not known is ``None``, and is never
guessed.
"""

from collections.abc import Mapping
from typing import NamedTuple

from oncue.domain.conversations import Attribute, Conversation, Team
from oncue.domain.events import Event, Participant
from oncue.domain.pasts import NO_PAST, ContactKey, Past, Served, Starts, contact_keys
from oncue.domain.vocabulary import ParticipantType
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.phrases import Text

WRITE_FROM_WITHIN: frozenset[ParticipantType] = frozenset({"contact", "agent", "bot"})
"""Who is in a conversation if they write into it; all others may write from outside."""


class Known(NamedTuple):
    """What is known of the conversation in which an event happened, the event included.

    ``present`` are the types of those who are certainly there, ``everybody`` is whether nobody else is. ``responsible``
    are the names of who is responsible, none if nobody is. ``contact`` is all that tells the contact whom the event is
    about from others. ``past`` has the starts of flows in the conversation; ``every_start`` is whether flows that are
    not in it have certainly not started. ``ran`` has flows that certainly have, at whatever time. ``served`` and
    ``every_contact`` say the same of contacts in all conversations.
    """

    started_by: ParticipantType | None = None
    present: frozenset[str | None] = frozenset()
    everybody: bool = False
    responsible: tuple[str, ...] | None = None
    labels: frozenset[str] | None = None
    attributes: Mapping[str, Attribute] | None = None
    first_message: bool | None = None
    reopened: bool | None = None
    contact: tuple[ContactKey, ...] = ()
    past: Past = NO_PAST
    every_start: bool = False
    served: Served = frozenset()
    every_contact: bool = False
    ran: frozenset[str] = frozenset()

    @classmethod
    def of_event(cls, event: Event) -> "Known":
        """What a single event tells of its conversation."""
        who = event.participant
        kind = None if who is None else who.type
        starts = event.event == "conversation_created"
        is_there = kind is not None and (
            starts
            or event.event == "participant_added"
            or (event.event == "message_created" and kind in WRITE_FROM_WITHIN)
        )
        return cls(
            started_by=kind if starts else None,
            present=frozenset((kind,)) if is_there else frozenset(),
            first_message=None if kind in ("contact", None) and event.event == "message_created" else False,
            reopened=False if starts else None,
            contact=contact_keys(who, None) if who is not None and kind == "contact" else (),
            every_start=starts,
        )

    @classmethod
    def of(cls, conversation: Conversation, event: Event) -> "Known":
        """What is known where the whole conversation is."""
        contact = conversation.contact_of(event)
        unknown_author = event.participant is None or event.participant.type is None
        is_first = conversation.first_message is not None and conversation.first_message == event
        is_message = event.event == "message_created"
        return cls(
            started_by=conversation.started_by,
            present=frozenset(each.type for each in conversation.participants),
            everybody=True,
            responsible=_names(conversation.responsible),
            labels=frozenset(conversation.labels),
            attributes=conversation.attributes,
            first_message=None if is_message and unknown_author else is_first,
            reopened=conversation.closed_before,
            contact=() if contact is None else contact_keys(contact, conversation.id),
            past=conversation.past,
            every_start=True,
            served=conversation.served,
            every_contact=True,
            ran=conversation.ran,
        )

    def starts_of(self, flow_id: str) -> Starts:
        """What is known of the starts of a flow in the conversation."""
        return self.past.get(flow_id) or Starts(started=flow_id in self.ran, complete=self.every_start)


class Occasion(NamedTuple):
    """An event in a workspace with ``config``, what is ``known`` of its conversation, and its text if it states one."""

    event: Event
    config: WorkspaceConfig
    known: Known
    text: Text | None

    @classmethod
    def of(cls, event: Event, config: WorkspaceConfig, known: Known | None = None) -> "Occasion":
        """The occasion of ``event``; without ``known``, of which only the event is known."""
        text = event.message.text if event.message else None
        return cls(
            event, config, Known.of_event(event) if known is None else known, None if text is None else Text(text)
        )


def _names(who: Participant | Team | None) -> tuple[str, ...]:
    if who is None:
        return ()
    if isinstance(who, Team):
        return (who.name,)
    return tuple(filter(None, (who.name, who.id))) or (who.type or "",)
