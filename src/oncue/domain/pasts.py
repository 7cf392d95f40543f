"""When a flow has started before: what limits such as *once per conversation* look at."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from oncue.domain.events import Participant

ContactKey = tuple[str, str]
"""One way to tell a contact from others: ``("id", "p-1")``, ``("name", "Jane")``."""

Served = Set[tuple[str, ContactKey]]
"""For which contacts which flows have started, by flow id."""


class Starts(NamedTuple):
    """What is known of a flow's starts in a conversation.

    ``last`` is when it started last, if it did and that is known. ``started`` is whether it certainly did, ``complete``
    whether every start is known.
    """

    last: datetime | None = None
    started: bool = False
    complete: bool = True


Past = Mapping[str, Starts]
"""The starts of flows, by id."""

NO_PAST: Past = MappingProxyType({})


def contact_keys(who: Participant, conversation: str | None) -> tuple[ContactKey, ...]:
    """All that a contact is known by. One without id and name is only known within a ``conversation``."""
    stated = (("id", who.id), ("name", who.name))
    keys = tuple((what, text) for what, text in stated if text)
    return keys or (() if conversation is None else (("conversation", conversation),))


_Start = tuple[str, ContactKey]


class ServedContacts(Set[_Start]):
    """`Served` of a simulation: an immutable set that grows cheaply.

    Every conversation that there ever was keeps the one of its time. A frozenset for each would need memory for the
    square of the number of contacts, so a set shares what it grew from: it is a few parts, each larger than the next,
    and parts are put together once they are alike in size.
    """

    __slots__ = ("_parts",)

    def __init__(self, starts: Iterable[_Start] = ()) -> None:
        whole = frozenset(starts)
        self._parts: tuple[frozenset[_Start], ...] = (whole,) if whole else ()

    def __contains__(self, start: object) -> bool:
        return any(start in part for part in self._parts)

    def __iter__(self) -> Iterator[_Start]:
        return chain.from_iterable(self._parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def grown(self, starts: Iterable[_Start]) -> "ServedContacts":
        """With ``starts`` as well."""
        new = frozenset(each for each in starts if each not in self)
        if not new:
            return self
        parts = self._parts
        while parts and len(parts[-1]) <= len(new):
            parts, new = parts[:-1], new | parts[-1]
        grown = ServedContacts()
        grown._parts = (*parts, new)
        return grown


NOBODY_SERVED = ServedContacts()
