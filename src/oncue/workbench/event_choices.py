"""Who may join, leave or write in a conversation, and what may be sent, each with the letter that picks it.

Who is there comes first, under the name that is known; of every other type somebody new. Letters are the first of a
word if they are free, so that they can be guessed, and they stay the same while nobody else comes.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, ParticipantType

NAMES: Mapping[ParticipantType, tuple[str, ...]] = {
    "contact": ("Jane", "Ali", "Mei", "Noah"),
    "agent": ("Anna", "Ben", "Chloe", "Dan"),
    "bot": ("Robin", "Kit"),
    "flow": ("Night shift", "Early shift"),
    "access_key": ("CRM sync", "Web shop"),
    "connector": ("Spring campaign", "Autumn campaign"),
    "channel": ("Phone app", "Tablet app"),
    "automation": ("Inbox rule", "Night rule"),
}
"""What participants of each type are called if nobody says otherwise, one after the other."""


class Person(NamedTuple):
    """Somebody who does something; ``here``: who is in the conversation already."""

    type: ParticipantType
    name: str
    here: bool = False

    @property
    def label(self) -> str:
        """``Contact Jane``."""
        return f"{PARTICIPANT_TYPES[self.type].label} {self.name}"


def people(kind: EventKind, conversation: Conversation, called: Mapping[ParticipantType, str]) -> list[Person]:
    """Who may do what ``kind`` says in ``conversation``; ``called`` are names that the user gave."""
    here = [
        Person(each.type, each.name, here=True)
        for each in conversation.participants
        if each.type is not None and each.name
    ]
    if kind == "participant_removed":
        return here
    if kind == "participant_added":
        return [Person(each, free_name(each, here, called.get(each, ""))) for each in NAMES]
    absent = [each for each in NAMES if all(person.type != each for person in here)]
    return [*here, *(Person(each, called.get(each) or NAMES[each][0]) for each in absent)]


def free_name(kind: ParticipantType, here: Collection[Person], wanted: str = "") -> str:
    """A name that nobody of a type has who is ``here``: the one that is ``wanted``, if it is free."""
    taken = {each.name for each in here if each.type == kind}
    numbered = (f"{NAMES[kind][0]} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *NAMES[kind], *numbered) if each and each not in taken)


def letters_of(labels: Iterable[str], reserved: str = "") -> list[str]:
    """A letter for each label, which occurs in it; empty where none is left. None of ``reserved`` is used."""
    taken = set(reserved)
    found = []
    for label in labels:
        words = label.casefold().split()
        candidates = (*(word[0] for word in words), *"".join(words))
        letter = next((each for each in candidates if each.isascii() and each.isalpha() and each not in taken), "")
        taken.add(letter)
        found.append(letter)
    return found


PEOPLE_LETTERS: Mapping[ParticipantType, str] = dict(
    zip(
        PARTICIPANT_TYPES,
        letters_of((term.label for term in PARTICIPANT_TYPES.values()), reserved="m"),
        strict=True,
    )
)
"""The letter of each type of participant. ``m`` is left for *again*."""

MESSAGE_LETTERS: Mapping[str, str] = dict(
    zip(MESSAGE_TYPES, letters_of(term.label for term in MESSAGE_TYPES.values()), strict=True)
)
"""The letter of each type of message."""


def letters_of_people(persons: Iterable[Person]) -> list[str]:
    """The letter of each: that of the type for the first one of it, and none for the others."""
    seen: set[str] = set()
    found = []
    for person in persons:
        found.append("" if person.type in seen else PEOPLE_LETTERS[person.type])
        seen.add(person.type)
    return found
