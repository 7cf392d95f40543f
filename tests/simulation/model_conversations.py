"""Conversations and the people in them, as docs/simulation.md describes them: a part of the model beside this file."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field


@dataclass(eq=False)
class Person:
    """Somebody who is present, or whom an event states. Two with the same id and name are two."""

    type: str | None = None
    id: str | None = None
    name: str | None = None

    @property
    def unnamed(self) -> bool:
        return self.id is None and self.name is None

    @property
    def parts(self) -> tuple[str | None, str | None, str | None]:
        return self.type, self.id, self.name

    def copy(self) -> "Person":
        return Person(self.type, self.id, self.name)


@dataclass(eq=False)
class Conversation:
    """A conversation, from the first event in it: it may have been refused, so that nothing has started."""

    id: str
    instance: str
    started: bool = False
    open: bool = False
    people: list[Person] = field(default_factory=list)
    responsible: Person | None = None
    attributes: dict[str, object] = field(default_factory=dict)
    messages: int = 0
    received: int = 0  # messages that no flow sent
    notes: int = 0

    @property
    def assignee(self) -> str | None:
        return None if self.responsible is None else self.responsible.name or self.responsible.id

    @property
    def standing(self) -> tuple[object, ...]:
        """What must have changed for a flow to start again on the same key."""
        people = Counter(person.parts for person in self.people)
        responsible = self.responsible and self.responsible.parts
        attributes = {key: (type(value), value) for key, value in self.attributes.items()}
        return self.open, people, responsible, attributes

    def meant(self, stated: Person) -> list[Person]:
        """Who is meant; several only if nothing but their type is stated."""
        same = [person for person in self.people if person.type == stated.type is not None]
        if exact := [person for person in same if person.parts == stated.parts]:
            return exact[:1]
        if stated.unnamed:
            return same
        if by_id := [person for person in same if stated.id is not None and person.id == stated.id]:
            return by_id[:1]
        named = [person for person in same if alike(person.name, stated.name)]
        return [person for person in named if person.id is None or stated.id is None][:1]

    def recognise(self, stated: Person) -> bool:
        """Whether it is clear who is meant; if so, both now have what only one of them had."""
        meant = self.meant(stated)
        if len(meant) != 1:
            return False
        (known,) = meant
        known.id = stated.id if known.id is None else known.id
        known.name = stated.name if known.name is None else known.name
        if stated.id is None or stated.name is None:
            stated.id, stated.name = known.id, known.name
        return True

    def called(self, kind: str, text: str) -> Person | None:
        """Whom a step means, by name or id."""
        of_type = (person for person in self.people if person.type == kind)
        return next((person for person in of_type if person.id == text or alike(person.name, text)), None)

    def join(self, person: Person) -> Person:
        self.people.append(person.copy())
        return self.people[-1]

    def leave(self, person: Person) -> None:
        self.people.remove(person)
        if self.responsible is person:
            self.responsible = None


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, however their accents are composed."""
    return None not in (one, other) and _composed(one) == _composed(other)


def _composed(name: str | None) -> str:
    return unicodedata.normalize("NFC", name or "")
