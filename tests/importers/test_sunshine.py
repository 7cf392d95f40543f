from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import (
    USER,
    WHATSAPP_SOURCE,
    event,
    found,
    malformed,
    skipped,
    sunshine,
    sunshine_event,
    sunshine_message,
    what,
    who,
)

from oncue.importers.found import Malformed
from oncue.importers.recorded import RecordedEvent

TEXT = {"type": "text", "text": "Hi"}


def message(author: dict[str, Any], source: dict[str, Any], content: dict[str, Any] = TEXT) -> RecordedEvent:
    return event("sunshine", sunshine(sunshine_message(author, source, content)))


def created(reason: str, source: dict[str, Any] = WHATSAPP_SOURCE) -> RecordedEvent:
    return event(
        "sunshine", sunshine(sunshine_event("conversation:create", creationReason=reason, source=source, user=USER))
    )


def test_a_new_conversation() -> None:
    made = created("message")
    assert (made.event, made.channel, made.instance, made.conversation) == (
        "conversation_created", "whatsapp", "int1", "c1")  # fmt: skip
    assert (who(made), made.id, made.provider) == (("contact", "u1", None), "e1", "sunshine")
    assert made.at == datetime(2025, 11, 22, 8, 26, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("startConversation", "contact"), ("prechatCapture", "contact"), ("notification", "access_key"),
     ("proactiveMessaging", "connector"), ("none", None), ("linkRequest", None), ("telepathy", None)],
)  # fmt: skip
def test_who_started_a_conversation(reason: str, kind: str | None) -> None:
    assert who(created(reason))[0] == kind


def test_a_message_of_the_business_does_not_make_the_user_the_starter() -> None:
    assert created("message", {"type": "api:conversations"}).participant is None


def test_joins_and_leaves_are_those_of_users() -> None:
    made = event("sunshine", sunshine(sunshine_event("conversation:join", user=USER)))
    assert (made.event, who(made), made.channel, made.instance) == (
        "participant_added", ("contact", "u1", None), None, None)  # fmt: skip
    made = event("sunshine", sunshine(sunshine_event("conversation:leave", user=USER)))
    assert (made.event, who(made)) == ("participant_removed", ("contact", "u1", None))


def test_a_message() -> None:
    made = message({"type": "user", "userId": "u1", "displayName": "Jane Doe"}, WHATSAPP_SOURCE)
    assert (made.event, made.channel, made.instance) == ("message_created", "whatsapp", "int1")
    assert (who(made), what(made)) == (("contact", "u1", "Jane Doe"), ("text", "Hi"))
    assert made.at == datetime(2025, 11, 22, 8, 26, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("author", "source", "kind"),
    [
        ({"type": "business"}, {"type": "zd:agentWorkspace", "integrationId": "zd1"}, "agent"),
        ({"type": "business"}, {"type": "zd:answerBot", "integrationId": "zd2"}, "bot"),
        ({"type": "business"}, {"type": "api:conversations"}, "access_key"),
        ({"type": "business", "subtypes": ["AI"]}, {"type": "api:conversations"}, "bot"),
        ({"type": "business", "subtypes": ["agent"]}, {"type": "api:conversations"}, "agent"),
        ({"type": "business"}, {"type": "zd:somethingNew"}, None),
        ({"type": "USER"}, {"type": "Web"}, "contact"),
        ({"type": "alien"}, {"type": "web"}, None),
    ],
)
def test_who_wrote(author: dict[str, Any], source: dict[str, Any], kind: str | None) -> None:
    made = message(author, source)
    assert who(made)[0] == kind
    if ":" in source["type"]:  # the integration of whoever wrote is not the conversation's channel
        assert (made.channel, made.instance) == (None, None)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"type": "carousel"}, "carousel"),
        ({"type": "file"}, "file"),
        ({"type": "form"}, "list"),
        ({"type": "formResponse"}, "text"),
        ({"type": "image", "mediaType": "image/png"}, "image"),
        ({"type": "image", "mediaType": "image/gif"}, "gif"),
        ({"type": "list"}, "list"),
        ({"type": "location"}, "location"),
        ({"type": "template"}, "template"),
        ({"type": "smell"}, None),
        ({}, None),
    ],
)
def test_what_was_written(content: dict[str, Any], kind: str | None) -> None:
    assert what(message({"type": "user"}, WHATSAPP_SOURCE, content))[0] == kind


@pytest.mark.parametrize(
    ("source", "channel"),
    [("web", "live_chat"), ("ios", "live_chat"), ("mailgun", "email"), ("twilio", "sms"), ("googlercs", "rcs"),
     ("apple", "apple_messages"), ("viber", "viber"), ("hologram", "hologram")],
)  # fmt: skip
def test_channels(source: str, channel: str) -> None:
    assert message({"type": "user"}, {"type": source, "integrationId": "i"}).channel == channel


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("conversation:typing", "typing"),
        ("conversation:read", "a receipt"),
        ("conversation:message:delivery:user", "a receipt"),
        ("conversation:remove", "a deletion"),
        ("conversation:postback", "none of the four"),
        ("switchboard:passControl:failure", "a change of the conversation"),
        ("user:update", "a change of a person"),
        ("moon:rise", "a kind that is not known"),
    ],
)
def test_what_is_no_event(kind: str, reason: str) -> None:
    assert skipped("sunshine", sunshine(sunshine_event(kind))).startswith(reason)


def test_a_deleted_message() -> None:
    gone = sunshine_message({"type": "user"}, WHATSAPP_SOURCE, TEXT, deleted=True)
    assert skipped("sunshine", sunshine(gone)) == "a deletion"


def test_several_events_of_which_some_are_not_as_documented() -> None:
    several = sunshine(
        sunshine_event("conversation:join", user=USER),
        sunshine_event("conversation:join", user=7),
        5,  # type: ignore[arg-type]
        sunshine_event("conversation:leave", "e4", user=USER),
    )
    first, second, third, last = found("sunshine", several)
    assert isinstance(first, RecordedEvent)
    assert isinstance(last, RecordedEvent)
    assert isinstance(second, Malformed)
    assert isinstance(third, Malformed)
    assert (second.path, third.path) == (("events", 1, "payload", "user"), ("events", 2))
    assert (first.id, last.id) == ("e1", "e4")


def test_what_is_not_as_documented() -> None:
    assert malformed("sunshine", sunshine() | {"events": {}}).path == ("events",)
    assert malformed("sunshine", sunshine(sunshine_event("conversation:message"))).path == (
        "events", 0, "payload", "message")  # fmt: skip
