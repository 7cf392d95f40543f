"""``oncue match``: what is asked, what is answered, and what is said of bad input."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Oncue, write

from oncue.domain.events import Event
from oncue.matching.explain import explain
from oncue.storage.loader import load_workspace

STARTED = ["--event", "conversation_created", "--instance", "wa-nl", "--participant", "contact"]
LINES = (
    b'{"event":"conversation_created","channel":"whatsapp","participant":{"type":"contact","name":"J\xc3\xb6rg"}}\n'
    b'{"event":"message_created","channel":"whatsapp","instance":"whatsapp:+31","message":{"type":"text"},"id":"e-2"}\n'
)
HOSTILE = "\x1b]0;owned\x07[@click=app.quit]x[/]\u202e\x9b2J\x7f"


def answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_one_event_from_options(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, *STARTED, "--name", "Jane")
    assert (ran.status, ran.err) == (0, "")
    sentence, row = ran.out.splitlines()
    assert "Jane" in sentence
    assert "Support NL" in sentence
    assert row == "  ✓ runs  welcome  Welcome"


@pytest.mark.parametrize("place", ['"instance":"wa-nl"', '"instance":"whatsapp:+31"'])
def test_a_captured_event_leaves_its_channel_to_its_instance(oncue: Oncue, workspace: Path, place: str) -> None:
    file = workspace.parent / "events.jsonl"
    write(file, f'{{"event":"conversation_created",{place},"participant":{{"type":"contact"}}}}')
    ran = oncue("match", workspace, file)
    assert ran == (0, "Contact started a conversation on WhatsApp · Support NL\n  ✓ runs  welcome  Welcome\n", "")


def test_no_match_is_fine(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, "--event", "participant_added")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[1:] == ["  ✗ no flow runs"]


def test_explained(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, *STARTED, "--explain")
    assert ran.status == 0
    assert ran.out.partition("\n")[2] == (
        "  ✓ runs          welcome  Welcome\n"
        "      ✓ holds  enabled, event, channel, participant_types\n"
        "      ✓ open   instance           wa-nl (every instance)\n"
        "      to keep it off: disable the flow\n"
        "          no longer runs in 1 other case, such as: a contact starts a conversation on WhatsApp\n"
        "  ✗ does not run  off      Switched off\n"
        "      ✗ fails  enabled            disabled, expected enabled\n"
        "      to make it run: enable the flow\n"
        "          also runs in 17 other cases, such as: "
        "an agent starts a conversation on WhatsApp · Support NL\n"
        "  ✗ does not run  reply    Reply\n"
        "      ✗ expects  event message_created; message_types text or image\n"
    )


def test_json(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, *STARTED, "--format", "json")
    event = {
        "event": "conversation_created",
        "channel": "whatsapp",
        "instance": "wa-nl",
        "participant": {"type": "contact"},
    }
    assert answers(ran.out) == [{"event": event, "matched": ["welcome"], "depends": []}]


def test_json_explained(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, *STARTED, "--format", "json", "--explain")
    (answer,) = answers(ran.out)
    assert answer["matched"] == ["welcome"]
    assert [missed["flow"] for missed in answer["missed"]] == ["off", "reply"]
    assert answer["missed"][0]["edits"][0]["words"] == "enable the flow"
    loaded = load_workspace(workspace)
    explanation = explain(loaded.flows["reply"], Event(**answer["event"]), loaded.config)
    assert answer["missed"][1] == {
        "flow": "reply",
        "clauses": [
            {**clause._asdict(), "expected": clause.expected and list(clause.expected)}
            for clause in explanation.clauses
        ],
        "edits": [
            {
                "words": 'set event = "conversation_created", remove message_types',
                "trigger": {"event": "conversation_created", "channel": "whatsapp", "instance": "wa-nl"},
                "when": None,
                "enabled": True,
                "starts": 8,
                "stops": 18,
                "always": True,
                "shift": None,
                "depends": [],
            }
        ],
    }
    (ran_flow,) = answer["ran"]
    assert ran_flow["flow"] == "welcome"
    assert all(clause["ok"] for clause in ran_flow["clauses"])
    assert [edit["enabled"] for edit in ran_flow["edits"]] == [False]
    assert answer["findings"] == []


def test_an_event_at_fault_is_said_to_be_before_any_flow(oncue: Oncue, workspace: Path) -> None:
    line = b'{"event":"message_created","channel":"WhatsApp","instance":"+31"}'
    ran = oncue("match", workspace, "-", "--explain", stdin=line)
    first, *rest = ran.out.splitlines()
    assert first == (
        'Somebody unknown sent a message of unknown type on an unknown channel "WhatsApp" · +31 (not installed)'
    )
    assert rest[0] == "  ! about the event: 'WhatsApp' is not the slug of a channel; did you mean 'whatsapp'?"
    assert rest[1].startswith("  ! about the event: no instance is called '+31'; ")
    assert ran.out.count("about the event") == 2
    assert ran.out.count("no edit can make it run: the event states no place of this workspace") == 3
    assert "about the event" not in oncue("match", workspace, "-", stdin=line).out
    (answer,) = answers(oncue("match", workspace, "-", "--explain", "--format", "json", stdin=line).out)
    assert [(each["fault"], each["meant"]) for each in answer["findings"]] == [
        ("not-a-slug", ["whatsapp"]),
        ("unknown-instance", []),
    ]


def test_json_explained_without_an_edit_that_helps(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, "--event", "message_created", "--format", "json", "--explain")
    assert [missed["edits"] for missed in answers(ran.out)[0]["missed"]] == [[]] * 3
    assert "no edit can make it run" in oncue("match", workspace, "--event", "message_created", "--explain").out


@pytest.mark.parametrize("source", ["file", "stdin", "file alone", "stdin alone"])
def test_lines(oncue: Oncue, workspace: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    file = workspace.parent / "events.jsonl"
    file.write_bytes(LINES)
    monkeypatch.chdir(workspace if "alone" in source else "/")
    place = [file] if "file" in source else ["-"]
    ran = oncue("match", *([] if "alone" in source else [workspace]), *place, "--format", "json", stdin=LINES)
    assert ran == (
        0,
        '{"event":{"event":"conversation_created","channel":"whatsapp",'
        '"participant":{"type":"contact","name":"J\\u00f6rg"}},"matched":["welcome"],"depends":[]}\n'
        '{"event":{"event":"message_created","channel":"whatsapp","instance":"whatsapp:+31",'
        '"message":{"type":"text"},"id":"e-2"},"matched":["reply"],"depends":[]}\n',
        "",
    )


def test_lines_as_text(oncue: Oncue, workspace: Path) -> None:
    first, runs, second, also_runs = oncue("match", workspace, "-", stdin=LINES).out.splitlines()
    assert "Jörg" in first
    assert runs == "  ✓ runs  welcome  Welcome"
    assert second.startswith("e-2: ")
    assert "Support NL" in second  # by its external id
    assert also_runs == "  ✓ runs  reply    Reply"


def test_a_bad_line_does_not_stop_the_others(oncue: Oncue, workspace: Path) -> None:
    first, second = LINES.splitlines(keepends=True)
    bad = b'{"event":"mesage_created"}\n\x1b[31m\n\n' + b"x" * 2_000_000 + b"\n"
    ran = oncue("match", workspace, "-", "--format", "json", stdin=first + bad + second)
    assert ran.status == 2
    assert len(answers(ran.out)) == 2
    two, three, five = ran.err.splitlines()
    assert two.startswith("oncue: stdin:2: event: ")
    assert "did you mean 'message_created'?" in two
    assert three.startswith("oncue: stdin:3: ")
    assert five.startswith("oncue: stdin:5: the line is longer than the limit of 1,048,576 bytes")
    assert "\x1b" not in ran.err


def test_no_events_at_all(oncue: Oncue, workspace: Path) -> None:
    assert oncue("match", workspace, "-", stdin=b"") == (0, "", "")


def test_problems_of_files_are_told_and_the_others_match(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "flows/broken.toml", "name = ")
    write(workspace / "flows/lost.toml", 'name = "L"\n[trigger]\nevent = "message_created"\nchannel = "whatsap"')
    ran = oncue("match", workspace, *STARTED)
    assert ran.status == 0
    assert "welcome" in ran.out
    broken, lost = ran.err.splitlines()
    assert broken.startswith(f"oncue: {workspace}/flows/broken.toml:1: ")
    assert lost.startswith(f"oncue: {workspace}/flows/lost.toml:4: trigger.channel: ")
    assert lost.endswith("did you mean 'whatsapp'?")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no event to match: state one, such as --event conversation_created"),
        (["-", "--event", "message_created"], "both --event and the events in -; give one or the other"),
        (["--event", "created"], "--event: 'created' is not a known value; did you mean"),
        (
            ["--event", "message_created", "--message", "txt"],
            "--message: 'txt' is not a known value; did you mean 'text'?",
        ),
        (
            ["--event", "participant_left"],
            "--event: 'participant_left' is not a known value; did you mean 'participant_re",
        ),
        (["--event", "message_read"], "--event: 'message_read' is not a known value; oncue has no event for a receipt"),
        (
            ["--event", "message_created", "--message", "audio"],
            "--message: 'audio' is not a known value; did you mean 'f",
        ),
        (["--event", "message_created", "--type", "text"], "no option '--type'; did you mean '--message'?"),
        (["--event", "message_created", "--inst", "x"], "no option '--inst'; did you mean '--instance'?"),
        (["--event", "message_created", "--from", "bot"], "--from is for a recording; who it was is --participant"),
        (["--event", "message_created", "--at", "1"], "no option '--at'; an event from options has no time (see"),
        (["--event", "message_created", "--format", "yaml"], "--format: 'yaml' is not a known value; expected one of"),
        (["--channel", "email"], "--channel without --event"),
        (["no-such-file.jsonl"], "no-such-file.jsonl: there is no such file or folder"),
        (["flows"], "no event to match"),
        ([".", "no-such-file.jsonl"], "no-such-file.jsonl: there is no such file\n"),
        ([".", "flows"], "flows: this is a folder; expected a file"),
    ],
)
def test_what_cannot_be_asked(
    oncue: Oncue, workspace: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(workspace)
    ran = oncue("match", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"oncue: {message}")
    assert ran.err.count("\n") == 1


def test_no_workspace(oncue: Oncue, tmp_path: Path) -> None:
    missing = tmp_path / "nothing"
    for folder in (missing, tmp_path):
        ran = oncue("match", folder, *STARTED)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert f"oncue init {folder}" in ran.err


@pytest.mark.parametrize("style", ["text", "json"])
def test_nothing_hostile_comes_out(oncue: Oncue, workspace: Path, style: str) -> None:
    escaped = json.dumps(HOSTILE)
    toml = "".join(f"\\u{ord(char):04x}" for char in HOSTILE)
    write(workspace / "flows/evil.toml", f'name = "{toml}"\n[trigger]\nevent = "message_created"\nchannel = "sms"')
    write(workspace / "flows/bad.toml", f'"{toml}" = 1')
    lines = [
        f'{{"event":"message_created","channel":{escaped},"instance":{escaped},"id":{escaped},'
        f'"participant":{{"name":{escaped}}},"message":{{"text":{escaped}}}}}',
        f'{{"event":{escaped}}}',
        f"{{{escaped}:1}}",
    ]
    ran = oncue("match", workspace, "-", "--explain", "--format", style, stdin="\n".join(lines).encode())
    assert ran.status == 2
    assert not set("\x1b\x07\x9b\x7f\u202e") & set(ran.out + ran.err)
    if style == "json":
        assert answers(ran.out)[0]["event"]["message"]["text"] == HOSTILE


def test_events_that_no_flow_can_listen_to_are_counted(oncue: Oncue, workspace: Path) -> None:
    lines = b'{"event": "message_read"}\n{"event": "participant_added"}\n{"event": "message_read"}\n'
    text = oncue("match", workspace, "-", stdin=lines)
    assert text.status == 0
    assert text.out.count("\n") == 2
    assert text.err == "oncue: stdin: no flow can listen to 2 events of other kinds: message_read (2)\n"
    answered = oncue("match", workspace, "-", "--format", "json", stdin=lines)
    assert [[*json.loads(line)] for line in answered.out.splitlines()] == [["event", "matched", "depends"], ["unheard"]]
    assert json.loads(answered.out.splitlines()[-1]) == {"unheard": {"message_read": 2}}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_events_is_read(oncue: Oncue, workspace: Path, indent: int | None) -> None:
    ran = oncue("match", workspace, "-", stdin=json.dumps([{"event": "participant_added"}] * 3, indent=indent).encode())
    assert (ran.status, ran.err, ran.out.count("no flow runs")) == (0, "", 3)


def test_a_webhook_of_a_platform_is_one_sentence(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("match", workspace, "-", stdin=b'{"event": "message_created", "inbox": {"id": 1}, "account": {}}\n' * 9)
    assert ran.status == 2
    first, second = ran.err.splitlines()
    assert "stdin:1: this is a webhook of Chatwoot; expected an event of oncue, such as {" in first
    assert second == "oncue: stdin: 8 more of these: a webhook of Chatwoot"


ASKING = """\
name = "Refund"

[trigger]
event = "message_created"
channel = "whatsapp"

[when]
text_any = ["refund*"]
responsible = "nobody"
once_per = "conversation"
"""
WROTE = ["--event", "message_created", "--instance", "wa-nl", "--participant", "contact"]


def test_an_event_alone_depends_on_its_conversation(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "flows/refund.toml", ASKING)
    ran = oncue("match", workspace, *WROTE, "--text", "A REFUND, please")
    assert ran.out.splitlines()[-1] == "  ? depends on responsible and once_per  refund   Refund"
    ran = oncue("match", workspace, *WROTE, "--text", "A REFUND, please", "--format", "json")
    assert answers(ran.out)[0]["depends"] == [{"flow": "refund", "on": ["responsible", "once_per"]}]
    assert "refund" not in oncue("match", workspace, *WROTE, "--text", "hi").out


def test_conditions_are_explained(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "flows/refund.toml", ASKING)
    ran = oncue("match", workspace, *WROTE, "--text", "refunded", "--explain")
    rows = ran.out.splitlines()
    assert "  ? depends on responsible and once_per  refund   Refund" in rows
    assert not any("text_any" in row for row in rows), "what holds is not what it depends on"
    assert "      ? not known  responsible    expected nobody" in rows
    assert "      runs if nobody is responsible and it has not started yet in the conversation" in rows
    assert "      does not run if somebody is responsible or it has started before in the conversation" in rows
    ran = oncue("match", workspace, *WROTE, "--text", "hi", "--explain")
    assert "      ✗ fails  text_any           hi, expected refund*" in ran.out.splitlines()
    (answer,) = answers(oncue("match", workspace, *WROTE, "--text", "refund", "--explain", "--format", "json").out)
    (depends,) = answer["depends"]
    assert depends["clauses"][-1] == {"clause": "once_per", "expected": ["conversation"], "actual": None, "ok": None}
    assert depends["edits"] == []
    assert depends["runs_if"] == "nobody is responsible and it has not started yet in the conversation"
    assert depends["not_if"] == "somebody is responsible or it has started before in the conversation"


def test_a_recording_tells_of_its_conversations(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "flows/refund.toml", ASKING.replace('responsible = "nobody"\n', ""))
    place = '"channel":"whatsapp","conversation":"c-9","participant":{"type":"contact","id":"p-1"}'
    wrote = f'{{"event":"message_created",{place},"message":{{"text":"refund"}}}}\n'
    lines = f'{{"event":"conversation_created",{place}}}\n{wrote}{wrote}'
    ran = oncue("match", workspace, "-", "--format", "json", stdin=lines.encode())
    assert [each["matched"] for each in answers(ran.out)[1:]] == [["refund"], []]
    ran = oncue("match", workspace, "-", "--format", "json", stdin=(wrote + wrote).encode())
    assert [[each["flow"] for each in answer["depends"]] for answer in answers(ran.out)] == [["refund"], ["refund"]]
