"""A conversation: who is in it, who is responsible, and how far it has come.

It is what the next event depends on and nothing else. What was said is counted here and kept in the traces of
the simulation (`oncue.simulation.trace`), so that the conversation after the 100,000th event costs as much to
make as the one after the first. For the same reason it is a named tuple: its parts are validated already, and
``_replace`` costs a third of what `dataclasses.replace` does.

Whom an event means is decided here too, by `Conversation.find`. Real events name people by id, by name, by
both or by type alone, and compose accents in either of two ways, which makes no other person of them.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import normalize

from oncue.domain.events import Event, Participant
from oncue.domain.pasts import NO_PAST, NOBODY_SERVED, Past, ServedContacts, Starts, contact_keys
from oncue.domain.values import replaced
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType

Attribute = str | int | float | bool


NO_ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType({})


class Team(NamedTuple):
    """A team, which can be responsible and is not in the conversation."""

    name: str


class Conversation(NamedTuple):
    """A conversation on one channel instance as it is after an event.

    ``participants`` are those present, in order of joining. ``responsible`` is the one of them who is responsible, or
    a team. ``labels`` are in the order in which they were added. ``last_message``: the last text that was written.
    ``messages`` counts all messages, ``received`` those that no flow sent. A conversation that has not ``started``
    is not ``open``.

    For conditions: ``started_by`` is the type of who started it, ``first_message`` the first one of a contact,
    ``closed_before`` whether it was ever closed. ``past`` and ``served`` are the starts of flows that may not start
    again at any time: in this conversation, and for whom in all conversations. ``ran`` are all flows that have started
    in it, which no condition looks at: explanations propose one that does.
    """

    id: str
    channel: str
    instance: str
    started: bool = False
    open: bool = False
    participants: tuple[Participant, ...] = ()
    responsible: Participant | Team | None = None
    attributes: Mapping[str, Attribute] = NO_ATTRIBUTES
    messages: int = 0
    received: int = 0
    notes: int = 0
    started_by: ParticipantType | None = None
    first_message: Event | None = None
    closed_before: bool = False
    past: Past = NO_PAST
    served: ServedContacts = NOBODY_SERVED
    labels: tuple[str, ...] = ()
    last_message: str | None = None
    ran: frozenset[str] = frozenset()

    @property
    def closed(self) -> bool:
        """Whether it was started and then closed."""
        return self.started and not self.open

    @property
    def assignee(self) -> str | None:
        """What people call who is responsible; ``None`` if nobody is."""
        who = self.responsible
        return who.name or who.id if isinstance(who, Participant) else self.team

    @property
    def team(self) -> str | None:
        """The team that is responsible; ``None`` if somebody else or nobody is."""
        return self.responsible.name if isinstance(self.responsible, Team) else None

    @property
    def standing(self) -> Hashable:
        """All that decides what a flow does in it. Two conversations of equal standing go on alike.

        What was said is not part of it, nor in which order people joined.
        """
        people = frozenset(Counter(self.participants).items())
        # 1, 1.0 and true are equal in Python, and three values.
        attributes = frozenset((key, type(value), value) for key, value in self.attributes.items())
        # Who is served only becomes more, so their number says whether that has changed.
        past = frozenset(self.past.items()), len(self.served)
        labels = frozenset(self.labels)
        return self.open, people, self.responsible, labels, attributes, self.closed_before, past

    def of_type(self, kind: ParticipantType) -> tuple[Participant, ...]:
        """Those of one type who are present."""
        return tuple(each for each in self.participants if each.type == kind)

    def find(self, who: Participant) -> tuple[Participant, ...]:
        """Those present whom ``who`` may mean; more than one only where ``who`` is a type without id and name.

        Whoever is exactly the same is meant first; then an id decides where both sides state one, otherwise the
        name. Who states no type is unknown and means nobody.
        """
        if who.type is None:
            return ()
        if who in self.participants:
            return (who,)
        same = [each for each in self.participants if each.type == who.type]
        if who.id is None and who.name is None:
            return tuple(same)
        if who.id is not None:
            by_id = [each for each in same if each.id == who.id]
            same = by_id or [each for each in same if each.id is None]
            if by_id:
                return tuple(by_id[:1])
        named = [each for each in same if same_text(each.name, who.name)]
        return tuple(named[:1])

    def named(self, kind: ParticipantType, name: str) -> Participant | None:
        """The one of that type whose name or id is ``name``: steps know people by one text only."""
        for each in self.participants:
            if each.type == kind and (same_text(each.name, name) or each.id == name):
                return each
        return None

    def contact_of(self, event: Event) -> Participant | None:
        """The contact whom ``event`` is about: who did it, or else the only one who is there."""
        if event.participant is not None and event.participant.type == "contact":
            return event.participant
        contacts = self.of_type("contact")
        return contacts[0] if len(contacts) == 1 else None

    def with_start(self, flow_id: str, event: Event) -> "Conversation":
        """After the flow started on ``event``."""
        contact = self.contact_of(event)
        keys = () if contact is None else contact_keys(contact, self.id)
        return self._replace(
            past={**self.past, flow_id: Starts(event.at, True)},
            served=self.served.grown((flow_id, key) for key in keys),
        )

    def labelled(self, label: str) -> str | None:
        """The label on it that reads as ``label``; ``None`` if there is none."""
        return next((each for each in self.labels if same_text(each, label)), None)

    def having_run(self, flow_ids: Collection[str]) -> "Conversation":
        """After these flows started, whatever limits they have."""
        return self if self.ran.issuperset(flow_ids) else self._replace(ran=self.ran.union(flow_ids))

    def joined(self, who: Participant) -> "Conversation":
        """With ``who`` present as well."""
        return self._replace(participants=(*self.participants, who))

    def left(self, *gone: Participant) -> "Conversation":
        """Without ``gone``; if the one who is responsible leaves, nobody is any more."""
        remaining = list(self.participants)
        for each in gone:
            remaining.remove(each)  # one of them, where two are alike
        stays = isinstance(self.responsible, Team) or self.responsible in remaining
        responsible = self.responsible if stays else None
        return self._replace(participants=tuple(remaining), responsible=responsible)

    def learned(self, who: Participant) -> "Conversation":
        """With the id and name that ``who`` states of somebody present who had none until now."""
        found = self.find(who)
        if len(found) != 1:
            return self
        (known,) = found
        now = replaced(known, id=known.id if known.id is not None else who.id, name=known.name or who.name)
        if now == known:
            return self
        at = self.participants.index(known)
        return self._replace(
            participants=(*self.participants[:at], now, *self.participants[at + 1 :]),
            responsible=now if self.responsible == known else self.responsible,
        )


def same_text(one: str | None, other: str | None) -> bool:
    """Whether both are stated and read the same: é is one character or two."""
    if one is None or other is None:
        return False
    return one == other or (
        not (one.isascii() and other.isascii()) and normalize("NFC", one) == normalize("NFC", other)
    )


def person(who: Participant) -> str:
    """``Agent Anna``, ``Contact p-1``, ``Agent``: somebody of known type as people read it."""
    label = PARTICIPANT_TYPES[who.type].label if who.type else "Somebody"
    name = who.name or who.id
    return f"{label} {name}" if name else label
