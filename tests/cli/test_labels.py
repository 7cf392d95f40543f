"""Words that name a key or its label."""

import pytest

from oncue.cli.labels import keys_meant, label_hint, with_labels
from oncue.domain.vocabulary import CHANNEL_LABELS, EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES

LABELS = {"contact": "Contact", "access_key": "API key", "connector": "Campaign", "channel": "Channel echo"}


@pytest.mark.parametrize("word", ["access_key", "API key", "api-key", "API_KEY", " api  KEY ", "Access-Key"])
def test_a_key_and_its_label_are_understood_in_any_form(word: str) -> None:
    assert keys_meant(word, LABELS) == ["access_key"]


@pytest.mark.parametrize("word", ["", "-", "apikey", "api-key-2", "campaigns"])
def test_nothing_else_is(word: str) -> None:
    assert keys_meant(word, LABELS) == []


def test_a_key_wins_over_a_label() -> None:
    assert keys_meant("a", {"a": "B", "b": "A"}) == ["a"]
    assert keys_meant("A", {"a": "B", "b": "A"}) == ["a"], "in another form, too"


def test_a_label_that_several_have_is_not_clear() -> None:
    labels = {"wa": "Support", "mail": "support", "sms": "Alerts"}
    assert keys_meant("SUPPORT", labels) == ["wa", "mail"]
    assert label_hint("SUPPORT", labels) == "it may be 'wa' (Support) or 'mail' (support); give one of these"


@pytest.mark.parametrize("terms", [EVENT_KINDS, PARTICIPANT_TYPES, MESSAGE_TYPES])
def test_no_label_of_a_vocabulary_is_that_of_another(terms: dict[str, object]) -> None:
    labels = {key: term.label for key, term in terms.items()}  # type: ignore[attr-defined]
    assert [keys_meant(label, labels) for label in labels.values()] == [[key] for key in labels]


def test_no_label_of_a_channel_is_that_of_another() -> None:
    assert [keys_meant(label, CHANNEL_LABELS) for label in CHANNEL_LABELS.values()] == [[key] for key in CHANNEL_LABELS]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("contct", "did you mean 'contact'?"),
        ("campain", "did you mean 'connector' (Campaign)?"),
        ("channel ecco", "did you mean 'channel' (Channel echo)?"),
        ("zzz", "expected one of: contact, access_key (API key), connector (Campaign), channel (Channel echo)"),
    ],
)
def test_what_was_meant_is_said_by_key_and_label(word: str, hint: str) -> None:
    assert label_hint(word, LABELS) == hint


def test_where_there_is_nothing_that_is_said() -> None:
    assert label_hint("x", {}) == "there are none"


def test_labels_that_say_what_the_key_says_are_left_out() -> None:
    assert with_labels({"live_chat": "Live chat", "twitter": "X (Twitter)"}) == "live_chat, twitter (X (Twitter))"
