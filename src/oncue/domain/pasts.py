"""When a flow has started before: what limits such as *once per conversation* look at."""

from collections.abc import Mapping, Set
from datetime import datetime
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
