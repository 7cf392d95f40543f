"""The words are those of the specification, and each has a label and help."""

from typing import get_args

import pytest

from oncue.domain.rules import is_slug
from oncue.domain.steps import STEP_TYPES, Step, StepType, new_step
from oncue.domain.vocabulary import (
    CHANNEL_LABELS,
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
    in_order,
)

WORDS = [*EVENT_KINDS.values(), *PARTICIPANT_TYPES.values(), *MESSAGE_TYPES.values(), *STEP_TYPES.values()]


def test_the_words() -> None:
    assert list(EVENT_KINDS) == ["conversation_created", "participant_added", "participant_removed", "message_created"]
    assert [f"{value} · {term.label}" for value, term in PARTICIPANT_TYPES.items()] == [
        "contact · Contact",
        "agent · Agent",
        "bot · Bot",
        "flow · Flow",
        "access_key · API key",
        "connector · Campaign",
        "channel · Channel echo",
        "automation · Automation rule",
    ]
    assert " ".join(MESSAGE_TYPES) == (
        "text html image file gif location carousel list section authentication template action"
    )
    assert " ".join(STEP_TYPES) == (
        "send_message assign_agent assign_team unassign add_note notify_participants update_contact add_participant"
        " remove_participant add_label remove_label wait close_conversation reopen_conversation"
    )


@pytest.mark.parametrize(
    ("literal", "mapping"),
    [
        (EventKind, EVENT_KINDS),
        (ParticipantType, PARTICIPANT_TYPES),
        (MessageType, MESSAGE_TYPES),
        (StepType, STEP_TYPES),
    ],
)
def test_type_and_labels_agree(literal: object, mapping: dict[str, object]) -> None:
    assert get_args(literal) == tuple(mapping)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.label)
def test_every_word_has_label_and_help(words: tuple[str, ...]) -> None:
    label, help_ = words[:2]
    assert label[0].isupper()
    assert help_
    assert len(help_) < 80


def test_labels_are_unique() -> None:
    for mapping in (EVENT_KINDS, PARTICIPANT_TYPES, MESSAGE_TYPES, STEP_TYPES):
        labels = [term.label for term in mapping.values()]
        assert len(set(labels)) == len(labels)
    assert len(set(CHANNEL_LABELS.values())) == len(CHANNEL_LABELS)


def test_the_two_events_that_are_mistaken_for_each_other_point_to_each_other() -> None:
    assert EVENT_KINDS["message_created"].label in EVENT_KINDS["conversation_created"].otherwise
    assert EVENT_KINDS["conversation_created"].label in EVENT_KINDS["message_created"].otherwise


def test_channels_are_slugs() -> None:
    assert all(is_slug(channel) for channel in CHANNEL_LABELS)
    assert len(CHANNEL_LABELS) == 20


def test_in_order() -> None:
    assert in_order(["text", "gif", "text", "html"], MESSAGE_TYPES) == ["text", "html", "gif"]


@pytest.mark.parametrize("kind", list(STEP_TYPES))
def test_a_new_step_is_of_its_kind(kind: StepType) -> None:
    assert new_step(kind).type == kind


def test_there_is_one_class_for_each_step_type() -> None:
    assert len(get_args(Step)) == len(STEP_TYPES) == len({type(new_step(kind)) for kind in STEP_TYPES})
