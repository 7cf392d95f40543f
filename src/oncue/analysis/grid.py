"""Sets of event keys as bits of one integer, so that thousands of flows are united and compared in milliseconds.

Each place has 144 bits: an event of three kinds, or a message of twelve types or none that is stated, times nine
participant types. A flow's keys are one pattern of 144 bits, repeated for each place where it listens.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache

from oncue.analysis.decisions import WHO, Decided, Who
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Place

HAPPENINGS: tuple[tuple[str, str | None], ...] = (
    *((kind, None) for kind in EVENT_KINDS if kind != "message_created"),
    *(("message_created", what) for what in (*MESSAGE_TYPES, None)),
)
"""Event kinds, and for messages their types."""

WIDTH = len(WHO)
UNIT = WIDTH * len(HAPPENINGS)
"""Bits of a place."""

Keys = int
"""A set of keys of a grid."""

_WHO_BIT = {who: 1 << number for number, who in enumerate(WHO)}
_NUMBER = {happening: number for number, happening in enumerate(HAPPENINGS)}
_EVERY_UNIT_BIT = (1 << UNIT) - 1


def places_of(config: WorkspaceConfig) -> tuple[Place, ...]:
    """The installed instances, and each of their channels without a stated instance, in order of channels."""
    return tuple(
        place
        for channel in config.installed_channels
        for place in (*((channel, each.id) for each in config.instances_of(channel)), (channel, None))
    )


class Grid:
    """The event space of a workspace as bits. Two grids with the same ``places`` number keys alike."""

    __slots__ = ("_every", "_number", "config", "keys", "places")

    def __init__(self, config: WorkspaceConfig, places: tuple[Place, ...] | None = None) -> None:
        installed = places_of(config)
        self.config = config
        self.places = installed if places is None else places
        numbers = {place: number for number, place in enumerate(self.places)}
        self._number = {place: numbers[place] for place in installed}
        every: dict[str | None, int] = {}
        for (channel, _), number in self._number.items():
            every[channel] = every.get(channel, 0) | 1 << number * UNIT
        self._every = every
        self.keys: Keys = sum(_EVERY_UNIT_BIT << number * UNIT for number in self._number.values())
        """All keys of the workspace."""

    def keys_of(self, trigger: Trigger, whos: Collection[Who]) -> Keys:
        """The keys on which ``trigger`` matches, and one of the participants ``whos`` did it."""
        pattern = _pattern(trigger.event, frozenset(whos), trigger.message_types)
        if trigger.instance is None:
            return pattern * self._every.get(trigger.channel, 0)
        number = self._number.get((trigger.channel, trigger.instance))
        return 0 if number is None else pattern << number * UNIT

    def keys_that_start(self, flow: Flow, decided: Decided) -> Keys:
        """The keys of events that start ``flow`` always or sometimes."""
        return self.keys_of(flow.trigger, decided.starts)

    def bit(self, key: EventKey) -> Keys:
        """The set of one key, which has to be of the grid; none if it is not."""
        number = self._number.get((key.channel, key.instance))
        happening = _NUMBER.get((key.event, key.message_type))
        who = _WHO_BIT.get(key.participant_type)
        if number is None or happening is None or who is None:
            return 0
        return who << number * UNIT + happening * WIDTH

    def every_key(self, keys: Keys) -> Iterator[EventKey]:
        """Each of the keys, in order."""
        while keys:
            lowest = keys & -keys
            yield self.key(lowest.bit_length() - 1)
            keys ^= lowest

    def key(self, number: int) -> EventKey:
        """The key whose bit has this number."""
        place, within = divmod(number, UNIT)
        happening, who = divmod(within, WIDTH)
        kind, what = HAPPENINGS[happening]
        return EventKey(kind, *self.places[place], WHO[who], what)

    def units(self, keys: Keys) -> dict[int, int]:
        """The bits of each place that has any, by the number of the place."""
        found = {}
        for number in range(len(self.places)):
            if unit := keys >> number * UNIT & _EVERY_UNIT_BIT:
                found[number] = unit
        return found

    def of_kind(self, kind: str, whos: Collection[Who]) -> Keys:
        """All keys of events of ``kind`` by ``whos``."""
        return _pattern(kind, frozenset(whos), None) * sum(1 << number * UNIT for number in self._number.values())


@lru_cache(4096)
def _pattern(kind: str, whos: frozenset[Who], messages: frozenset[str] | None) -> int:
    row = sum(_WHO_BIT[who] for who in whos)
    return sum(
        row << number * WIDTH
        for number, (happens, what) in enumerate(HAPPENINGS)
        if happens == kind and (messages is None or what in messages)
    )
