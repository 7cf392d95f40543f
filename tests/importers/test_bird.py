from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import (
    AGENT,
    CONTACT,
    bird,
    bird_channel,
    bird_last,
    event,
    found,
    malformed,
    skipped,
    what,
    who,
)

from oncue.importers.recorded import RecordedEvent

CREATED = bird("created")


def updated(minute: int = 30, **changes: Any) -> dict[str, Any]:
    return bird("updated", f"2025-11-22T08:{minute}:00Z", **changes)


BOTH: dict[str, Any] = {"featuredParticipants": [CONTACT, AGENT], "activeParticipantCount": 2}


def test_a_new_conversation() -> None:
    made = event("bird", CREATED)
    assert (made.event, made.channel, made.instance, made.conversation) == ("conversation_created", None, "ch-1", "k-1")
    assert (who(made), made.id, made.provider) == (("contact", "p-1", "Jane Doe"), "k-1:created", "bird")
    assert made.at == datetime(2025, 11, 22, 8, 26, 40, 123_000, UTC)


@pytest.mark.parametrize(
    ("stated", "kind"),
    [("user", "agent"), ("agent", "agent"), ("contact", "contact"), ("flow", "flow"), ("bot", "bot"),
     ("accessKey", "access_key"), ("channel", "channel"), ("connector", "connector"),
     ("collaborationAutomation", "automation"), ("hologram", None)],
)  # fmt: skip
def test_participants(stated: str, kind: str | None) -> None:
    assert who(event("bird", bird("created", initiatingParticipant={"id": "p", "type": stated}))) == (kind, "p", None)


def test_a_single_update_says_nothing_of_what_changed() -> None:
    assert skipped("bird", updated(lastMessage=bird_last("m-1"))).startswith("the first that is heard")


def test_who_came_and_went_is_the_difference_of_two_updates() -> None:
    joined = event("bird", CREATED, updated(**BOTH))
    assert (joined.event, who(joined), joined.instance) == ("participant_added", ("agent", "p-2", "Sam"), "ch-1")
    assert joined.at == datetime(2025, 11, 22, 8, 30, tzinfo=UTC)
    left = event("bird", CREATED, updated(**BOTH), updated(31))
    assert (left.event, who(left)) == ("participant_removed", ("agent", "p-2", "Sam"))
    invited = [CONTACT, AGENT | {"status": "invited"}]
    assert skipped("bird", CREATED, updated(featuredParticipants=invited)).startswith("a change of the conversation")


def test_a_sample_of_the_participants_does_not_say_who_is_missing() -> None:
    many: dict[str, Any] = {"featuredParticipants": [CONTACT, AGENT], "activeParticipantCount": 9}
    assert skipped("bird", CREATED, updated(**BOTH), updated(31, activeParticipantCount=9)).startswith(
        "a change of the"
    )
    later: dict[str, Any] = {"featuredParticipants": [CONTACT, AGENT | {"id": "p-3"}], "activeParticipantCount": 9}
    assert skipped("bird", updated(**many), updated(31, **later)).startswith("a change of the conversation")


def test_a_new_last_message_is_a_message() -> None:
    made = event("bird", CREATED, updated(lastMessage=bird_last("m-1")))
    assert (made.event, who(made)[0], what(made)) == ("message_created", "contact", ("text", "Hi"))
    assert (made.id, made.at) == ("k-1:message:m-1", datetime(2025, 11, 22, 8, 30, tzinfo=UTC))
    again = updated(31, lastMessage=bird_last("m-1", status="delivered"))
    assert skipped("bird", CREATED, updated(lastMessage=bird_last("m-1")), again).startswith("a change of the conv")


def test_what_there_was_at_first_sight_is_no_news() -> None:
    opening = bird("created", lastMessage=bird_last("m-1"))
    assert skipped("bird", opening, updated(lastMessage=bird_last("m-1"))).startswith("a change of the conversation")


def test_a_join_and_a_message_in_one_update() -> None:
    both = updated(**BOTH, lastMessage=bird_last("m-1", sender=AGENT))
    kinds = [each.event for each in found("bird", CREATED, both) if isinstance(each, RecordedEvent)]
    assert kinds == ["conversation_created", "participant_added", "message_created"]


def test_what_was_not_sent_and_what_comes_late() -> None:
    for changes in ({"draft": True}, {"status": "sending_failed"}):
        late = updated(lastMessage=bird_last("m-1") | changes)
        assert skipped("bird", CREATED, late) == "a message that was not sent"
    assert skipped("bird", updated(40), updated(35, lastMessage=bird_last("m-1"))).startswith("older than")


@pytest.mark.parametrize(
    "kind", ["text", "html", "image", "file", "gif", "location", "carousel", "list", "section", "authentication",
             "template", "action"],
)  # fmt: skip
def test_kinds_of_messages(kind: str) -> None:
    assert what(event("bird", CREATED, updated(lastMessage=bird_last("m-1", kind.upper()))))[0] == kind
    assert what(event("bird", bird_channel(body={"type": kind})))[0] == kind


def test_other_kinds_of_messages_are_not_known() -> None:
    assert what(event("bird", bird_channel(body={"type": "rawJson", "rawJson": {}})))[0] is None
    assert what(event("bird", bird_channel(body=None, template={"name": "x"})))[0] == "template"


def test_a_message_of_the_service_channels() -> None:
    made = event("bird", bird_channel())
    assert (made.event, made.channel, made.instance, made.conversation) == ("message_created", "whatsapp", "ch-1", None)
    assert (who(made), what(made), made.id) == (("contact", "p-1", "Jane Doe"), ("text", "Hi"), "message:msg-1")
    assert event("bird", bird_channel("facebook.inbound")).channel == "messenger"


@pytest.mark.parametrize(
    ("meta", "writer"),
    [
        ({"flow": {"id": "f-1", "name": "Welcome"}}, ("flow", "f-1", "Welcome")),
        ({"campaign": {"id": "c-1", "name": "Spring"}}, ("connector", "c-1", "Spring")),
        ({}, (None, None, None)),
    ],
)
def test_who_sent(meta: dict[str, Any], writer: tuple[str | None, ...]) -> None:
    assert who(event("bird", bird_channel("whatsapp.outbound", meta=meta, direction="outgoing"))) == writer


def test_an_outgoing_message_is_reported_again_with_each_status() -> None:
    sent, delivered = (bird_channel("sms.outbound", status=status) for status in ("accepted", "delivered"))
    assert skipped("bird", sent, delivered) == "a receipt"
    assert skipped("bird", bird_channel("sms.outbound", status="rejected")) == "a message that was not sent"
    assert skipped("bird", bird_channel(), bird_channel()).startswith("reported by another event")


def test_a_message_that_both_services_report_is_one() -> None:
    seen = updated(lastMessage=bird_last("msg-1"))
    assert skipped("bird", CREATED, bird_channel(), seen).startswith("reported by another event")


def test_the_channel_of_an_instance_is_remembered() -> None:
    assert event("bird", bird_channel(), CREATED).channel == "whatsapp"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (bird_channel("whatsapp.interaction"), "a receipt"),
        (bird_channel("channel.created"), "none of the four"),
        (bird("deleted"), "a deletion"),
        ({"service": "numbers", "event": "number.bought", "payload": {}}, "a kind that is not known"),
    ],
)
def test_what_is_no_event(payload: dict[str, Any], reason: str) -> None:
    assert skipped("bird", payload).startswith(reason)


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        (CREATED | {"payload": []}, ("payload",)),
        (bird("created", initiatingParticipant="Jane"), ("payload", "initiatingParticipant")),
        (bird("created", featuredParticipants=[1]), ("payload", "featuredParticipants", 0)),
        (bird_channel(body={"type": "text", "text": "Hi"}), ("payload", "body", "text")),
    ],
)
def test_what_is_not_as_documented(payload: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert malformed("bird", payload).path == path
