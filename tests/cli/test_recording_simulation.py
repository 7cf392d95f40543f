import json
from pathlib import Path

import pytest
from tests.cli.conftest import Oncue, write
from tests.importers.samples import BINDING, lines_of, twilio, twilio_message

from oncue.storage.loader import load_workspace

CAPTURE = lines_of(
    [
        twilio("onConversationAdded", **BINDING | {"MessagingBinding.ProxyAddress": "whatsapp:+31"}),
        twilio("onDeliveryUpdated"),
        twilio_message(DateCreated="2025-11-22T08:27:00Z"),
        twilio_message(DateCreated="2025-11-22T08:27:00Z", ConversationSid="CH0009", MessageSid="IM9"),
    ]
)


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    file = tmp_path / "capture.jsonl"
    file.write_bytes(CAPTURE)
    return file


def test_a_recording_is_played(oncue: Oncue, workspace: Path, capture: Path) -> None:
    ran = oncue("simulate", workspace, capture)
    assert ran.status == 0
    assert "welcome (Welcome)" in ran.out
    assert "reply (Reply)" in ran.out
    assert f"{capture}: left out 1 event on no installed instance" in ran.err
    piped = oncue("simulate", workspace, "-", "--from", "twilio", "--format", "json", stdin=CAPTURE)
    assert [each["started"] for each in json.loads(piped.out)["events"]] == [["welcome"], ["reply"]]


def test_steps_are_carried_out_when_asked_for(oncue: Oncue, workspace: Path, capture: Path) -> None:
    write(workspace / "flows/reply.toml", (workspace / "flows/reply.toml").read_text() + "\n".join(
        ["[[steps]]", 'type = "send_message"', 'text = "Thank you!"']))  # fmt: skip
    assert "Thank you!" not in oncue("simulate", workspace, capture).out
    assert "Thank you!" in oncue("simulate", workspace, capture, "--apply").out


def test_a_conversation_becomes_a_scenario(
    oncue: Oncue, workspace: Path, capture: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    ran = oncue("simulate", workspace, capture, "--conversation", "CH0001", "--scenario", "Jane asks")
    assert (ran.status, ran.out) == (0, "")
    (scenario,) = load_workspace(workspace).scenarios.values()
    assert (scenario.id, scenario.name) == ("jane-asks", "Jane asks")
    assert [each.expect for each in scenario.events] == [("welcome",), ("reply",)]
    assert oncue("test", workspace).status == 0
    assert oncue("simulate", workspace, capture, "--scenario", "Jane asks").status == 0
    assert len(load_workspace(workspace).scenarios) == 2  # the first one is not replaced


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{w}", "{c}", "--conversation", "CH7", "--scenario", "x"], "--scenario saves one conversation"),
        (["{w}", "{c}", "--conversation", "CH7"], "{c}: no conversation 'CH7' to play"),
        (["{w}", "{c}", "--from", "slacc"], "--from: 'slacc' is not a known value; did you mean 'slack'?"),
        (["{w}", "jane", "--apply"], "--apply: only for a recording, and 'jane' is a scenario"),
        (["{w}", "nothing-there", "--from", "slack"], "nothing-there: there is no such file or folder"),
    ],
)
def test_what_cannot_be_asked(oncue: Oncue, workspace: Path, capture: Path, arguments: list[str], message: str) -> None:
    ran = oncue("simulate", *(each.format(w=workspace, c=capture) for each in arguments))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"oncue: {message.format(c=capture)}")
    assert ran.err.count("\n") == 1


def test_a_scenario_has_a_name(oncue: Oncue, workspace: Path, capture: Path) -> None:
    ran = oncue("simulate", workspace, capture, "--conversation", "CH0001", "--scenario", " ")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("oncue: --scenario: name: found ' ', expected some text: it is blank\n")


def test_stdin_is_called_so(oncue: Oncue, workspace: Path) -> None:
    assert oncue("simulate", workspace, "-", stdin=b"") == (2, "", "oncue: stdin: no conversation to play\n")
