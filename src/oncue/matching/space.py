"""The event space: every kind of event that a workspace can tell apart, and which of them start a flow.

A trigger looks at five small fields, so the kinds of event are finite: an event kind, a place, a participant type and a
message type. Places are the installed instances, and each installed channel without a stated instance; types may be
unknown; only messages have a message type. A workspace has a few thousand of these *cells*.

A trigger lets a set of values through in each field, so its cells are a product of sets. The difference of two products
is at most four disjoint ones, whose sizes are multiplied and added: what an edit changes is counted exactly without
looking at a single cell. Cells are listed for examples only.
"""

from collections.abc import Callable, Iterator, Mapping
from heapq import nsmallest
from itertools import product
from math import prod
from typing import Any, NamedTuple

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import WorkspaceConfig

Place = tuple[str | None, str | None]
"""A channel, and one of its instances unless that is not stated."""

_WHO: frozenset[str | None] = frozenset((*PARTICIPANT_TYPES, None))
_WHAT: frozenset[str | None] = frozenset((*MESSAGE_TYPES, None))
_NO_MESSAGE: frozenset[str | None] = frozenset((None,))
_ORDER: Mapping[object, int] = {
    value: number for terms in (EVENT_KINDS, PARTICIPANT_TYPES, MESSAGE_TYPES) for number, value in enumerate(terms)
}


class Cells(NamedTuple):
    """The cells with every combination of these values."""

    kinds: frozenset[str]
    places: frozenset[Place]
    participants: frozenset[str | None]
    messages: frozenset[str | None]

    @property
    def size(self) -> int:
        """How many cells these are."""
        return prod(map(len, self))

    def minus(self, other: "Cells") -> "list[Cells]":
        """The cells that are not among those of ``other``, as disjoint products."""
        left = []
        mine: list[frozenset[Any]] = list(self)
        for number, theirs in enumerate(other):
            part = Cells._make([*mine[:number], mine[number] - theirs, *mine[number + 1 :]])
            if part.size:
                left.append(part)
            mine[number] = mine[number] & theirs
        return left

    def has(self, key: EventKey) -> bool:
        """Whether the cell with this key is among them."""
        values = (key.event, (key.channel, key.instance), key.participant_type, key.message_type)
        return all(value in chosen for value, chosen in zip(values, self, strict=True))

    def every_key(self) -> Iterator[EventKey]:
        """The key of each cell."""
        for kind, (channel, instance), who, what in product(*self):
            yield EventKey(kind, channel, instance, who, what)

    def example(self, near: EventKey) -> EventKey | None:
        """The key of the cell that is most like the one with the key ``near``, and not that one itself, if any is."""
        wanted = (near.event, (near.channel, near.instance), near.participant_type, near.message_type)
        choices = [nsmallest(2, values, _rank(value)) for values, value in zip(self, wanted, strict=True)]
        if not all(choices):
            return None
        best: list[Any] = [each[0] for each in choices]
        if tuple(best) == wanted:
            field = next((number for number in (3, 2, 1, 0) if len(choices[number]) > 1), None)
            if field is None:
                return None
            best[field] = choices[field][1]
        kind, (channel, instance), who, what = best
        return EventKey(kind, channel, instance, who, what)


class Extent(NamedTuple):
    """How many kinds of event something is about, with an example if there are any."""

    size: int
    example: EventKey | None = None


def event_space(config: WorkspaceConfig) -> list[Cells]:
    """All cells of a workspace with ``config``, as disjoint products."""
    places = frozenset(place for channel in config.installed_channels for place in _places(channel, config))
    others = frozenset(EVENT_KINDS) - {"message_created"}
    return [Cells(others, places, _WHO, _NO_MESSAGE), Cells(frozenset(("message_created",)), places, _WHO, _WHAT)]


def cells_of(flow: Flow, config: WorkspaceConfig) -> Cells:
    """The cells that start ``flow``."""
    trigger = flow.trigger
    places = _places(trigger.channel, config)
    if trigger.instance is not None:
        places &= {(trigger.channel, trigger.instance)}
    what = _WHAT if trigger.event == "message_created" else _NO_MESSAGE
    return Cells(
        frozenset((trigger.event,) if flow.enabled else ()),
        places,
        _WHO if trigger.participant_types is None else frozenset(trigger.participant_types),
        what if trigger.message_types is None else frozenset(trigger.message_types),
    )


def difference(one: Cells, other: Cells, besides: EventKey) -> Extent:
    """The cells of ``one`` that are not among those of ``other``, not counting the one with the key ``besides``."""
    parts = one.minus(other)
    size = sum(part.size for part in parts) - any(part.has(besides) for part in parts)
    return Extent(size, next(filter(None, (part.example(besides) for part in parts)), None))


def overlap(one: Cells, other: Cells) -> int:
    """How many cells both have."""
    return prod(len(mine & yours) for mine, yours in zip(one, other, strict=True))


def _places(channel: str, config: WorkspaceConfig) -> frozenset[Place]:
    installed = config.instances_of(channel)
    return frozenset(((channel, None), *((channel, each.id) for each in installed))) if installed else frozenset()


def _rank(near: object) -> Callable[[Any], tuple[bool, bool, int, str]]:
    """How good an example a value is: ``near`` is the best, then the first of the vocabulary; unknown is the last."""

    def rank(value: Any) -> tuple[bool, bool, int, str]:
        unknown = value is None or (value.__class__ is tuple and None in value)
        return unknown, value != near, _ORDER.get(value, 0), str(value)

    return rank
