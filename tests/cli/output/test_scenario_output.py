import json

from tests.builders import CREATED, flow, message, run_events, scripted, workspace

from oncue.cli.output.scenario_output import text_pieces, write_json
from oncue.domain.steps import SendMessage

WHERE = workspace(flow("greet", "conversation_created", SendMessage(text="Hi \x1b[2J")))
RESULT = run_events(WHERE, scripted(CREATED, expect=["greet"]), scripted(message()))


def test_text_is_a_conversation_its_state_and_a_summary() -> None:
    text = b"".join(text_pieces(RESULT, WHERE)).decode()
    assert text.startswith("s\n\nc-1 on WhatsApp · Support\n  1  10:00 ● Contact Jane started a conversation")
    assert "             ✓ as expected\n  2  10:01 ● Contact Jane wrote" in text
    assert "c-1 on WhatsApp · Support: open\n" in text
    assert text.endswith("\n2 events: 1 as expected, 1 not checked\n")
    assert "\x1b" not in text


def test_json_is_one_line_and_each_event_a_piece_of_it() -> None:
    pieces: list[bytes] = []
    write_json(RESULT, WHERE, pieces.append)
    whole = b"".join(pieces)
    assert whole.count(b"\n") == 1
    found = json.loads(whole)
    assert list(found) == ["scenario", "ok", "events", "conversations", "problems"]
    assert found["scenario"] == {"id": "s", "name": "s", "description": "", "file": "scenarios/s.toml"}
    assert [each["transcript"][0]["kind"] for each in found["events"]] == ["event", "event"]
    assert [piece.count(b"transcript") for piece in pieces if b"transcript" in piece] == [1, 1]
