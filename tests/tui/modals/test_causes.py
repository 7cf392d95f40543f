"""The graph of causes round the open flow: by key and by mouse, to flows and to their steps."""

from pathlib import Path

import pytest
from tests.tui.hands import designer

NOTED = """\
name = "Noted [b]"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["flow"]

[[steps]]
type = "send_message"
text = "again"
"""


@pytest.fixture
def chain(acme: Path) -> Path:
    (acme / "flows/noted.toml").write_text(NOTED)
    return acme


async def test_the_keyboard_alone(chain: Path) -> None:
    async with designer(chain) as hands:
        await hands.open_flow("welcome")
        await hands.press("G")
        assert hands.asking == "Causes · Welcome"
        seen = hands.grid()
        assert "started by no flow, starts 1 flow; no loop" in seen
        assert "step 1, send a message: ✎ a flow sends a text message on WhatsApp" in seen
        assert "starts noted  Noted [b]" in seen
        await hands.press("down", "down", "enter")
        assert hands.asking == ""
        assert hands.session.selected == "noted"
        assert hands.place == "trigger/trigger-event"
        await hands.press("G")
        assert "⟳ loop 1 on Support NL, Support DE" in hands.grid()
        assert "noted (step 1) → noted" in hands.grid()
        await hands.press("escape")
        assert hands.asking == ""
        assert hands.session.selected == "noted"


async def test_a_step_is_opened_at_its_place(chain: Path) -> None:
    async with designer(chain, (80, 24)) as hands:
        await hands.open_flow("noted")
        await hands.press("G", "home", *["down"] * 4, "enter")
        assert hands.asking == ""
        assert hands.session.selected in ("noted", "welcome")
        assert hands.place.startswith("steps/")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_the_mouse_alone(chain: Path, size: tuple[int, int]) -> None:
    async with designer(chain, size) as hands:
        await hands.open_flow("welcome")
        await hands.click_on("#footer", "all keys")
        await hands.type("what starts the flow")
        await hands.click_on("#picker-rows", "G ")
        assert hands.asking == "Causes · Welcome"
        await hands.click_on("#causes-rows", "starts noted")
        assert hands.asking == ""
        assert hands.session.selected == "noted"


async def test_it_shows_what_is_not_saved(chain: Path) -> None:
    async with designer(chain) as hands:
        await hands.open_flow("noted")
        await hands.press("e")
        await hands.open_flow("welcome")
        await hands.press("G")
        assert "starts no flow" in hands.grid()
        await hands.press("enter")
        assert hands.asking.startswith("Causes"), "there is nothing to open"


async def test_no_flow_is_open(tmp_path: Path) -> None:
    (tmp_path / "workspace.toml").write_text('name = "Empty"\n')
    async with designer(tmp_path) as hands:
        await hands.press("G")
        assert hands.asking == ""
        assert hands.toasts[-1] == "No flow is open."
