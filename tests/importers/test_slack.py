from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import event, malformed, skipped, slack, what, who


def test_the_four_events() -> None:
    made = event("slack", slack("channel_created", channel={"id": "C1", "name": "help", "creator": "U1"}))
    assert (made.event, made.channel, made.instance, made.conversation) == (
        "conversation_created",
        "slack",
        "T0001",
        "C1",
    )
    assert (who(made), made.id, made.provider) == ((None, "U1", None), "Ev0001", "slack")
    assert made.at == datetime(2025, 11, 22, 8, 26, 40, 100, UTC)
    made = event("slack", slack("im_created", user="U1", channel={"id": "D1"}))
    assert (made.event, made.conversation, who(made)[1]) == ("conversation_created", "D1", "U1")
    joined = event("slack", slack("member_joined_channel", user="U1", channel="C1", channel_type="C", inviter="U2"))
    assert (joined.event, who(joined)) == ("participant_added", (None, "U1", None))
    left = event("slack", slack("member_left_channel", user="U1", channel="C1"))
    assert (left.event, who(left)) == ("participant_removed", (None, "U1", None))
    made = event("slack", slack("message", user="U1", channel="C1", text="hi", ts="1.0", channel_type="channel"))
    assert (made.event, who(made), what(made)) == ("message_created", (None, "U1", None), ("text", "hi"))


@pytest.mark.parametrize(
    ("stated", "participant"),
    [
        ({"user": "U7", "bot_id": "B1", "bot_profile": {"name": "Helper"}}, ("bot", "U7", "Helper")),
        ({"subtype": "bot_message", "bot_id": "B1", "username": "hook"}, ("bot", "B1", "hook")),
        ({"subtype": "BOT_MESSAGE"}, ("bot", None, None)),
        ({"user": "U0BOT"}, ("bot", "U0BOT", None)),
        ({"user": "U1"}, (None, "U1", None)),
        ({}, (None, None, None)),
    ],
)
def test_who_wrote(stated: dict[str, Any], participant: tuple[str | None, ...]) -> None:
    assert who(event("slack", slack("message", channel="C1", text="hi", **stated))) == participant


def test_a_bot_that_joins() -> None:
    assert who(event("slack", slack("member_joined_channel", user="U0BOT", channel="C1")))[0] == "bot"


@pytest.mark.parametrize(
    ("mime", "kind"), [("image/png", "image"), ("image/gif", "gif"), ("video/mp4", "file"), (None, "file")]
)
def test_files(mime: str | None, kind: str) -> None:
    files = [{"id": "F1", "mimetype": mime}]
    made = event("slack", slack("message", subtype="file_share", user="U1", channel="C1", text="", files=files))
    assert what(made) == (kind, None)


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast"])
def test_other_messages(subtype: str) -> None:
    assert (
        event("slack", slack("message", subtype=subtype, user="U1", channel="C1", text="hi")).event == "message_created"
    )


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (slack("message", subtype="channel_join", user="U1", channel="C1"), "reported by another event"),
        (slack("message", subtype="channel_leave", user="U1", channel="C1"), "reported by another event"),
        (slack("message", subtype="message_changed", hidden=True, channel="C1"), "an edit"),
        (slack("message", subtype="message_deleted", channel="C1"), "a deletion"),
        (slack("message", subtype="channel_topic", channel="C1"), "a change of the conversation"),
        (slack("message", subtype="message_from_mars", channel="C1"), "a kind that is not known"),
        (slack("message", hidden=True, channel="C1"), "none of the four"),
        (slack("app_mention", user="U1", channel="C1", text="hi"), "reported by another event"),
        (slack("reaction_added", user="U1"), "a reaction"),
        (slack("function_executed"), "a kind that is not known"),
        ({"type": "url_verification", "challenge": "x"}, "none of the four"),
    ],
)
def test_what_is_no_event(payload: dict[str, Any], reason: str) -> None:
    assert skipped("slack", payload).startswith(reason)


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        ({"type": "event_callback", "team_id": "T1"}, ("event",)),
        (slack("message", user={"id": "U1"}, channel="C1"), ("event", "user")),
        (slack("message", user="U1", files=["x"]), ("event", "files", 0)),
        (slack("message", event_ts="now"), ("event", "event_ts")),
        (slack("message", event_ts="9" * 400), ("event", "event_ts")),
    ],
)
def test_what_is_not_as_documented(payload: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert malformed("slack", payload).path == path
