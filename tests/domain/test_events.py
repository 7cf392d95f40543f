"""An event carries its key; what it does not state is unknown. Only messages have messages."""

import json

import pytest
from hypothesis import given
from tests import strategies

from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.fitting import RuleError
from oncue.domain.plain import as_plain
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType

LINE = """{"event":"message_created","channel":"whatsapp","instance":"wa-support-nl","conversation":"c-1",
 "participant":{"type":"contact","id":"p-1","name":"Jane"},"message":{"type":"text","text":"hi"},
 "at":"2026-11-22T10:00:00Z","id":"evt-1"}"""


def test_the_key_of_an_event_that_states_everything() -> None:
    event = Event(**json.loads(LINE))
    assert event.key == ("message_created", "whatsapp", "wa-support-nl", "contact", "text")
    assert event.at is not None
    assert event.at.isoformat() == "2026-11-22T10:00:00+00:00"


@pytest.mark.parametrize(
    "event",
    [
        Event(event="message_created"),
        Event(event="message_created", participant=Participant(name="Jane"), message=Message(text="hi")),
    ],
)
def test_what_is_not_stated_is_unknown(event: Event) -> None:
    assert event.key == EventKey("message_created", None, None, None, None)


@given(strategies.events())
def test_the_key_is_a_plain_tuple_s_equal(event: Event) -> None:
    assert event.key == tuple(event.key)
    assert hash(event.key) == hash(tuple(event.key))


@pytest.mark.parametrize("key", ["key", "chanel"])
def test_a_key_cannot_be_given(key: str) -> None:
    with pytest.raises(RuleError, match=f"{key}: unknown key"):
        Event(**{"event": "message_created", key: "x"})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["conversation_created", "participant_added", "participant_removed"])
def test_only_message_events_have_messages(kind: EventKind) -> None:
    with pytest.raises(RuleError, match="message is only for"):
        Event(event=kind, message=Message())
    with pytest.raises(RuleError, match="message is only for"):
        ScenarioEvent(event=kind, instance="wa-1", message=Message())
    with pytest.raises(RuleError, match="message_types is only for"):
        Trigger(event=kind, channel="whatsapp", message_types=frozenset())


def test_a_trigger_writes_its_types_in_the_order_of_the_vocabulary() -> None:
    people: frozenset[ParticipantType] = frozenset({"bot", "automation", "contact"})
    kinds: frozenset[MessageType] = frozenset({"action", "text", "gif"})
    trigger = Trigger(event="message_created", channel="a", participant_types=people, message_types=kinds)
    assert as_plain(trigger) == {
        "event": "message_created",
        "channel": "a",
        "participant_types": ["contact", "bot", "automation"],
        "message_types": ["text", "gif", "action"],
    }
