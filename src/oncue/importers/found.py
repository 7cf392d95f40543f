"""What an importer makes of a payload: events, what is none, and what cannot be understood.

An importer is two functions. ``detect`` tells whether a payload is one of its platform's, by keys that only it has;
``begin`` starts a capture and gives the function that reads its payloads one after the other. That one may remember
what earlier payloads said, as far as later ones leave it out. `Importer.parse` reads a single payload, without a past.

Nothing here reads or writes anything but values, so an importer is tried by calling it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from oncue.domain.problems import KeyPath
from oncue.importers.recorded import RecordedEvent

Payload = dict[str, Any]
"""A delivery, decoded: JSON, or the fields of a form. Importers change nothing in it."""


class Skipped(NamedTuple):
    """Something that happened and is none of the four events. ``kind`` is what the platform calls it."""

    reason: str
    kind: str = ""


class Malformed(NamedTuple):
    """A part of a payload that is not as its platform documents it. ``path`` leads to it from the payload's top."""

    path: KeyPath
    message: str


Found = RecordedEvent | Skipped | Malformed
Parse = Callable[[Payload], Iterable[Found]]


class MalformedError(Exception):
    """What stands under ``key`` in ``table`` is not as documented. `place` finds out where in the payload that is."""

    def __init__(self, table: object, key: str | int, message: str) -> None:
        super().__init__(message)
        self.table, self.key, self.message = table, key, message

    def within(self, payload: object) -> Malformed:
        """The same as a finding about ``payload``."""
        return Malformed((*place(payload, self.table), self.key), self.message)


def place(payload: object, wanted: object) -> KeyPath:
    """Where in ``payload`` the very object ``wanted`` is; no part of the path is kept while payloads are sound."""
    waiting: list[tuple[object, KeyPath]] = [(payload, ())]
    while waiting:
        value, path = waiting.pop()
        if value is wanted:
            return path
        inside: Iterable[tuple[Any, object]] = ()
        if isinstance(value, dict):
            inside = value.items()
        elif isinstance(value, list):
            inside = enumerate(value)
        waiting += [(part, (*path, key)) for key, part in inside if isinstance(part, dict | list)]
    return ()


def each(payload: Payload, parts: Iterable[Any], read: Callable[[Any], Found | None]) -> Iterator[Found]:
    """What ``read`` finds in each of the ``parts`` of ``payload``; a malformed one does not stop the others."""
    for part in parts:
        try:
            found = read(part)
        except MalformedError as error:
            found = error.within(payload)
        if found is not None:
            yield found


def only(payload: Payload, read: Callable[[Payload], Found]) -> tuple[Found]:
    """What ``read`` finds in a ``payload`` that is one event."""
    try:
        return (read(payload),)
    except MalformedError as error:
        return (error.within(payload),)


@dataclass(frozen=True)
class Importer:
    """A platform's format. ``name`` is for commands and events, ``label`` for people."""

    name: str
    label: str
    detect: Callable[[Payload], bool]
    begin: Callable[[], Parse]

    def parse(self, payload: Payload | list[Payload]) -> Iterator[Found]:
        """What one delivery holds, or several in a list, by what they say themselves."""
        read = self.begin()
        for one in payload if isinstance(payload, list) else [payload]:
            yield from read(one)
