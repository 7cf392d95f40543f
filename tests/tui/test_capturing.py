"""Captures in the app: open one, walk through it, replay a conversation of it, and save one as a scenario."""

import json
import threading
from functools import partial
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer
from tests.tui.test_hostile import CONTROL, LONG, MARKUP, UNSEEN

from oncue.storage.loader import load
from oncue.tui import capture_reading
from oncue.tui.capture_reading import CaptureReading
from oncue.tui.modals.capture import CaptureDialog
from oncue.tui.widgets.rows import RowList
from oncue.workbench import captured_events

JANE = {"type": "contact", "id": "p-1", "name": "Jane Doe"}
OMAR = {"type": "agent", "id": "p-2", "name": "Omar"}


def made(event: str, conversation: str | None, minute: int, by: object = JANE, **more: object) -> dict[str, object]:
    at = f"2026-03-02T09:{minute:02}:00Z"
    stated = {"event": event, "instance": "wa-nl", "participant": by, "at": at} | more
    return stated if conversation is None else stated | {"conversation": conversation}


EVENTS: list[object] = [
    made("conversation_created", "c-1", 0),
    made("message_created", "c-1", 1, message={"type": "text", "text": "Where is my order?"}),
    made("message_created", "c-1", 2, message={"type": "image"}),
    made("conversation_created", "c-2", 3, instance="mail"),
    made("participant_added", "c-1", 4, OMAR),
    made("message_created", "c-1", 5, OMAR, message={"type": "text", "text": "On its way"}),
    made("message_created", None, 6, message={"type": "text", "text": "No conversation"}),
    made("message_created", "c-9", 7, message={"type": "text", "text": "Under way before"}),
    {"event": "message_read"},
    {"event": "nonsense"},
]


@pytest.fixture
def captured(acme: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a folder of recordings."""
    monkeypatch.chdir(acme)
    (acme / "recordings").mkdir()
    write(acme / "recordings/today.jsonl", EVENTS)
    return acme


def write(file: Path, payloads: list[object]) -> None:
    file.write_text("".join(json.dumps(each) + "\n" for each in payloads), "utf-8")


def listed(hands: Hands) -> list[int]:
    """The numbers of the events that are listed."""
    return [each.number for each in hands.find("#capture-rows", RowList).rows]


def details(hands: Hands) -> str:
    return " ".join(hands.inside("#capture-details").split())


def is_listing(hands: Hands) -> bool:
    """Whether there is a list of events, with some in it."""
    dialog = hands.app.screen
    return isinstance(dialog, CaptureDialog) and bool(dialog.query("#capture-rows")) and bool(listed(hands))


async def opened(hands: Hands, name: str = "today.jsonl") -> None:
    await hands.press("I")
    await hands.choose(name)
    assert hands.asking == f"Events · {name}"


async def test_the_folder_of_recordings_is_offered_first(captured: Path) -> None:
    write(captured / "other.jsonl", EVENTS[:1])
    write(captured / "recordings/yesterday.json", EVENTS[:2])
    async with designer(captured) as hands:
        await hands.press("I")
        assert hands.picking == "Open captured events"
        assert "recordings/ " in hands.inside("#picker-rows").splitlines()[0]
        await hands.press("enter")
        assert hands.asking == "Events · recordings"
        assert len(listed(hands)) == 10, "all files of the folder"


async def test_the_palette_opens_one_and_any_path_can_be_typed(captured: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "elsewhere/deliveries.log", EVENTS[:2])
    async with designer(captured) as hands:
        await hands.press("ctrl+p")
        await hands.choose("captured events")
        await hands.choose("another file")
        assert hands.asking == "Open a capture"
        await hands.type(f"{tmp_path}/elsewhere/del")
        await hands.press("tab")
        assert "deliveries.log" in hands.inside("#prompt-field")
        await hands.type("x")
        await hands.press("enter")
        assert "there is no such file or folder" in hands.inside("#prompt-hint")
        await hands.press("backspace", "enter")
        assert hands.asking == "Events · deliveries.log"
        assert listed(hands) == [1, 2]
        await hands.press("escape")
        assert hands.asking == ""


async def test_a_list_of_what_each_event_starts(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        rows = [" ".join(row.split()) for row in hands.inside("#capture-rows").splitlines()]
        assert rows[0] == "03-02 09:00:00 ✦ Contact Jane Doe Support NL Conversation created → Welcome"
        assert rows[1] == "03-02 09:01:00 ✎ Contact Jane Doe Support NL Where is my order? nothing"
        assert rows[2] == "03-02 09:02:00 ✎ Contact Jane Doe Support NL Image → Reply"
        assert rows[4].startswith("03-02 09:04:00 » Agent Omar")
        assert "8 events · 1 skipped · 1 could not be read" in hands.inside("#capture-summary")
        await hands.press("x")
        assert "Skipped 1, which are none of the four events: 1 none of the four events: message_read (1)" in details(
            hands
        )
        assert "1 could not be read: today.jsonl:10: event:" in details(hands)
        await hands.click_on("#capture-summary", "why")
        assert "could not be read" not in details(hands)


async def test_the_chosen_event_is_explained(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        assert "✦ created Contact Jane Doe · p-1 · Support NL · conversation c-1" in details(hands)
        assert "✓ Welcome" in details(hands)
        await hands.press("down")
        assert "Where is my order?" in details(hands)
        assert "✗ Reply type: Text, wants Image or File" in details(hands)
        await hands.press("tab", "down", "down", "enter")
        assert hands.asking == "", "a line about a flow opens it"
        assert hands.session.selected == "reply"


async def test_conditions_are_decided_by_what_happened_before(captured: Path) -> None:
    (captured / "flows/reply.toml").write_text(
        'name = "Reply"\n[trigger]\nevent = "message_created"\nchannel = "whatsapp"\n[when]\nfirst_message = true\n'
    )
    async with designer(captured) as hands:
        await opened(hands)
        rows = {row.number: row for row in hands.find("#capture-rows", RowList).rows}
        assert rows[2].runs == ("reply",)
        assert rows[3].runs == rows[3].depends == ()
        assert rows[8].depends == ("reply",), "the conversation was under way"
        await hands.press("slash")
        await hands.type("depends")
        assert listed(hands) == [7, 8]
        await hands.press("enter", "end")
        assert "? depends: Reply" in hands.inside("#capture-rows")
        assert "? Reply" in details(hands)
        assert "would run if" in details(hands)


async def test_words_filter_in_any_place(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        for words, found in (
            ("ORDER", [2]),
            ("omar message", [6]),
            ("helpdesk", [4]),
            ("c-1 jane", [1, 2, 3]),
            ("welcome", [1]),
            ("nothing joined", [5]),
            ("not there", []),
        ):
            await hands.press("slash", "ctrl+u")
            await hands.type(words)
            assert listed(hands) == found, words
        assert "No such event." in hands.inside("#capture-rows")
        await hands.press("enter", "enter", "a", "s", "space", "c")
        assert hands.asking, "nothing can be done with nothing"
        await hands.press("escape")
        assert len(listed(hands)) == 8, "escape takes the filter away first"
        await hands.press("escape")
        assert hands.asking == ""


async def test_enter_replays_up_to_the_event_and_the_rest_is_ahead(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        await hands.press("down", "down", "enter")
        assert hands.asking == ""
        assert hands.app.designer.grid.seen == 4
        timeline = hands.state.timeline
        assert timeline is not None
        assert (timeline.instance, len(timeline.events), len(timeline.ahead)) == ("wa-nl", 3, 2)
        assert [each.fired for each in hands.replay.results] == [("welcome",), (), ("reply",)]
        assert "Replayed 3 events; 2 events ahead." in hands.toasts
        await hands.press("right")
        assert len(hands.replay.results) == 4
        assert not hands.session.dirty


async def test_all_of_a_conversation_is_replayed_by_mouse_and_key(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        await hands.click_on("#capture-rows", "Where is my order?")
        assert "Where is my order?" in details(hands)
        await hands.press("a")
        assert len(hands.replay.results) == 5
        await opened(hands)
        await hands.click_on("#capture-rows", "Where is my order?", times=2)
        assert hands.asking == ""
        assert len(hands.replay.results) == 2


@pytest.mark.parametrize(
    ("downs", "reason"),
    [(6, "does not say which conversation"), (7, "was under way when the recording began")],
)
async def test_what_cannot_be_replayed_says_why(captured: Path, downs: int, reason: str) -> None:
    async with designer(captured) as hands:
        before = hands.state.timeline
        await opened(hands)
        await hands.press(*["down"] * downs, "s")
        assert reason in hands.toasts[-1]
        await hands.press("enter")
        assert reason in hands.toasts[-1]
        assert hands.state.timeline is before
        assert not hands.state.scenarios


async def test_a_conversation_is_saved_as_a_scenario(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        await hands.press("down", "s")
        assert hands.asking == "Save a scenario"
        assert "5 events of the conversation" in hands.inside("#prompt-hint")
        await hands.type("Order with a picture")
        await hands.press("enter")
        assert hands.asking == "Events · today.jsonl", "the list stays open"
        assert "Saved scenarios/order-with-a-picture.toml." in hands.toasts
        scenario = hands.state.scenarios["order-with-a-picture"]
        assert [each.expect for each in scenario.events] == [("welcome",), (), ("reply",), None, None]
        assert scenario.events[-1].expect_refusal, "the flow closed the conversation"
        assert load(captured).workspace.scenarios["order-with-a-picture"] == scenario
        await hands.press("s", "enter")
        assert "a scenario needs a name" in hands.inside("#prompt-hint")
        await hands.type("order with a picture")
        await hands.press("enter")
        assert "scenarios/order-with-a-picture.toml has that name already" in hands.inside("#prompt-hint")
        await hands.press("escape")
        assert list(hands.state.scenarios) == ["order-with-a-picture"]


async def test_marked_events_are_saved_with_the_start_of_their_conversation(captured: Path) -> None:
    async with designer(captured) as hands:
        await opened(hands)
        await hands.press("down", "down", "space")
        assert "1 marked" in hands.inside("#capture-summary")
        assert "▌" in hands.inside("#capture-rows")
        await hands.press("s")
        await hands.type("Picture")
        await hands.press("enter")
        events = hands.state.scenarios["picture"].events
        assert [each.event for each in events] == ["conversation_created", "message_created"]
        await hands.press("home", "c")
        assert "5 marked" in hands.inside("#capture-summary")
        await hands.press("escape")
        assert "marked" not in hands.inside("#capture-summary")
        await hands.press("escape")
        assert hands.asking == ""


async def test_what_other_platforms_delivered_is_on_the_instance_of_the_workspace(captured: Path) -> None:
    config = captured / "workspace.toml"
    config.write_text(config.read_text().replace('id = "wa-nl"', 'id = "wa-nl"\nexternal_ids = ["whatsapp:+31"]'))
    added = {"EventType": "onParticipantAdded", "ConversationSid": "CH1", "ParticipantSid": "MB1"}
    binding = {"MessagingBinding.Address": "whatsapp:+32", "MessagingBinding.ProxyAddress": "whatsapp:+31"}
    write(captured / "twilio.jsonl", [added | binding])
    async with designer(captured) as hands:
        await opened(hands, "twilio.jsonl")
        assert "Support NL" in hands.inside("#capture-rows")


async def test_a_narrow_frame_still_says_how_to_leave(captured: Path) -> None:
    async with designer(captured, (50, 15)) as hands:
        await opened(hands)
        assert " enter replays · space marks · ? keys · esc ━" in hands.grid()
        await hands.resize(120, 40)
        assert " s saves · / filters · ? keys · esc ━" in hands.grid()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_hostile_texts_are_shown_as_text(captured: Path, size: tuple[int, int]) -> None:
    texts = [json.loads(f'"{each}"') for each in CONTROL] + MARKUP + LONG
    payloads: list[object] = [
        made(
            "message_created",
            each,
            1,
            {"type": "contact", "id": each, "name": each},
            instance=each,
            id=each,
            message={"type": "text", "text": each},
        )
        for each in texts
    ]
    write(captured / "bad.jsonl", [*payloads, *({"event": each} for each in texts)])
    async with designer(captured, size) as hands:
        await opened(hands, "bad.jsonl")
        count = len(listed(hands))
        assert count
        for _ in range(count):
            assert not UNSEEN.search(hands.grid().replace("\n", ""))
            await hands.press("down")
        await hands.press("x")
        assert not UNSEEN.search(hands.grid().replace("\n", ""))
        await hands.press("s")
        assert hands.asking.startswith("Events")
        await hands.press("question_mark")
        assert not UNSEEN.search(hands.grid().replace("\n", ""))


async def test_the_first_screenful_is_there_while_the_rest_is_read(
    captured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(captured / "long.jsonl", [made("conversation_created", f"c-{number}", 1) for number in range(3_000)])
    go_on, piece = threading.Event(), CaptureReading.piece

    def held_up(reading: CaptureReading) -> bool:
        if reading.found.events:
            go_on.wait(10)
        return piece(reading)

    monkeypatch.setattr(CaptureReading, "piece", held_up)
    async with designer(captured) as hands:
        await hands.press("I")
        await hands.type("long")
        hands._send("enter")
        await hands.until(partial(is_listing, hands))
        assert len(listed(hands)) == capture_reading.SCREENFUL
        assert "reading…" in hands.inside("#capture-summary")
        rows = hands.find("#capture-rows", RowList)
        hands._send("end")
        await hands.until(lambda: rows.cursor == capture_reading.SCREENFUL - 1)
        go_on.set()
        await hands.settle()
        assert len(listed(hands)) == 3_000
        assert rows.cursor == capture_reading.SCREENFUL - 1, "the cursor stays where it is"
        assert "reading…" not in hands.inside("#capture-summary")


async def test_the_limit_is_said(captured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captured_events, "MOST", 4)
    async with designer(captured) as hands:
        await opened(hands)
        assert listed(hands) == [1, 2, 3, 4]
        assert "4 events · the limit" in hands.inside("#capture-summary")
        await hands.press("x")
        assert "Only the first 4 events are listed." in details(hands)


async def test_what_cannot_be_opened_is_said(captured: Path) -> None:
    (captured / "broken.json.gz").write_bytes(b"\x1f\x8b\x08broken")
    async with designer(captured) as hands:
        await opened(hands, "broken.json.gz")
        assert "0 events · 1 could not be read" in hands.inside("#capture-summary")
        await hands.press("x")
        assert "broken.json.gz: the file cannot be read" in details(hands)
        await hands.press("escape", "I")
        await hands.press("escape")
        assert not hands.picking
