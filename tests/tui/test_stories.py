"""The main job from the first key to the file: once with the keyboard alone, once with the mouse alone."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

from oncue.domain.steps import AddNote, NotifyParticipants
from oncue.storage.loader import load_workspace
from oncue.tui.widgets.chips import ChipBar

SUMMARY = """\
name = "Summary"

[trigger]
event = "participant_added"
channel = "whatsapp"
instance = "wa-de"
participant_types = ["agent", "bot"]

[[steps]]
type = "add_note"
text = "Hi!"

[[steps]]
type = "notify_participants"
text = "{{participant.name}} is here"
"""


async def by_keys(hands: Hands) -> None:
    await hands.press("n")
    await hands.type("Summary")
    await hands.press("escape")
    assert hands.place == "trigger/trigger-channel"
    await hands.press("tab", "enter")
    assert hands.picking == "Instance"
    await hands.choose("support de")
    await hands.press("tab")
    assert hands.place == "trigger/trigger-event"
    await hands.press("down", "space", "tab")
    assert hands.place == "trigger/trigger-participants"
    await hands.press("right", "t", "right", "space")
    await hands.press("3", "a")
    await hands.choose("note")
    assert hands.place == "steps/text"
    await hands.type("Hi!")
    await hands.press("escape", "a")
    await hands.choose("notify")
    await hands.type("{{participant.name}} is here")
    await hands.press("ctrl+s")


async def by_mouse(hands: Hands) -> None:
    """A keyboard has letters, which a mouse does not have; all else is clicked."""
    await hands.click_on("#footer", "New flow")
    await hands.type("Summary")
    await hands.click_on("#trigger-instance", "▾")
    await hands.click_on("#picker-rows", "Support DE")
    await hands.click_on("#trigger-event", "Participant added")
    bar = hands.find("#trigger-participants", ChipBar)
    for label in ("Contact", "Flow", "API key", "Campaign", "Echo", "Rule"):
        await hands.click_on(bar, label)
    await hands.click("#step-rows")
    await hands.click_on("#footer", "a Add")
    await hands.click_on("#picker-rows", "Add a note")
    await hands.type("Hi!")
    await hands.click("#step-rows")
    await hands.click_on("#footer", "a Add")
    await hands.click_on("#picker-rows", "Notify participants")
    await hands.type("{{participant.name}} is here")
    await hands.click_on("#footer", "Save")


@pytest.mark.parametrize("way", [by_keys, by_mouse])
async def test_author_a_flow_save_it_and_try_it(acme: Path, way: Callable[[Hands], Awaitable[None]]) -> None:
    async with designer(acme) as hands:
        await way(hands)
        assert hands.text("flows/summary.toml") == SUMMARY
        assert not hands.session.dirty
        sentence = "When an agent or a bot joins a conversation on WhatsApp · Support DE, add a note, then notify"
        assert sentence in " ".join(hands.inside("#sentence").split())
    async with designer(acme) as hands:
        await hands.open_flow("summary")
        assert hands.flow.name == "Summary"
        assert hands.steps() == (
            AddNote(text="Hi!"),
            NotifyParticipants(text="{{participant.name}} is here", participant_types=None),
        )
        assert "● » Participant added" in hands.grid()
        assert "Contact    Agent   ×" in hands.inside("#trigger-participants")
    assert load_workspace(acme).flows["summary"].trigger.participant_types == frozenset({"agent", "bot"})


async def test_a_hand_edited_file_keeps_its_comments_and_layout(acme: Path) -> None:
    before = (acme / "flows/welcome.toml").read_text("utf-8")
    others = {name: (acme / name).read_bytes() for name in ("flows/reply.toml", "flows/off.toml", "workspace.toml")}
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "enter", "end")
        await hands.type(" You")
        await hands.press("escape", "2", "tab", "right", "ctrl+s")
        after = hands.text("flows/welcome.toml")
        assert [line for line in after.splitlines() if line not in before.splitlines()] == [
            'instance = "wa-nl"',
            'text = "Hello! You"   # short',
        ]
        assert [line for line in before.splitlines() if line not in after.splitlines()] == ['text = "Hello!"   # short']
        assert {name: (acme / name).read_bytes() for name in others} == others


async def test_events_by_mouse_ask_who_and_what(sample: Path) -> None:
    async with designer(sample, (80, 24)) as hands:
        await hands.open_flow("damage-photo")
        await hands.click_on("#tabs", "4 Simulator")
        for words in ("c Start", "m Message"):
            await hands.click_on("#play-actions", words)
        await hands.click_on("#picker-rows", "Contact Jane")
        await hands.click_on("#picker-rows", "Image")
        assert "damage-photo" in hands.state.results[-1].fired


async def scenarios_by_keys(hands: Hands) -> None:
    await hands.press("e", "=", "enter")


async def scenarios_by_mouse(hands: Hands) -> None:
    await hands.click_on("#footer", "e On/off")
    await hands.click_on("#header", "✗")
    await hands.click_on("#picker-rows", "✗", times=2)


@pytest.mark.parametrize("way", [scenarios_by_keys, scenarios_by_mouse])
async def test_what_an_edit_breaks_is_in_the_header_and_one_step_away(
    sample: Path, way: Callable[[Hands], Awaitable[None]]
) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        assert "✓ 15" in hands.inside("#header")
        await way(hands)
        assert "✗" in hands.inside("#header")
        assert hands.place.startswith("simulator/")
        assert "Welcome on WhatsApp was expected" in " ".join(hands.inside("#play-rows").replace("┃", " ").split())


async def test_look_before_saving_and_discard(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        await hands.press("e", "D")
        assert hands.asking == "1 file to save"
        assert "+enabled = false" in hands.grid().replace("+ ", "+")
        await hands.press("d")
        assert hands.asking == "Discard edits"
        await hands.press("d")
        assert not hands.session.dirty
        await hands.press("u")
        assert hands.session.dirty == {"welcome-whatsapp"}


async def test_find_mark_and_switch_off_by_mouse(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("/")
        await hands.type("event:left")
        assert "2 of 25" in hands.inside("#flows")
        await hands.press("enter")
        await hands.click("#flow-rows", x=4, y=0, button=3)
        await hands.click("#flow-rows", x=4, y=1, button=3)
        await hands.click_on("#footer", "e On/off")
        off = {flow.id for flow in hands.session.workspace.flows.values() if not flow.enabled}
        assert {"agent-left-whatsapp", "kiosk-guest-left"} <= off


async def test_every_dialog_and_picker_has_its_help_and_a_pane_can_have_the_screen(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("e", "q")
        assert "? keys" in hands.grid()
        await hands.press("question_mark")
        assert "esc" in hands.grid()
        await hands.press("escape", "escape", "4", "Z")
        assert "1 Flows" not in hands.inside("#panes")
        await hands.press("Z", "ctrl+l")
        assert "1 Flows" in hands.inside("#panes")
