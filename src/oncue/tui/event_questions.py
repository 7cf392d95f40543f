"""What the simulator asks before something happens: who does it, and what is sent."""

from collections.abc import Mapping, Sequence

from oncue.domain.vocabulary import MESSAGE_TYPES, EventKind
from oncue.tui.widgets.picker import Entry
from oncue.workbench.event_choices import MESSAGE_LETTERS, Person, letters_of_people

QUESTIONS: Mapping[EventKind, str] = {
    "participant_added": "Who joins?",
    "participant_removed": "Who leaves?",
    "message_created": "Who writes?",
}

MESSAGES = tuple(
    Entry(each, term.label, term.help, letter=MESSAGE_LETTERS[each]) for each, term in MESSAGE_TYPES.items()
)
"""All types of messages."""


def who_entries(kind: EventKind, persons: Sequence[Person], again: str) -> list[Entry]:
    """Who can do it; with ``again``, who did and what was sent, also the same once more."""
    absent = "new" if kind == "participant_added" else "not there"
    letters = letters_of_people(persons)
    entries = [
        Entry(each, each.label, "" if each.here else absent, letter=letter)
        for each, letter in zip(persons, letters, strict=True)
    ]
    return [*entries, Entry(None, "As it stands below", again, letter="m")] if again else entries
