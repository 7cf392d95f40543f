"""After an unknown name the nearest valid one is suggested, else the first few."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.placeholders import PLACEHOLDERS
from oncue.domain.steps import STEP_TYPES
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.foreign_keys import KEYS
from oncue.foreign_words import VALUES, ForeignWords
from oncue.suggestions import did_you_mean, likely, nearest
from oncue.text import first, listed

CHANNELS = ["whatsapp", "email", "live_chat"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("whatsap", "did you mean 'whatsapp'?"),
        ("WhatsApp", "did you mean 'whatsapp'?"),
        ("livechat", "did you mean 'live_chat'?"),
        ("pigeon", "expected one of: whatsapp, email, live_chat"),
        ("", "expected one of: whatsapp, email, live_chat"),
    ],
)
def test_did_you_mean(name: str, hint: str) -> None:
    assert did_you_mean(name, CHANNELS) == hint


def test_did_you_mean_of_many_and_of_none() -> None:
    assert did_you_mean("x", (f"flow-{number}" for number in range(1_014)), most=2) == (
        "expected one of: flow-0, flow-1 and 1,012 more"
    )
    assert did_you_mean("x", []) == "there are none"


@given(st.text(), st.lists(st.text(max_size=20)))
def test_the_nearest_is_one_of_the_choices(name: str, choices: list[str]) -> None:
    assert nearest(name, choices) in [None, *choices]


def test_a_huge_name_is_compared_quickly() -> None:
    assert nearest("x" * 1_000_000, CHANNELS) is None


@pytest.mark.parametrize(
    ("word", "choices", "near"),
    [
        ("mial", ["mail"], "mail"),
        ("gret", ["greet"], "greet"),
        ("aa", ["a"], "a"),
        ("wa-ln", ["wa-nl"], "wa-nl"),
        ("particpant_aded", ["participant_added", "participant_removed"], "participant_added"),
        ("sendmesage", ["send_message"], "send_message"),
        ("first_message_fires", ["first_message_fires_message_created"], "first_message_fires_message_created"),
        ("message_created_at", ["message_created"], None),  # it says more
        ("message_updated", ["message_created"], None),
        ("participant_left", ["participant_added"], None),
        ("welcome-nl", ["welcome-de"], None),
        ("welcome-2", ["welcome-3"], None),
        ("welcome", ["welcome-2"], None),
        ("wa-11", ["wa-1"], None),
        ("+447700900101", ["+447700900110"], None),
        ("b", ["a"], None),
        ("unread", ["read"], None),
        ("not_closed", ["closed"], None),
        ("exclude_labels", ["labels"], None),
        ("participant", ["participant_added"], None),  # too little to go by
    ],
)
def test_only_what_differs_counts(word: str, choices: list[str], near: str | None) -> None:
    assert likely(word, choices) == ([near] if near else [])


def test_a_beginning_that_several_have_is_no_suggestion() -> None:
    assert likely("first message", ["first_message_a", "first_message_b"]) == []


VOCABULARIES: list[list[str]] = [
    list(words) for words in (EVENT_KINDS, PARTICIPANT_TYPES, MESSAGE_TYPES, DELIVERIES, STEP_TYPES, PLACEHOLDERS)
]
VOCABULARIES += [["name", "trigger", "steps", "enabled"], ["event", "channel", "message_types", "participant_types"]]
VOCABULARIES += [["--event", "--participant", "--message", "--text"], CHANNELS]
FOREIGN = [
    word
    for table in (*VALUES, *KEYS)
    for words in (*table.here.values(), *table.nowhere.values())
    for word in words.split()
]
LETTERS = "abcdeimnorst_-. 12"


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    word: str = draw(st.sampled_from([*FOREIGN, *(each for known in VOCABULARIES for each in known)]))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(word)))
        word = word[:at] + draw(st.text(LETTERS, max_size=3)) + word[at + draw(st.integers(0, 2)) :]
    return word


@given(mistyped() | st.text(max_size=20), st.sampled_from(VOCABULARIES) | st.lists(mistyped(), max_size=8))
def test_nothing_is_suggested_that_is_not_among_the_choices(word: str, choices: list[str]) -> None:
    assert {*likely(word, choices)} <= {*choices}
    said = did_you_mean(word, choices)
    meant, expected = re.match(r"did you mean (.*)\?$", said, re.DOTALL), said.rpartition("expected one of: ")[2]
    if meant:
        assert meant[1] == listed([repr(each) for each in likely(word, choices)], "or")
    elif choices:
        assert expected == first(choices, 12)


@given(
    st.sampled_from([each for known in VOCABULARIES for each in known]), st.sampled_from(["un", "not_", "no-", "dis"])
)
def test_no_word_means_its_opposite(word: str, negation: str) -> None:
    assert likely(f"{negation}{word}", [word]) == []


@pytest.mark.parametrize("words", [*VALUES, *KEYS], ids=lambda words: "/".join(words.signs))
def test_a_foreign_word_is_explained_by_the_choices_alone_where_they_are_few(words: ForeignWords) -> None:
    """A list may have the signs of a vocabulary and lack the word that is meant."""
    choices = list(words.signs)
    for foreign in words.here.values():
        for word in foreign.split():
            assert {*likely(word, choices)} <= {*choices}
