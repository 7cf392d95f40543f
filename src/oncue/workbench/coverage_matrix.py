"""Coverage as matrices to look at: what happened downwards, who did it across, one for places that are answered alike.

Messages of types that are answered alike share a row, so that what is seen is where answers differ.
"""

from collections.abc import Iterator
from typing import NamedTuple

from oncue.analysis.coverage import Coverage, Level
from oncue.analysis.decisions import WHO
from oncue.analysis.grid import HAPPENINGS
from oncue.analysis.wording import cell_words
from oncue.domain.events import EventKey
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Cells, Place

_EVERY = len(MESSAGE_TYPES) + 1
"""Message types, and one that is not stated."""


class Count(NamedTuple):
    """How many flows an event starts: always, and sometimes."""

    always: int
    sometimes: int

    @property
    def level(self) -> Level:
        """What `oncue.analysis.coverage` calls it."""
        if not self.always:
            return "sometimes" if self.sometimes else "none"
        return "one" if self.always == 1 and not self.sometimes else "many"

    @property
    def flows(self) -> int:
        """How many flows these are."""
        return self.always + self.sometimes


class Row(NamedTuple):
    """Events of one kind, and messages of some types (none for other events): a count for each participant type."""

    event: str
    messages: tuple[str | None, ...]
    counts: tuple[Count, ...]

    @property
    def label(self) -> str:
        """``Participant added``, ``Any message``, ``Message: Text, Image``; the others where most are alike."""
        if not self.messages:
            return EVENT_KINDS[self.event].label  # type: ignore[index]  # a kind of the vocabulary
        if len(self.messages) == _EVERY:
            return "Any message"
        if len(self.messages) > _EVERY // 2:
            return "Any other message"
        words = [MESSAGE_TYPES[each].label if each else "unknown" for each in self.messages]  # type: ignore[index]
        return f"Message: {', '.join(words)}"


class Matrix(NamedTuple):
    """Places that are answered alike, and their rows; the columns are `WHO`."""

    places: tuple[Place, ...]
    rows: tuple[Row, ...]


def matrices(coverage: Coverage, chosen: "Chosen") -> tuple[Matrix, ...]:
    """A matrix for all places of ``chosen`` that are answered alike, in the order of the workspace."""
    alike: dict[tuple[Row, ...], list[Place]] = {}
    for place in chosen.places:
        alike.setdefault(tuple(_rows(coverage, place, chosen.kinds)), []).append(place)
    return tuple(Matrix(tuple(places), rows) for rows, places in alike.items())


class Chosen(NamedTuple):
    """The part of the event space that is looked at."""

    places: tuple[Place, ...]
    kinds: tuple[str, ...]

    def every_key(self) -> Iterator[EventKey]:
        """Each key, in order of places, events, message types and participants."""
        for channel, instance in self.places:
            for kind, what in HAPPENINGS:
                if kind in self.kinds:
                    for who in WHO:
                        yield EventKey(kind, channel, instance, who, what)


def _rows(coverage: Coverage, place: Place, kinds: tuple[str, ...]) -> Iterator[Row]:
    messages: dict[tuple[Count, ...], list[str | None]] = {}
    for kind, what in HAPPENINGS:
        if kind not in kinds:
            continue
        counts = tuple(Count(*coverage.counts(EventKey(kind, *place, who, what))) for who in WHO)
        if kind != "message_created":
            yield Row(kind, (), counts)
        else:
            messages.setdefault(counts, []).append(what)
    for counts, types in sorted(messages.items(), key=lambda row: len(row[1]) > _EVERY // 2):
        yield Row("message_created", tuple(types), counts)


def places_in_words(places: tuple[Place, ...], config: WorkspaceConfig) -> str:
    """``WhatsApp Rentals``, ``every instance of SMS``; names are as they are written, and not yet safe to show."""
    anything = frozenset(("conversation_created",))
    return cell_words(Cells(anything, frozenset(places), frozenset(WHO), frozenset((None,))), config).places
