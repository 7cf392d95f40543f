"""The heat map of coverage: every cell by key and by mouse, what it says, and the way to the flows."""

from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer
from textual.color import Color

from oncue.analysis.decisions import WHO
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.tui.theming import CONTRAST, contrast
from oncue.tui.widgets.heat_map import SHADES, HeatMap
from oncue.tui.widgets.rows import RowList

SECOND = """\
name = "Second reply"

[trigger]
event = "message_created"
channel = "whatsapp"
message_types = ["image"]

[when]
text_any = ["refund"]
"""


def cell(hands: Hands) -> str:
    return " ".join(hands.inside("#coverage-cell").split())


def at(hands: Hands) -> tuple[int, int]:
    heat_map = hands.find("#coverage-map", HeatMap)
    return heat_map.row, heat_map.column


async def test_the_keyboard_alone(acme: Path) -> None:
    (acme / "flows/second.toml").write_text(SECOND)
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("C")
        assert hands.asking == "Coverage"
        assert cell(hands) == "Conversation created · WhatsApp Support NL · Contact"
        assert "always welcome Welcome" in " ".join(hands.inside("#coverage-flows").split())
        await hands.press("right")
        assert at(hands) == (0, 1)
        assert cell(hands).endswith("Agent Nothing answers this.")
        await hands.press("enter")
        assert hands.asking == "Coverage", "there is nothing to open"
        await hands.press("h", *["down"] * 9)
        assert at(hands)[0] == len(hands.find("#coverage-map", HeatMap).rows) - 1
        for _ in range(4):
            await hands.press("pagedown")
            if "Support NL" in hands.inside("#coverage-places"):
                break
        await hands.press(*["up"] * 9, *["down"] * 3)
        assert "Image" in cell(hands)
        assert "sometimes second" in " ".join(hands.inside("#coverage-flows").split())
        await hands.press("enter", "down", "escape")
        assert hands.asking == "Coverage", "escape leads back to the map"
        await hands.press("enter", "down", "enter")
        assert hands.asking == ""
        assert hands.session.selected == "second"
        assert hands.place == "trigger/trigger-event"
        await hands.press("1", "C", "escape")
        assert hands.asking == ""
        assert hands.session.selected == "second"


async def test_the_mouse_alone(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.click_on("#footer", "all keys")
        await hands.type("which flows answer")
        await hands.click_on("#picker-rows", "Show which flows")
        assert hands.asking == "Coverage"
        await hands.click_on("#coverage-places", "›")
        first = hands.inside("#coverage-places")
        await hands.click_on("#coverage-places", "‹")
        assert hands.inside("#coverage-places") != first
        await hands.click_on("#coverage-map", "▒")
        answers = hands.find("#coverage-flows", RowList).rows
        assert len(answers) == 1
        await hands.click_on("#coverage-flows", answers[0].flow_id)
        assert hands.asking == ""
        assert hands.session.selected == answers[0].flow_id


async def test_a_cell_that_is_clicked_again_opens(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("C", "right")
        await hands.click_on("#coverage-map", "▒")
        assert hands.asking == "Coverage"
        await hands.click_on("#coverage-map", "❯")
        assert hands.asking == ""
        assert hands.session.selected == "welcome"


async def test_it_shows_what_is_not_saved(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e", "C")
        assert hands.session.dirty == {"off"}
        assert "always off Switched off" in " ".join(hands.inside("#coverage-flows").split())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_every_cell_can_be_seen_at_every_size(sample: Path, size: tuple[int, int]) -> None:
    async with designer(sample, size) as hands:
        await hands.press("C", *["up"] * 20, *["left"] * 9)
        heat_map = hands.find("#coverage-map", HeatMap)
        for _ in range(len(heat_map.rows)):
            assert "❯" in hands.inside("#coverage-map")
            assert cell(hands)
            await hands.press("down")
        for _ in WHO:
            assert hands.inside("#coverage-map").count("❮") == 1
            await hands.press("right")
        assert "█" in hands.inside("#coverage-legend")


async def test_without_colours_it_says_the_same(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(sample, (80, 24)) as hands:
        await hands.press("C")
        coloured = hands.grid()
    monkeypatch.setenv("NO_COLOR", "1")
    async with designer(sample, (80, 24)) as hands:
        await hands.press("C")
        assert hands.grid() == coloured
        assert not any(part.style and part.style.color for row in hands.rows() for part in row)


async def test_the_shades_are_readable_in_every_theme(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("C")
        for name in sorted(hands.app.available_themes):
            hands.app.theme = name
            await hands.settle()
            if hands.app.current_theme.ansi:
                continue
            for _, role in SHADES.values():
                color = hands.app.role_styles[role].color
                assert color is not None
                ground = Color.parse(hands.app.theme_variables["background"])
                assert contrast(Color.from_rich_color(color), ground) >= CONTRAST, (name, role)


async def test_nothing_is_installed(tmp_path: Path) -> None:
    (tmp_path / "workspace.toml").write_text('name = "Empty"\n')
    async with designer(tmp_path) as hands:
        await hands.press("C", "down", "enter", "pagedown")
        assert cell(hands).startswith("No channel is installed")
        await hands.press("escape")
        assert hands.asking == ""


async def test_an_edit_that_comes_while_it_is_open_is_no_bug(acme: Path) -> None:
    """Another program may remove the flow that is chosen."""
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("C")

        def remove(workspace: Workspace) -> Workspace:
            return edits.delete_flow(workspace, "welcome")

        hands.store.edit("Delete", remove, {"welcome"})
        await hands.settle()
        await hands.press("enter")
        assert hands.asking == ""
