from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import chatwoot_conversation, chatwoot_message, event, malformed, skipped, what, who


def message(**changes: Any) -> Any:
    return event("chatwoot", chatwoot_message(**changes))


def test_a_new_conversation() -> None:
    made = event("chatwoot", chatwoot_conversation())
    assert (made.event, made.channel, made.instance, made.conversation) == (
        "conversation_created",
        "live_chat",
        "3",
        "41",
    )
    assert who(made) == ("contact", "9", "Jane Doe")
    assert (made.at, made.id) == (datetime.fromtimestamp(1_763_800_000, UTC), "conversation_created:41")
    assert made.provider == "chatwoot"


@pytest.mark.parametrize(
    ("first", "starter"),
    [
        ({"message_type": 1, "sender_type": "User", "sender_id": 2, "sender": {"name": "Sam"}}, ("agent", "2", "Sam")),
        ({"message_type": 3, "sender_type": None}, (None, None, None)),  # a greeting
        ({"message_type": 1, "sender_type": "AgentBot", "sender_id": 1}, (None, None, None)),
        ({"message_type": 1, "sender_type": "Captain::Assistant"}, (None, None, None)),
        ({"message_type": "incoming", "sender_type": "contact", "sender_id": 9}, ("contact", "9", "Jane Doe")),
    ],
)
def test_who_started_a_conversation(first: dict[str, Any], starter: tuple[str | None, ...]) -> None:
    assert who(event("chatwoot", chatwoot_conversation(messages=[first]))) == starter


def test_a_conversation_without_a_message_does_not_say_who_started_it() -> None:
    assert event("chatwoot", chatwoot_conversation(messages=[])).participant is None


def test_a_message() -> None:
    made = message()
    assert (made.event, made.channel, made.instance, made.conversation) == ("message_created", "live_chat", "3", "41")
    assert who(made) == ("contact", "9", "Jane Doe")
    assert what(made) == ("text", "Where is my order?")
    assert (made.at, made.id) == (datetime(2025, 11, 22, 8, 26, 40, tzinfo=UTC), "message_created:701")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"message_type": "outgoing", "sender": {"id": 2, "type": "user"}}, "agent"),
        ({"message_type": "outgoing", "sender": {"id": 2, "type": "agent_bot"}}, "bot"),
        ({"message_type": "OUTGOING", "sender": {"id": 2, "type": "AGENT_BOT"}}, "bot"),
        ({"message_type": "incoming", "sender": {"id": 9, "type": "contact"}}, "contact"),
        ({"message_type": "outgoing", "sender": None, "content_attributes": {"automation_rule_id": 4}}, "automation"),
        ({"message_type": "outgoing", "sender": None, "additional_attributes": {"campaign_id": 4}}, "connector"),
        ({"message_type": "template", "sender": None}, None),
        ({"message_type": "outgoing", "sender": {"id": 2, "type": "robot_of_tomorrow"}}, None),
    ],
)
def test_who_wrote(changes: dict[str, Any], kind: str | None) -> None:
    assert who(message(**changes))[0] == kind


def test_who_wrote_is_also_in_the_conversation_if_its_message_is_this_one() -> None:
    sender = {"id": 2, "name": "Nora"}  # no type
    for number, kind in ((701, "bot"), (700, None)):
        conversation = chatwoot_conversation(messages=[{"id": number, "sender_type": "Captain::Assistant"}])
        made = message(message_type="outgoing", sender=sender, conversation=conversation)
        assert who(made) == (kind, "2", "Nora")


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("text", "text"),
        ("input_select", "list"),
        ("form", "list"),
        ("input_csat", "list"),
        ("cards", "carousel"),
        ("incoming_email", "html"),
        ("sticker", "image"),
        ("integrations", None),
        ("voice_call", None),
        ("hologram", None),
        (None, None),
    ],
)
def test_what_was_written(content_type: str | None, kind: str | None) -> None:
    assert what(message(content_type=content_type))[0] == kind


@pytest.mark.parametrize(
    ("file_type", "kind"),
    [("image", "image"), ("audio", "file"), ("video", "file"), ("file", "file"), ("location", "location"),
     ("ig_reel", "file")],
)  # fmt: skip
def test_attachments_have_the_content_type_text(file_type: str, kind: str) -> None:
    assert what(message(content=None, attachments=[{"id": 1, "file_type": file_type}])) == (kind, None)


@pytest.mark.parametrize(
    ("changes", "channel"),
    [
        ({"channel": "Channel::Whatsapp"}, "whatsapp"),
        ({"channel": "channel::EMAIL"}, "email"),
        ({"channel": "Channel::Api"}, "api"),
        ({"channel": "Channel::TwilioSms"}, None),
        ({"channel": "Channel::TwitterProfile"}, "twitter"),
        ({"channel": "Channel::FacebookPage"}, "messenger"),
        (
            {"channel": "Channel::FacebookPage", "additional_attributes": {"type": "instagram_direct_message"}},
            "instagram",
        ),
        ({"channel": "Channel::Discord"}, "discord"),
        ({"channel": None}, None),
    ],
)
def test_channels(changes: dict[str, Any], channel: str | None) -> None:
    assert event("chatwoot", chatwoot_conversation(**changes)).channel == channel


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (chatwoot_message(private=True), "a private note"),
        (chatwoot_message(event="message_updated"), "an edit of a message"),
        (chatwoot_message(message_type="activity"), "a change of the conversation"),
        (chatwoot_conversation("conversation_status_changed"), "a change of the conversation"),
        (
            chatwoot_conversation(
                "conversation_updated",
                changed_attributes=[{"assignee_id": {"previous_value": None, "current_value": 2}}],
            ),
            "an assignment",
        ),
        (chatwoot_conversation("conversation_updated", changed_attributes=[{"priority": {}}]), "a change of the conv"),
        (chatwoot_conversation("conversation_typing_on"), "typing"),
        ({"event": "contact_created", "id": 1}, "a change of a person"),
        (chatwoot_conversation("automation_event.message_created"), "a webhook of a rule"),
        (chatwoot_conversation("conversation_teleported"), "a kind that is not known"),
    ],
)
def test_what_is_no_event(payload: dict[str, Any], reason: str) -> None:
    assert skipped("chatwoot", payload).startswith(reason)


def test_a_rule_sends_a_conversation_too() -> None:
    assert event("chatwoot", chatwoot_conversation("automation_event.conversation_created")).conversation == "41"


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        (chatwoot_message(content=5), ("content",)),
        (chatwoot_message(conversation=[]), ("conversation",)),
        (chatwoot_message(conversation={"id": {"x": 1}}), ("conversation", "id")),
        (chatwoot_message(created_at="yesterday"), ("created_at",)),
        (chatwoot_message(private="no"), ("private",)),
        (chatwoot_message(attachments=[{"file_type": "image"}, 7]), ("attachments", 1)),
        (chatwoot_conversation(id=True), ("id",)),
    ],
)
def test_what_is_not_as_documented(payload: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert malformed("chatwoot", payload).path == path
