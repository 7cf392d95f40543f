from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import BOUND, event, malformed, skipped, twilio_event, what, who

from oncue.importers.catalogue import IMPORTERS

MESSAGE = {"Author": "whatsapp:+31600000001", "ParticipantSid": "MB0001", "MessageSid": "IM0001", "Index": 10,
           "MessageBody": "Hi", "MessagingServiceSid": None}  # fmt: skip


def test_the_four_events() -> None:
    made = event("twilio-events", twilio_event("conversation.added", BOUND))
    assert (made.event, made.channel, made.instance) == ("conversation_created", "whatsapp", "whatsapp:+31200000000")
    assert who(made) == ("contact", None, "whatsapp:+31600000001")
    assert (made.id, made.provider) == ("AB0001:NO0001", "twilio-events")
    made = event("twilio-events", twilio_event("participant.added", BOUND | {"ParticipantSid": "MB0001"}))
    assert (made.event, who(made)[:2]) == ("participant_added", ("contact", "MB0001"))
    left = {"ParticipantSid": "MB0002", "Identity": "sam", "DateUpdated": "2025-11-22T09:00:00Z"}
    made = event("twilio-events", twilio_event("participant.removed", left))
    assert (made.event, who(made)) == ("participant_removed", ("agent", "MB0002", "sam"))
    assert made.at == datetime(2025, 11, 22, 9, tzinfo=UTC)
    made = event("twilio-events", twilio_event("message.added", MESSAGE))
    assert (made.event, made.channel, made.conversation, what(made)) == (
        "message_created", "whatsapp", "CH0001", ("text", "Hi"))  # fmt: skip


def test_the_time_of_the_envelope_comes_first() -> None:
    assert event("twilio-events", twilio_event("message.added")).at == datetime(2025, 11, 22, 8, 26, 40, tzinfo=UTC)
    made = event("twilio-events", twilio_event("message.added", time="2025-11-22T10:00:00Z"))
    assert made.at == datetime(2025, 11, 22, 10, tzinfo=UTC)


def test_several_in_a_list_and_what_the_first_says_of_the_second() -> None:
    both = [
        twilio_event("conversation.added", BOUND),
        twilio_event("message.added", MESSAGE | {"Author": "sam"}, id="2"),
    ]
    first, second = IMPORTERS["twilio-events"].parse(both)
    assert getattr(first, "instance", 0) == getattr(second, "instance", 1) == "whatsapp:+31200000000"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"Media": [{"MediaSid": "ME1", "ContentType": "video/mp4", "Size": 3}]}, "file"),
        ({"ContentSid": "HX1"}, "template"),
    ],
)
def test_what_was_written(data: dict[str, Any], kind: str) -> None:
    assert what(event("twilio-events", twilio_event("message.added", MESSAGE | data)))[0] == kind


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("message.updated", "an edit"), ("message.removed", "a deletion"), ("conversation-state.updated", "a change"),
     ("user.added", "a change of a person"), ("moon.risen", "a kind that is not known")],
)  # fmt: skip
def test_what_is_no_event(kind: str, reason: str) -> None:
    assert skipped("twilio-events", twilio_event(kind)).startswith(reason)


def test_what_is_not_as_documented() -> None:
    assert malformed("twilio-events", twilio_event("message.added") | {"data": None}).path == ("data",)
    found = malformed("twilio-events", twilio_event("message.added", {"Media": [{"ContentType": 1}]}))
    assert found.path == ("data", "Media", 0, "ContentType")
    assert found.message == "found 1, expected text"
