import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Oncue, Ran
from tests.importers.samples import (
    BINDING,
    chatwoot_conversation,
    chatwoot_message,
    form_of,
    intercom,
    intercom_conversation,
    lines_of,
    slack,
    twilio,
    twilio_message,
)

from oncue.storage.loader import load_config

ADDED = twilio("onConversationAdded", **BINDING)


def events(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_mixed_capture(oncue: Oncue, tmp_path: Path) -> None:
    file = tmp_path / "capture.jsonl"
    file.write_bytes(
        lines_of([chatwoot_message(), chatwoot_message(private=True)])
        + form_of(ADDED).encode()
        + b"\n\n"
        + lines_of([twilio_message(), slack("message", user={}, channel="C1"), {"update_id": 1}, slack("app_mention")])
        + b"not json\n"
        + lines_of([{"event": "participant_added", "id": "x"}])
    )
    ran = oncue("convert", file)
    assert ran.status == 2
    assert [(each["event"], each.get("provider")) for each in events(ran)] == [
        ("message_created", "chatwoot"),
        ("conversation_created", "twilio"),
        ("message_created", "twilio"),
        ("participant_added", None),
    ]
    assert events(ran)[2]["instance"] == "whatsapp:+31200000000"  # as the conversation's event says
    assert f"oncue: {file}:6: event.user: found an object, expected an id" in ran.err
    assert f"oncue: {file}:7: this is an update of Telegram; what can be read is: oncue, twilio" in ran.err
    assert f"oncue: {file}:9: this is not JSON" in ran.err
    assert "oncue: converted 4 events: twilio (2), chatwoot (1), oncue (1)" in ran.err
    assert "  1  a private note: message_created (1)" in ran.err
    assert "oncue: failed 3\n" in ran.err


def test_what_is_converted_can_be_matched(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    ran = oncue(
        "convert", "-", "--workspace", workspace, stdin=lines_of([chatwoot_conversation(channel="Channel::Email")])
    )
    assert ran.status == 0
    again = oncue("convert", "-", stdin=ran.out.encode())
    assert again.out == ran.out
    assert oncue("match", workspace, "-", stdin=ran.out.encode()).status == 0


def test_folders_lists_and_compressed_files(oncue: Oncue, tmp_path: Path) -> None:
    for number in (2, 10):
        payload = json.dumps([chatwoot_message(id=number)], indent=2).encode()
        (tmp_path / f"{number}.json.gz").write_bytes(gzip.compress(payload))
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "x.json").write_text(json.dumps([chatwoot_message(id=1), chatwoot_message(id=3)]))
    (tmp_path / ".hidden").write_text("nonsense")
    ran = oncue("convert", tmp_path)
    assert ran.status == 0
    assert [each["id"] for each in events(ran)] == [f"message_created:{number}" for number in (1, 3, 2, 10)]
    one = oncue("convert", "-", stdin=gzip.compress(lines_of([chatwoot_message()])))
    assert len(events(one)) == 1


def test_a_compressed_file_that_was_cut_off(oncue: Oncue, tmp_path: Path) -> None:
    whole = gzip.compress(lines_of([chatwoot_message(id=number) for number in range(2_000)]))
    (tmp_path / "1.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "2.json").write_bytes(lines_of([chatwoot_message(id=7_777)]))
    ran = oncue("convert", tmp_path)
    assert ran.status == 2
    assert "1.gz: the file cannot be read: the compressed data is broken" in ran.err
    assert events(ran)[-1]["id"] == "message_created:7777"
    assert len(events(ran)) > 2


def test_redeliveries(oncue: Oncue) -> None:
    twice = lines_of(
        [chatwoot_message(), chatwoot_message(), chatwoot_conversation(), {"event": "participant_added"}] * 2
    )
    assert len(events(oncue("convert", "-", stdin=twice))) == 8
    ran = oncue("convert", "-", "--dedupe", stdin=twice)
    assert [each["event"] for each in events(ran)] == [
        "message_created", "conversation_created", "participant_added", "participant_added"]  # fmt: skip
    assert "left out 4 that were delivered before" in ran.err


def test_the_names_of_the_workspace(oncue: Oncue, workspace: Path) -> None:
    path = workspace / "workspace.toml"
    path.write_text("# ours\n" + path.read_text().replace("whatsapp:+31", "whatsapp:+31200000000"))
    capture = lines_of([ADDED, chatwoot_message(), chatwoot_message(id=1), slack("member_joined_channel", user="U1")])
    ran = oncue("convert", "-", "--workspace", workspace, stdin=capture)
    assert [(each["channel"], each["instance"]) for each in events(ran)] == [
        ("whatsapp", "wa-nl"), ("live_chat", "3"), ("live_chat", "3"), ("slack", "T0001")]  # fmt: skip
    assert "not installed: '3' on live_chat of chatwoot, 2 events" in ran.err
    assert ran.err.count("not installed") == 2
    table = '[[instances]]\nid = "slack-t0001"\nchannel = "slack"\nname = "Slack T0001"\nexternal_ids = ["T0001"]\n'
    assert table in ran.err
    assert "# ours" in path.read_text()
    assert "T0001" not in path.read_text()

    written = oncue("convert", "-", "--workspace", workspace, "--write", stdin=capture)
    assert "added to" in written.err
    assert path.read_text().startswith("# ours\n")
    assert table in path.read_text()
    again = oncue("convert", "-", "--workspace", workspace, "--write", stdin=capture)
    assert [each["instance"] for each in events(again)] == ["wa-nl", "live_chat-3", "live_chat-3", "slack-t0001"]
    assert "not installed" not in again.err


def test_one_id_for_all_channels(oncue: Oncue, workspace: Path) -> None:
    capture = lines_of(
        [intercom("conversation.user.created", intercom_conversation(source)) for source in ("whatsapp", "email")]
    )
    oncue("convert", "-", "--workspace", workspace, "--write", stdin=capture)
    assert {"whatsapp/ab12", "email/ab12"} <= load_config(workspace).by_external_id.keys()
    ran = oncue("convert", "-", "--workspace", workspace, stdin=capture)
    assert [each["instance"] for each in events(ran)] == ["whatsapp-ab12", "email-ab12"]


def test_an_instance_of_which_no_channel_is_stated(oncue: Oncue, workspace: Path) -> None:
    capture = lines_of([chatwoot_conversation(channel="Channel::TwilioSms"), twilio_message()])
    ran = oncue("convert", "-", "--workspace", workspace, "--write", stdin=capture)
    assert ran.status == 0
    assert "'3' of chatwoot, 1 event; on which channel it is is not stated" in ran.err
    assert "1 event without an instance" in ran.err
    assert "added to" not in ran.err


def test_redaction(oncue: Oncue, workspace: Path) -> None:
    capture = lines_of([ADDED, twilio_message(), twilio_message(MessageSid="IM2"), chatwoot_message()])
    ran = oncue("convert", "-", "--redact-key", "k", stdin=capture)
    for private in ("+316", "+312", "Jane", "order", "CH0001"):
        assert private not in ran.out
    first, second, third, _ = events(ran)
    assert first["conversation"] == second["conversation"] == third["conversation"]
    assert second["participant"] == third["participant"]
    assert second["id"] != third["id"]
    assert first["instance"].startswith("whatsapp:i-")
    assert oncue("convert", "-", "--redact-key", "k", stdin=capture).out == ran.out
    fresh = oncue("convert", "-", "--redact", stdin=capture)
    assert fresh.out not in (ran.out, oncue("convert", "-", "--redact", stdin=capture).out)
    mapped = oncue("convert", "-", "--redact", "--workspace", workspace, stdin=lines_of([ADDED | {
        "MessagingBinding.ProxyAddress": "whatsapp:+31"}]))  # fmt: skip
    assert events(mapped)[0]["instance"] == "wa-nl"


def test_many_problems_are_counted(oncue: Oncue) -> None:
    ran = oncue("convert", "-", "--from", "slack", stdin=lines_of([chatwoot_message()] * 50))
    assert ran.err.count("this is no delivery of Slack") == 20
    assert "30 more could not be read" in ran.err
    assert "failed 50" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no file to convert"),
        (["-", "--redact-key", ""], "--redact-key: the key is empty, and anybody could make the same pseudonyms"),
        (["no-such-file"], "no-such-file: there is no such file or folder"),
        (["-", "--from", "twillio"], "--from: 'twillio' is not a known value; did you mean 'twilio'?"),
        (["-", "--write"], "--write needs --workspace"),
        (["-", "--workspace", "nowhere"], "nowhere: "),
    ],
)
def test_what_cannot_be_asked(oncue: Oncue, arguments: list[str], message: str) -> None:
    ran = oncue("convert", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"oncue: {message}")
    assert ran.err.count("\n") == 1


def test_match_reads_captures_too(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    path = workspace / "workspace.toml"
    path.write_text(path.read_text().replace("whatsapp:+31", "whatsapp:+31200000000"))
    (tmp_path / "capture").mkdir()
    (tmp_path / "capture" / "1.gz").write_bytes(gzip.compress(lines_of([ADDED, twilio("onDeliveryUpdated")])))
    (tmp_path / "capture" / "2.txt").write_text(form_of(twilio_message()))
    ran = oncue("match", workspace, tmp_path / "capture", "--from", "twilio", "--format", "json")
    assert ran.status == 0
    first, unheard, second = events(ran)
    assert (first["matched"], second["matched"]) == (["welcome"], ["reply"])
    assert unheard == {"unheard": {"onDeliveryUpdated": 1}}
    refused = oncue("match", workspace, "-", stdin=lines_of([ADDED]))
    assert (refused.status, "oncue convert reads captures" in refused.err) == (2, True)
