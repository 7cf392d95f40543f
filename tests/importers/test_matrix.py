from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.samples import event, found, malformed, matrix, member, skipped, what, who

from oncue.importers.found import Malformed, Skipped
from oncue.importers.recorded import RecordedEvent


def message(**content: Any) -> RecordedEvent:
    return event("matrix", matrix("m.room.message", {"msgtype": "m.text", "body": "Hi"} | content))


def test_the_four_events() -> None:
    made = event("matrix", matrix("m.room.create", {"room_version": "11"}, state_key=""))
    assert (made.event, made.channel, made.instance, made.conversation) == (
        "conversation_created", "matrix", "example.org", "!r:example.org")  # fmt: skip
    assert (who(made), made.id, made.provider) == ((None, "@jane:example.org", None), "$e1", "matrix")
    assert made.at == datetime(2025, 11, 22, 8, 26, 40, 123_000, UTC)
    made = event("matrix", member("join"))
    assert (made.event, who(made)) == ("participant_added", (None, "@jane:example.org", "Jane"))
    made = event("matrix", member("leave", "join"))
    assert (made.event, who(made)) == ("participant_removed", (None, "@jane:example.org", "Jane"))
    made = message()
    assert (made.event, who(made), what(made)) == (
        "message_created", (None, "@jane:example.org", None), ("text", "Hi"))  # fmt: skip


def test_a_newer_room_has_no_server_in_its_id() -> None:
    assert event("matrix", member("join", room_id="!31hneApxJ_1o")).instance is None
    assert event("matrix", member("join", room_id="!r:example.org:8448")).instance == "example.org:8448"


def test_who_was_banned_is_not_who_banned_them() -> None:
    assert who(event("matrix", member("ban", "join", sender="@mod:example.org")))[1] == "@jane:example.org"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (member("join", "join"), "a change of a person"),
        (member("invite"), "none of the four"),
        (member("knock"), "none of the four"),
        (member("leave", "invite"), "of somebody who had not joined"),
        (member("ban", "leave"), "of somebody who had not joined"),
        (member("leave"), "not stated whether they had joined"),
        (member("teleport"), "a kind that is not known"),
        (matrix("m.room.message", {"msgtype": "m.text", "m.relates_to": {"rel_type": "m.replace"}}), "an edit"),
        (matrix("m.room.message", {"msgtype": "m.key.verification.request"}), "none of the four"),
        (matrix("m.room.message", {}, unsigned={"redacted_because": {}}), "a deletion"),
        (matrix("m.room.redaction", {}), "a deletion"),
        (matrix("m.reaction", {}), "a reaction"),
        (matrix("m.room.encrypted", {}), "encrypted"),
        (matrix("m.room.topic", {"topic": "x"}), "a change of the conversation"),
        (matrix("org.example.moon", {}), "a kind that is not known"),
    ],
)
def test_what_is_no_event(payload: dict[str, Any], reason: str) -> None:
    assert skipped("matrix", payload).startswith(reason)


def test_the_membership_before_is_remembered() -> None:
    assert event("matrix", member("join"), member("leave")).event == "participant_removed"
    assert skipped("matrix", member("join"), member("join")).startswith("a change of a person")
    assert skipped("matrix", member("join"), member("leave", room_id="!other:example.org")).startswith("not stated")


@pytest.mark.parametrize(
    ("content", "kind", "writer"),
    [
        ({"msgtype": "m.emote"}, "text", None),
        ({"msgtype": "m.notice"}, "text", "bot"),
        ({"msgtype": "M.NOTICE"}, "text", "bot"),
        ({"msgtype": "m.image", "info": {"mimetype": "image/png"}}, "image", None),
        ({"msgtype": "m.image", "info": {"mimetype": "image/gif"}}, "gif", None),
        ({"msgtype": "m.image"}, "image", None),
        ({"msgtype": "m.audio"}, "file", None),
        ({"msgtype": "m.video"}, "file", None),
        ({"msgtype": "m.file"}, "file", None),
        ({"msgtype": "m.location"}, "location", None),
        ({"msgtype": "org.example.smell"}, None, None),
    ],
)
def test_what_was_written(content: dict[str, Any], kind: str | None, writer: str | None) -> None:
    made = message(**content)
    assert (what(made)[0], who(made)[0]) == (kind, writer)


def test_a_sticker() -> None:
    assert what(event("matrix", matrix("m.sticker", {"body": "Wave", "url": "mxc://x/y"}))) == ("image", "Wave")


def test_a_transaction_of_an_application_service() -> None:
    first, second = found("matrix", {"events": [member("join"), matrix("m.room.topic", {})], "ephemeral": []})
    assert isinstance(first, RecordedEvent)
    assert isinstance(second, Skipped)
    assert found("matrix", {"events": []}) == []


def test_a_sync() -> None:
    joined = {key: value for key, value in member("join").items() if key != "room_id"}
    rooms = {
        "join": {
            "!r:example.org": {
                "state": {"events": [joined | {"state_key": "@old:example.org"}]},
                "timeline": {"events": [joined, 7], "limited": False},
                "ephemeral": {"events": [{"type": "m.typing", "content": {}}, {"type": "m.receipt", "content": {}}]},
            },
            "!broken:example.org": [],
        },
        "invite": {"!i:example.org": {"invite_state": {"events": []}}},
    }
    state, made, wrong, typing, receipt, broken, invited = found("matrix", {"next_batch": "s", "rooms": rooms})
    assert isinstance(state, Skipped)
    assert state.reason.startswith("the room's state before")
    assert isinstance(made, RecordedEvent)
    assert (made.conversation, who(made)[1]) == ("!r:example.org", "@jane:example.org")
    assert isinstance(wrong, Malformed)
    assert wrong.path == ("rooms", "join", "!r:example.org", "timeline", "events", 1)
    assert [each.reason for each in (typing, receipt, invited) if isinstance(each, Skipped)] == [
        "typing", "a receipt", "none of the four events"]  # fmt: skip
    assert isinstance(broken, Malformed)
    assert broken.path == ("rooms", "join", "!broken:example.org")


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        (matrix("m.room.message", {"msgtype": 7}), ("content", "msgtype")),
        (matrix("m.room.message", {"msgtype": "m.text", "body": {}}), ("content", "body")),
        (matrix("m.room.member", {}, unsigned=[]), ("unsigned",)),
        (member("join", origin_server_ts="soon"), ("origin_server_ts",)),
        (member("join", origin_server_ts=1e300), ("origin_server_ts",)),
    ],
)
def test_what_is_not_as_documented(payload: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert malformed("matrix", payload).path == path
