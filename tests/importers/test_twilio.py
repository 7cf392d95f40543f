import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import BINDING, event, form_of, malformed, skipped, twilio, twilio_message, what, who

from oncue.importers.twilio import form

ADDED = twilio("onConversationAdded", **BINDING, MessagingServiceSid="MG0001", State="active", MessageBody="Hi")
JOINED = twilio("onParticipantAdded", ParticipantSid="MB0001", RoleSid="RL1", Attributes="{}", **BINDING)


def test_a_new_conversation() -> None:
    made = event("twilio", ADDED)
    assert (made.event, made.channel, made.instance) == ("conversation_created", "whatsapp", "whatsapp:+31200000000")
    assert who(made) == ("contact", None, "whatsapp:+31600000001")
    assert (made.conversation, made.id, made.provider) == ("CH0001", "onConversationAdded:CH0001", "twilio")
    assert made.at == datetime(2025, 11, 22, 8, 26, 40, 123_000, UTC)


@pytest.mark.parametrize(
    ("changes", "starter"),
    [
        ({"Source": "SDK", "ClientIdentity": "sam"}, ("agent", None, "sam")),
        ({"Source": "API"}, ("access_key", None, None)),
        ({"Source": "SDK"}, (None, None, None)),
    ],
)
def test_who_started_a_conversation(changes: dict[str, Any], starter: tuple[str | None, ...]) -> None:
    made = event("twilio", twilio("onConversationAdded", **changes))
    assert who(made) == starter
    assert (made.channel, made.instance) == (None, None)


def test_participants() -> None:
    made = event("twilio", JOINED)
    assert (made.event, who(made)) == ("participant_added", ("contact", "MB0001", "whatsapp:+31600000001"))
    sam = twilio("onParticipantAdded", ParticipantSid="MB0002", Identity="sam", ClientIdentity="boss")
    assert who(event("twilio", sam)) == ("agent", "MB0002", "sam")
    assert who(event("twilio", twilio("onParticipantAdded", ParticipantSid="MB0003"))) == (None, "MB0003", None)


def test_who_left_is_not_who_removed_them() -> None:
    left = twilio("onParticipantRemoved", ParticipantSid="MB0002", Identity="sam", ClientIdentity="boss",
                  DateUpdated="2025-11-22T09:00:00Z")  # fmt: skip
    made = event("twilio", left)
    assert (made.event, who(made)) == ("participant_removed", ("agent", "MB0002", "sam"))
    assert made.at == datetime(2025, 11, 22, 9, tzinfo=UTC)
    assert made.id == "onParticipantRemoved:MB0002"
    assert event("twilio", left | {"DateRemoved": "2025-11-22T08:59:00Z"}).at == datetime(
        2025, 11, 22, 8, 59, tzinfo=UTC
    )


def test_a_message_alone_does_not_say_on_which_number() -> None:
    made = event("twilio", twilio_message())
    assert (made.channel, made.instance, made.id) == ("whatsapp", None, "onMessageAdded:IM0001")
    assert who(made) == ("contact", "MB0001", "whatsapp:+31600000001")
    assert what(made) == ("text", "Hi")
    assert event("twilio", twilio_message(MessagingServiceSid="MG0001")).instance == "MG0001"


def test_the_number_is_that_of_the_conversations_earlier_events() -> None:
    made = event("twilio", ADDED, twilio_message(MessagingServiceSid="MG0001"))
    assert (made.channel, made.instance) == ("whatsapp", "whatsapp:+31200000000")
    answer = twilio_message(Author="sam", Source="SDK", ParticipantSid="MB0002")
    made = event("twilio", ADDED, answer)
    assert (made.channel, made.instance) == ("whatsapp", "whatsapp:+31200000000")
    assert event("twilio", ADDED, answer | {"ConversationSid": "CH0002"}).instance is None


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "contact"),
        ({"Author": "+31600000001", "Source": "SMS"}, "contact"),
        ({"Author": "jane@example.com", "Source": "EMAIL"}, "contact"),
        ({"Author": "sam", "Source": "SDK"}, "agent"),
        ({"Author": "sam", "Source": "API"}, "agent"),
        ({"Author": "system", "Source": "API", "ParticipantSid": None}, "access_key"),
        ({"Author": "someone", "Source": "API", "ParticipantSid": None}, None),
        ({"Author": None, "Source": None, "ParticipantSid": None}, None),
    ],
)
def test_who_wrote(changes: dict[str, Any], kind: str | None) -> None:
    assert who(event("twilio", twilio_message(**changes)))[0] == kind


def test_who_a_participant_is_is_remembered() -> None:
    named = twilio_message(Author="Jane", Source="API")
    assert who(event("twilio", JOINED, named))[0] == "contact"


@pytest.mark.parametrize(
    ("source", "author", "channel"),
    [
        ("SMS", "+31600000001", "sms"),
        ("sms", "whatsapp:+31600000001", "whatsapp"),
        ("WHATSAPP", "+31600000001", "whatsapp"),
        ("EMAIL", "jane@example.com", "email"),
        ("SMS", "messenger:123", "messenger"),
        ("SDK", "sam", None),
        ("API", "system", None),
        ("PIGEON", "coo", "pigeon"),
    ],
)
def test_channels(source: str, author: str, channel: str | None) -> None:
    assert event("twilio", twilio_message(Source=source, Author=author)).channel == channel


def test_an_address_says_more_than_the_word_beside_it() -> None:
    assert event("twilio", ADDED | {"MessagingBinding.Type": "sms"}).channel == "whatsapp"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Media": json.dumps([{"Sid": "ME1", "ContentType": "image/jpeg"}]), "Body": None}, ("image", None)),
        ({"Media": json.dumps([{"ContentType": "image/gif"}])}, ("gif", "Hi")),
        ({"Media": json.dumps([{"ContentType": "IMAGE/PNG"}])}, ("image", "Hi")),
        ({"Media": json.dumps([{"ContentType": "audio/ogg"}])}, ("file", "Hi")),
        ({"Media": json.dumps([{"ContentType": "text/html", "Category": "body"}]), "Body": None}, ("html", None)),
        ({"Media": json.dumps([{"Sid": "ME1"}])}, (None, "Hi")),
        ({"Media": ""}, ("text", "Hi")),
        ({"ContentSid": "HX1"}, ("template", "Hi")),
        ({"Body": None}, (None, None)),
    ],
)
def test_what_was_written(changes: dict[str, Any], message: tuple[str | None, str | None]) -> None:
    assert what(event("twilio", twilio_message(**changes))) == message


def test_a_form_is_the_same_as_the_object_of_its_fields() -> None:
    fields = form(form_of(ADDED))
    assert fields == ADDED
    under = {key.replace(".", "_"): text for key, text in ADDED.items()}  # as PHP has it
    assert event("twilio", under) == event("twilio", ADDED)
    assert form("no form") is form("") is form("a=%ff") is form("&".join(["a=b"] * 1_000)) is None


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("onMessageAdd", "a question before something happens"),
        ("onConversationAdd", "a question before something happens"),
        ("onParticipantRemove", "a question before something happens"),
        ("onMessageUpdate", "a question before something happens"),
        ("onMessageUpdated", "an edit of a message"),
        ("onMessageRemoved", "a deletion"),
        ("onConversationRemoved", "a deletion"),
        ("onConversationStateUpdated", "a change of the conversation"),
        ("onParticipantUpdated", "a change of a person"),
        ("onDeliveryUpdated", "a receipt"),
        ("onUserAdded", "a change of a person"),
        ("onMoonRisen", "a kind that is not known"),
    ],
)
def test_what_is_no_event(kind: str, reason: str) -> None:
    assert skipped("twilio", twilio(kind)).startswith(reason)


def test_kinds_are_compared_in_any_case() -> None:
    assert event("twilio", twilio_message(EventType="ONMESSAGEADDED")).event == "message_created"


@pytest.mark.parametrize(
    ("changes", "key"),
    [({"Media": "[{"}, "Media"), ({"Media": "7"}, "Media"), ({"Media": '[{"ContentType": 7}]'}, "Media"),
     ({"Author": 5}, "Author"), ({"DateCreated": "soon"}, "DateCreated"), ({"ConversationSid": []}, "ConversationSid")],
)  # fmt: skip
def test_what_is_not_as_documented(changes: dict[str, Any], key: str) -> None:
    assert malformed("twilio", twilio_message(**changes)).path == (key,)
