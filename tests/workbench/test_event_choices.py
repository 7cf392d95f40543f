"""Who may do what, and by which letter."""

from typing import get_args

from tests.builders import ANNA, BEN, CONFIG, JANE

from oncue.domain.vocabulary import ParticipantType
from oncue.simulation.intake import new_conversation
from oncue.workbench.event_choices import (
    MESSAGE_LETTERS,
    NAMES,
    PEOPLE_LETTERS,
    free_name,
    letters_of,
    letters_of_people,
    people,
)

EMPTY = new_conversation("c-1", CONFIG.instances[0])


def test_every_type_has_a_letter_of_its_own_and_the_common_ones_their_first() -> None:
    for letters in (PEOPLE_LETTERS, MESSAGE_LETTERS):
        assert all(letters.values()) and len(set(letters.values())) == len(letters)
    assert [PEOPLE_LETTERS[each] for each in ("contact", "agent", "bot")] == ["c", "a", "b"]
    assert [MESSAGE_LETTERS[each] for each in ("text", "image", "location")] == ["t", "i", "l"]
    assert "m" not in PEOPLE_LETTERS.values()
    assert letters_of(["A", "A"]) == ["a", ""]


def test_who_is_there_writes_first_and_leaves_alone() -> None:
    conversation = EMPTY._replace(started=True, open=True, participants=(JANE, ANNA, BEN))
    persons = people("message_created", conversation, {})
    assert [each.label for each in persons[:4]] == ["Contact Jane", "Agent Anna", "Agent Ben", "Bot Robin"]
    assert letters_of_people(persons)[:4] == ["c", "a", "", "b"]
    assert [each.label for each in people("participant_removed", conversation, {})] == [
        "Contact Jane",
        "Agent Anna",
        "Agent Ben",
    ]


def test_nobody_joins_who_is_there_already() -> None:
    conversation = EMPTY._replace(started=True, open=True, participants=(JANE,))
    joining = {each.type: each.name for each in people("participant_added", conversation, {"contact": "Jane"})}
    assert joining["contact"] == "Ali"
    crowd = [people("participant_removed", conversation, {})[0]._replace(name=name) for name in NAMES["contact"]]
    assert free_name("contact", crowd) == "Jane 2"
    assert free_name("contact", crowd, "Zoe") == "Zoe"


def test_no_name_repeats_its_type() -> None:
    assert set(NAMES) == set(get_args(ParticipantType))
    for kind, names in NAMES.items():
        assert kind not in [name.casefold() for name in names], "Flow Flow"
