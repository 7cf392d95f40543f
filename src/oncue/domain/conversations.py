"""A conversation: who is in it, who is responsible, and how far it has come.

It is what the next event depends on and nothing else. What was said is counted here and kept in the turns of
the simulation (`oncue.simulation.trace`), so that the conversation after the 100,000th event costs as much to
make as the one after the first. For the same reason it is a named tuple: its parts are validated already, and
``_replace`` costs a third of what `dataclasses.replace` does.

Whom an event means is decided here too, by `Conversation.find`. Real events name people by id, by name, by
both or by type alone.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from oncue.domain.events import Participant
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType

Attribute = str | int | float | bool


NO_ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType({})


class Conversation(NamedTuple):
    """A conversation on one channel instance as it is after an event.

    ``participants`` are those present, in order of joining. ``assignee`` is the name (or id) of the agent who
    is responsible, and always present. ``messages`` counts all messages, ``received`` those that no flow sent.
    A conversation that has not ``started`` is not ``open``; one that was closed never opens again.
    """

    id: str
    channel: str
    instance: str
    started: bool = False
    open: bool = False
    participants: tuple[Participant, ...] = ()
    assignee: str | None = None
    attributes: Mapping[str, Attribute] = NO_ATTRIBUTES
    messages: int = 0
    received: int = 0
    notes: int = 0

    @property
    def closed(self) -> bool:
        """Whether it was started and then closed."""
        return self.started and not self.open

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
        named = [each for each in same if each.name is not None and each.name == who.name]
        return tuple(named[:1])

    def named(self, kind: ParticipantType, name: str) -> Participant | None:
        """The one of that type whose name or id is ``name``: steps know people by one text only."""
        for each in self.participants:
            if each.type == kind and name in (each.name, each.id):
                return each
        return None

    def joined(self, who: Participant) -> "Conversation":
        """With ``who`` present as well."""
        return self._replace(participants=(*self.participants, who))

    def left(self, *gone: Participant) -> "Conversation":
        """Without ``gone``; an assignee who leaves is responsible no more."""
        remaining = tuple(each for each in self.participants if each not in gone)
        stays = any(each.type == "agent" and self.assignee in (each.name, each.id) for each in remaining)
        return self._replace(participants=remaining, assignee=self.assignee if stays else None)


def person(who: Participant) -> str:
    """``Agent Anna``, ``Contact p-1``, ``Agent``: somebody of known type as people read it."""
    label = PARTICIPANT_TYPES[who.type].label if who.type else "Somebody"
    name = who.name or who.id
    return f"{label} {name}" if name else label
