from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import JANE, SAM, event, intercom, intercom_conversation, malformed, skipped, what, who

ATTACHED = intercom(
    "conversation.contact.attached",
    {"conversation": {"model": {"id": 215, "initial_channel": 3}}, "contact": {"id": "6f1", "role": "lead"}},
)


def reply(part: dict[str, Any], source: str = "conversation", topic: str = "conversation.user.replied") -> Any:
    return event("intercom", intercom(topic, intercom_conversation(source, part)))


def test_new_conversations() -> None:
    made = event("intercom", intercom("conversation.user.created", intercom_conversation()))
    assert (made.event, made.channel, made.instance, made.conversation) == (
        "conversation_created", "live_chat", "ab12", "215")  # fmt: skip
    assert (who(made), made.id, made.provider) == (("contact", "6f1", "Jane Doe"), "notif_0001", "intercom")
    assert made.at == datetime.fromtimestamp(1_763_799_999, UTC)
    conversation = intercom_conversation()
    conversation["source"] |= {"author": SAM, "delivered_as": "admin_initiated"}
    made = event("intercom", intercom("conversation.admin.single.created", conversation))
    assert (made.event, who(made)) == ("conversation_created", ("agent", "77", "Sam"))


def test_messages() -> None:
    made = reply({"body": "<p>Where is <b>my</b> order?</p><p>Jane &amp; co</p>"})
    assert (made.event, who(made)) == ("message_created", ("contact", "6f1", "Jane Doe"))
    assert what(made) == ("text", "Where is my order?\nJane & co")
    assert made.at == datetime.fromtimestamp(1_763_800_100, UTC)
    made = reply({"author": SAM, "body": "<p>Yes</p>"}, topic="conversation.admin.replied")
    assert who(made) == ("agent", "77", "Sam")


@pytest.mark.parametrize(
    ("author", "kind"),
    [
        ({"type": "lead", "id": "1"}, "contact"),
        ({"type": "bot", "id": "1"}, "bot"),
        ({"type": "admin", "id": "1", "from_ai_agent": True}, "bot"),
        ({"type": "admin", "id": "1", "is_ai_answer": True}, "bot"),
        ({"type": "ADMIN", "id": "1"}, "agent"),
        ({"type": "team", "id": "1"}, None),
        ({"type": "hologram", "id": "1"}, None),
        (None, None),
    ],
)
def test_who_wrote(author: dict[str, Any] | None, kind: str | None) -> None:
    assert who(reply({"author": author, "body": "<p>x</p>"}))[0] == kind


@pytest.mark.parametrize(
    ("source", "part", "message"),
    [
        ("email", {"body": "<div>Hi</div>"}, ("html", "<div>Hi</div>")),
        ("conversation", {"body": None, "attachments": [{"content_type": "image/png"}]}, ("image", None)),
        ("conversation", {"body": "<p>see</p>", "attachments": [{"content_type": "application/pdf"}]}, ("file", "see")),
        ("conversation", {"body": '<p><img src="https://x.example/a.png"></p>'}, ("image", None)),
        ("whatsapp", {"body": "plain"}, ("text", "plain")),
        ("whatsapp", {"body": None}, (None, None)),
    ],
)
def test_what_was_written(source: str, part: dict[str, Any], message: tuple[str | None, str | None]) -> None:
    assert what(reply(part, source)) == message


@pytest.mark.parametrize(
    ("source", "channel"),
    [("facebook", "messenger"), ("phone_call", "voice"), ("SMS", "sms"), ("twitter", "twitter"), ("push", None),
     ("phone_switch", None), ("instagram", "instagram")],
)  # fmt: skip
def test_channels(source: str, channel: str | None) -> None:
    assert event("intercom", intercom("conversation.user.created", intercom_conversation(source))).channel == channel


def test_contacts_join_and_leave_on_the_channel_of_the_conversation() -> None:
    made = event("intercom", ATTACHED)
    assert (made.event, made.conversation, made.channel) == ("participant_added", "215", None)
    assert who(made) == ("contact", "6f1", None)
    left = ATTACHED | {"topic": "conversation.contact.detached"}
    made = event("intercom", intercom("conversation.user.created", intercom_conversation("whatsapp")), left)
    assert (made.event, made.channel, made.instance) == ("participant_removed", "whatsapp", "ab12")


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("conversation.admin.assigned", "an assignment"),
        ("conversation.admin.noted", "a private note"),
        ("conversation.admin.closed", "a change of the conversation"),
        ("conversation.read", "a receipt"),
        ("conversation.deleted", "a deletion"),
        ("conversation_part.redacted", "a deletion"),
        ("moon.risen", "a kind that is not known"),
    ],
)
def test_what_is_no_event(topic: str, reason: str) -> None:
    assert skipped("intercom", intercom(topic, {"id": "215"})).startswith(reason)
    note = intercom_conversation(part={"part_type": "note", "author": SAM, "body": "<p>psst</p>"})
    assert skipped("intercom", intercom("conversation.admin.replied", note)) == "a private note"


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        (intercom("conversation.user.created", {}) | {"data": None}, ("data",)),
        (intercom("conversation.user.created", {"source": {"author": JANE | {"name": 4}}}),
         ("data", "item", "source", "author", "name")),
        (intercom("conversation.user.replied", {"conversation_parts": {"conversation_parts": {}}}),
         ("data", "item", "conversation_parts", "conversation_parts")),
    ],
)  # fmt: skip
def test_what_is_not_as_documented(payload: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert malformed("intercom", payload).path == path
