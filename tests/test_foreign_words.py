"""The words of other systems: each is told apart from ours, and what it is said to be exists."""

import dataclasses
from collections import Counter
from typing import get_args

import pytest

from oncue.cli.commands.match import match
from oncue.domain.conditions import When
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.placeholders import PLACEHOLDERS
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import STEP_TYPES, Step
from oncue.domain.triggers import Trigger
from oncue.domain.values import key_of
from oncue.domain.vocabulary import CHANNEL_LABELS, DELIVERIES, EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import CheckSettings, Instance, WorkspaceConfig
from oncue.foreign_keys import KEYS
from oncue.foreign_words import CHANNELS, VALUES, ForeignWords
from oncue.suggestions import did_you_mean, fold, likely

VALUE_TYPES = (
    Trigger,
    When,
    Hours,
    ScenarioEvent,
    Event,
    ExpectedEffects,
    Participant,
    Message,
    Instance,
    CheckSettings,
    WorkspaceConfig,
)
TABLES = (*VALUE_TYPES, *get_args(Step))
KEY_LISTS = [
    *([key_of(field) for field in dataclasses.fields(table) if field.init] for table in TABLES),
    *([field.name for field in dataclasses.fields(table) if field.name != "id"] for table in (Flow, Scenario)),
]
VOCABULARIES: list[list[str]] = [
    list(each) for each in (EVENT_KINDS, PARTICIPANT_TYPES, MESSAGE_TYPES, STEP_TYPES, DELIVERIES)
]
VOCABULARIES += [list(PLACEHOLDERS), [name for option in match.params for name in option.opts], *KEY_LISTS]


def of_words(words: ForeignWords) -> list[list[str]]:
    return [each for each in VOCABULARIES if set(words.signs) <= set(each)]


@pytest.mark.parametrize("words", [*VALUES, *KEYS], ids=lambda words: "/".join(words.signs))
def test_the_words_are_those_of_a_vocabulary(words: ForeignWords) -> None:
    vocabularies = of_words(words)
    assert vocabularies
    ours = {term for vocabulary in vocabularies for term in vocabulary}
    for meant in words.here:
        assert {*meant.split(" | ")} <= ours
    common = set.intersection(*({*map(fold, vocabulary)} for vocabulary in vocabularies))
    spelt = Counter(
        fold(each) for foreign in (*words.here.values(), *words.nowhere.values()) for each in foreign.split()
    )
    assert not spelt.keys() & common, "which is a word of ours"
    assert [each for each, count in spelt.items() if count > 1] == []


def test_foreign_channels_are_of_the_catalogue() -> None:
    assert CHANNELS.keys() <= CHANNEL_LABELS.keys()
    spelt = [fold(each) for foreign in CHANNELS.values() for each in foreign.split()]
    assert not {*spelt} & {*CHANNEL_LABELS}


def advice(word: str, vocabulary: object) -> str:
    return did_you_mean(word, vocabulary)  # type: ignore[arg-type]  # whichever it is


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("participant_left", "participant_removed"),
        ("participant.left", "participant_removed"),
        ("onParticipantRemoved", "participant_removed"),
        ("member_joined_channel", "participant_added"),
        ("messages.upsert", "message_created"),
        ("MESSAGE_CREATED", "message_created"),
        ("message-created", "message_created"),
        ("message_create", "message_created"),
        ("mesage_craeted", "message_created"),
        ("conversation.user.created", "conversation_created"),
    ],
)
def test_events_that_are_called_otherwise(word: str, meant: str) -> None:
    assert advice(word, EVENT_KINDS) == f"did you mean {meant!r}?"


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("conversation_closed", "a conversation that is closed"),
        ("conversation_opened", "a conversation that is opened again"),
        ("conversation_assigned", "an assignment"),
        ("conversation_status_changed", "a change of status"),
        ("message_read", "a receipt"),
        ("message_delivered", "a receipt"),
        ("message_sent", "a receipt"),
        ("message_updated", "an edited message"),
        ("message_edited", "an edited message"),
        ("message_deleted", "a deleted message"),
        ("reaction_added", "a reaction"),
        ("typing", "typing"),
    ],
)
def test_events_that_there_are_not(word: str, reason: str) -> None:
    said = advice(word, EVENT_KINDS)
    assert said.startswith(f"oncue has no event for {reason}")
    assert said.endswith(f"; expected one of: {', '.join(EVENT_KINDS)}")
    assert "did you mean" not in said


@pytest.mark.parametrize(
    ("word", "vocabulary", "meant"),
    [
        ("conversation", MESSAGE_TYPES, "text"),
        *((word, MESSAGE_TYPES, "file") for word in ("audio", "video", "voice", "document", "pdf", "Video")),
        *((word, MESSAGE_TYPES, "image") for word in ("sticker", "photo")),
        *((word, PARTICIPANT_TYPES, "bot") for word in ("AgentBot", "agent_bot", "ai")),
        *((word, PARTICIPANT_TYPES, "agent") for word in ("user", "human", "operator", "admin", "teammate")),
        *((word, PARTICIPANT_TYPES, "access_key") for word in ("api", "apikey", "api_key")),
        ("customer", PARTICIPANT_TYPES, "contact"),
        ("campaign", PARTICIPANT_TYPES, "connector"),
        ("rule", PARTICIPANT_TYPES, "automation"),
        ("echo", PARTICIPANT_TYPES, "channel"),
        ("assign", STEP_TYPES, "assign_agent"),
        ("send_mesage", STEP_TYPES, "send_message"),
        ("private_note", STEP_TYPES, "add_note"),
        ("resolve", STEP_TYPES, "close_conversation"),
        ("add_tag", STEP_TYPES, "add_label"),
        ("delay", STEP_TYPES, "wait"),
        ("untag", STEP_TYPES, "remove_label"),
        ("assign_group", STEP_TYPES, "assign_team"),
        ("remove_assignee", STEP_TYPES, "unassign"),
        ("unarchive", STEP_TYPES, "reopen_conversation"),
        ("duplicate", DELIVERIES, "twice"),
        ("delayed", DELIVERIES, "late"),
        ("out_of_order", DELIVERIES, "swapped"),
        ("agent.name", PLACEHOLDERS, "conversation.assignee"),
        ("inbox.name", PLACEHOLDERS, "conversation.instance"),
        ("contact.name", PLACEHOLDERS, "participant.name"),
        ("message.body", PLACEHOLDERS, "message.text"),
    ],
)
def test_values_that_are_called_otherwise(word: str, vocabulary: object, meant: str) -> None:
    assert advice(word, vocabulary) == f"did you mean {meant!r}?"


def test_a_word_that_may_be_either_names_both() -> None:
    assert advice("add_agent", STEP_TYPES) == "did you mean 'assign_agent' or 'add_participant'?"


@pytest.mark.parametrize(
    ("word", "vocabulary", "said"),
    [
        ("reaction", MESSAGE_TYPES, "oncue has no message type for a reaction; expected"),
        ("story_mention", MESSAGE_TYPES, "oncue has no message type for a story; expected"),
        ("note", MESSAGE_TYPES, "oncue has no message type for a note: a note is no message; expected"),
        ("private_note", MESSAGE_TYPES, "oncue has no message type for a note: a note is no message; expected"),
        ("set_priority", STEP_TYPES, "oncue has no step for priorities; expected"),
        ("set_status", STEP_TYPES, "closing and reopening are steps of their own, and a conversation has no other"),
        ("mute_conversation", STEP_TYPES, "oncue has no step that mutes or puts off a conversation; expected"),
        ("wait_for_reply", STEP_TYPES, "oncue has no step that asks and waits for an answer; expected"),
        ("conversation.subject", PLACEHOLDERS, "no placeholder has the subject of a conversation; expected"),
        ("never", DELIVERIES, "oncue has no delivery that never comes; expected"),
    ],
)
def test_values_that_there_are_not(word: str, vocabulary: object, said: str) -> None:
    assert advice(word, vocabulary).startswith(said)


def keys(*present: str) -> list[str]:
    return next(each for each in KEY_LISTS if {*present} <= {*each})


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("active", keys("trigger", "steps"), "enabled"),
        ("title", keys("trigger", "steps"), "name"),
        ("actions", keys("trigger", "steps"), "steps"),
        ("chanel", keys("message_types", "event"), "channel"),
        ("participant_type", keys("message_types", "event"), "participant_types"),
        ("inbox", keys("message_types", "event"), "instance"),
        ("type", keys("at", "id", "event"), "event"),
        ("timestamp", keys("at", "id", "event"), "at"),
        ("body", ["type", "text"], "text"),
        ("delay", keys("after", "at", "event"), "after"),
        ("duration", keys("type", "for"), "for"),
    ],
)
def test_keys_that_are_called_otherwise(word: str, known: list[str], meant: str) -> None:
    assert advice(word, known) == f"did you mean {meant!r}?"


@pytest.mark.parametrize("word", ["name", "description", "tags"])
def test_a_key_of_the_flow_that_is_in_its_trigger_stands_too_low(word: str) -> None:
    said = advice(word, keys("message_types", "event"))
    assert said is not None
    assert said.startswith("it belongs to the flow: write it above [trigger]")


def test_an_event_of_a_scenario_has_no_channel_of_its_own() -> None:
    scripted, recorded = keys("expect", "delivery"), keys("at", "id", "event")
    assert (advice("channel", scripted) or "").startswith("an event names its instance")
    assert advice("timestamp", scripted) == "did you mean 'at'?"
    assert advice("delay", scripted) == "did you mean 'after'?"
    assert advice("timestamp", recorded) == "did you mean 'at'?"


def test_a_key_that_means_the_opposite_is_never_suggested() -> None:
    trigger = keys("message_types", "event")
    for word in ("exclude_participant_types", "not_participant_types", "no_participant_types", "unparticipant_types"):
        assert "did you mean" not in advice(word, trigger)
    assert "list the others in participant_types" in advice("exclude_participant_types", trigger)
    assert advice("disabled", keys("trigger", "steps")).startswith("to switch a flow off write enabled = false;")
    for word, ours in (("unenabled", "enabled"), ("not_closed", "closed"), ("without_labels", "labels")):
        assert likely(word, [ours]) == []
