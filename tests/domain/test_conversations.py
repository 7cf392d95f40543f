"""Whom an event means, and who is there after joining and leaving."""

import pytest

from oncue.domain.conversations import Conversation, person
from oncue.domain.events import Participant

JANE = Participant(type="contact", id="p-1", name="Jane")
ANNA = Participant(type="agent", name="Anna")
BEN = Participant(type="agent", id="a-2", name="Ben")
THERE = Conversation("c-1", "whatsapp", "wa", True, True, (JANE, ANNA, BEN), ANNA)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (Participant(type="contact", id="p-1"), (JANE,)),
        (Participant(type="contact", id="p-1", name="Another name"), (JANE,)),
        (Participant(type="contact", id="p-2", name="Jane"), ()),
        (Participant(type="contact", name="Jane"), (JANE,)),
        (Participant(type="agent", id="a-1", name="Anna"), (ANNA,)),
        (Participant(type="bot", name="Jane"), ()),
        (Participant(type="agent"), (ANNA, BEN)),
        (Participant(type="agent", id="a-9"), ()),
        (Participant(name="Jane"), ()),
        (Participant(), ()),
    ],
)
def test_an_id_decides_then_the_name_then_the_type(who: Participant, found: tuple[Participant, ...]) -> None:
    assert THERE.find(who) == found


def test_somebody_without_a_name_is_not_found_by_another_who_has_only_an_id() -> None:
    nameless = Conversation("c-1", "whatsapp", "wa", True, True, (Participant(type="bot"),))
    assert nameless.find(Participant(type="bot", id="b-1")) == ()


def test_somebody_without_id_and_name_is_meant_by_the_type_alone() -> None:
    nameless = Participant(type="agent")
    assert THERE.joined(nameless).find(nameless) == (nameless,)


def test_steps_know_people_by_name_or_id() -> None:
    assert (THERE.named("agent", "Ben"), THERE.named("agent", "a-2"), THERE.named("bot", "Ben")) == (BEN, BEN, None)


def test_an_assignee_who_leaves_is_responsible_no_more() -> None:
    assert THERE.left(BEN).assignee == "Anna"
    assert THERE.left(ANNA).assignee is None
    assert THERE.left(ANNA, JANE).participants == (BEN,)


def test_of_two_of_the_same_name_the_one_who_leaves_is_responsible_no_more() -> None:
    one, other = (Participant(type="agent", id=each, name="Anna") for each in ("a-1", "a-2"))
    both = THERE._replace(participants=(one, other), responsible=one)
    assert (both.left(other).assignee, both.left(one).assignee) == ("Anna", None)


def test_the_standing_is_what_decides_and_not_what_was_said() -> None:
    said = THERE._replace(messages=7, notes=1, participants=(BEN, ANNA, JANE))
    assert said.standing == THERE.standing
    others = ({"open": False}, {"participants": (JANE, ANNA)}, {"responsible": BEN}, {"attributes": {"a": 1}})
    assert all(THERE._replace(**change).standing != THERE.standing for change in others)


def test_closed_is_started_and_not_open() -> None:
    new = Conversation("c-1", "whatsapp", "wa")
    assert (new.closed, THERE.closed, THERE._replace(open=False).closed) == (False, False, True)


def test_a_person_in_words() -> None:
    assert [person(each) for each in (ANNA, Participant(type="bot", id="b-7"), Participant(type="contact"))] == [
        "Agent Anna",
        "Bot b-7",
        "Contact",
    ]
