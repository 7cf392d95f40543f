from typing import Any

import pytest
from tests.builders import CONFIG, flow

from oncue.domain.condition_words import lines_in_words, state_words
from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.values import replaced
from oncue.domain.wording import flow_sentence

WORDS: list[tuple[str, Any, str]] = [
    ("text_any", ["refund", "money*"], "the text has “refund” or “money*”"),
    ("text_all", ["a", "b"], "the text has “a” and “b”"),
    ("text_none", ["a"], "the text does not have “a”"),
    ("text_starts", ["a"], "the text begins with “a”"),
    ("participants", ["Jane", "p-1"], "it is Jane or p-1"),
    ("attributes", {"plan": "pro", "vip": True}, "the contact's plan is pro and vip is true"),
    ("started_by", ["bot", "contact"], "a contact or a bot started the conversation"),
    ("present", ["bot"], "a bot is there"),
    ("present", ["bot", "agent"], "an agent and a bot are there"),
    ("absent", ["agent", "bot"], "no agent or bot is there"),
    ("responsible", "nobody", "nobody is responsible"),
    ("responsible", "somebody", "somebody is responsible"),
    ("responsible", "Anna", "Anna is responsible"),
    ("labels", ["vip", "new"], "it has the labels vip and new"),
    ("without_labels", ["spam"], "it does not have the label spam"),
    ("first_message", True, "it is the contact's first message"),
    ("first_message", False, "it is not the contact's first message"),
    ("reopened", True, "the conversation was closed before"),
    ("reopened", False, "the conversation was never closed"),
    ("during_hours", ["office", "late"], "during office or late hours"),
    ("outside_hours", ["office-hours"], "outside office-hours"),
    ("once_per", "conversation", "once per conversation"),
    ("once_per", "contact", "once per contact"),
    ("once_per", "day", "once per day"),
    ("cooldown", "24h", "at most every 24 hours"),
]
LIMITS = ("during_hours", "outside_hours", "once_per", "cooldown")


STATES: list[tuple[str, Any, str, str]] = [
    ("text_any", ["a", "b"], "the text has “a” or “b”", "the text does not have “a” or “b”"),
    ("text_all", ["a", "b"], "the text has “a” and “b”", "the text lacks “a” or “b”"),
    ("text_none", ["a"], "the text does not have “a”", "the text has “a”"),
    ("text_starts", ["a"], "the text begins with “a”", "the text does not begin with “a”"),
    ("participants", ["Jane"], "it is Jane", "it is somebody else"),
    ("attributes", {"a": 1, "b": "x"}, "the contact's a is 1 and b is x", "the contact's a is not 1 or b is not x"),
    ("started_by", ["bot"], "a bot started the conversation", "somebody else started the conversation"),
    ("present", ["bot", "agent"], "an agent and a bot are there", "an agent or a bot is not there"),
    ("absent", ["agent"], "no agent is there", "an agent is there"),
    ("responsible", "nobody", "nobody is responsible", "somebody is responsible"),
    ("responsible", "somebody", "somebody is responsible", "nobody is responsible"),
    ("responsible", "Anna", "Anna is responsible", "somebody else or nobody is responsible"),
    ("labels", ["x", "y"], "the conversation has the labels x and y", "the conversation lacks the labels x or y"),
    ("without_labels", ["x"], "the conversation does not have the label x", "the conversation has the label x"),
    ("first_message", True, "it is the contact's first message", "it is not the contact's first message"),
    ("reopened", False, "the conversation was never closed", "the conversation was closed before"),
    ("during_hours", ["office"], "it happens during office hours", "it happens outside office hours"),
    ("outside_hours", ["office"], "it happens outside office hours", "it happens during office hours"),
    (
        "once_per",
        "day",
        "it has not started yet in the conversation on the same day",
        "it has started before in the conversation on the same day",
    ),
    (
        "once_per",
        "contact",
        "it has not started yet for the contact, in whichever conversation",
        "it has started before for the contact, in whichever conversation",
    ),
    ("cooldown", "24h", "its last start is at least 24 hours ago", "its last start is less than 24 hours ago"),
]


@pytest.mark.parametrize(("key", "written", "holds", "fails"), STATES)
def test_the_states_in_which_a_line_holds_and_fails(key: str, written: Any, holds: str, fails: str) -> None:
    when = When(**{key: written})
    assert (state_words(key, when, True), state_words(key, when, False)) == (holds, fails)


def test_every_condition_has_states() -> None:
    assert {key for key, *_ in STATES} == set(CONDITIONS)


@pytest.mark.parametrize(("key", "written", "words"), WORDS)
def test_each_line_and_its_sentence(key: str, written: Any, words: str) -> None:
    when = When(**{key: written})
    assert lines_in_words(when) == {key: words}
    expected = f"When anybody sends a message on WhatsApp{',' if key in LIMITS else ' and'} {words}, do nothing."
    if key in ("text_any", "text_all"):
        expected = f"When anybody writes {words.removeprefix('the text has ')} on WhatsApp, do nothing."
    assert flow_sentence(replaced(flow("a"), when=when), CONFIG) == expected


def test_every_condition_has_words() -> None:
    assert {key for key, *_ in WORDS} == set(CONDITIONS)


def test_all_in_one_sentence() -> None:
    when = When(text_any=("refund",), responsible="nobody", outside_hours=("office",), once_per="conversation")
    written = replaced(flow("a", by="contact", of="text"), when=when)
    assert flow_sentence(written, CONFIG) == (
        "When a contact writes “refund” on WhatsApp and nobody is responsible, outside office hours, "
        "once per conversation, do nothing."
    )
    image = replaced(flow("a", by="contact", of="image"), when=When(text_any=("refund",)))
    assert flow_sentence(image, CONFIG) == "When a contact sends an image with “refund” on WhatsApp, do nothing."
