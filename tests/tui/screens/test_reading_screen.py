"""Copying, zooming, and coming back to where one was."""

from pathlib import Path

import pytest
from tests.tui.hands import designer
from textual.widget import Widget

from oncue.storage.user.recents import remember
from oncue.tui.widgets.field import Field


async def test_what_is_chosen_is_copied(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        for words, text in (("id", "welcome"), ("file", "# what agents call it"), ("sentence", "When ")):
            await hands.press("Y")
            assert hands.picking == "Copy"
            await hands.choose(words)
            assert text in hands.app.clipboard
        assert "clipboard" in hands.toasts[-1]
        await hands.press("F", "c")
        assert "# what agents call it" in hands.app.clipboard


async def test_one_pane_gets_the_whole_screen_and_gives_it_back(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("4", "Z")
        assert hands.find("#simulator", Widget).region.width == 120
        await hands.press("2")
        assert hands.find("#trigger", Widget).region.width == 120, "and so does the next one"
        await hands.press("Z")
        assert hands.find("#simulator", Widget).region.width < 60
        await hands.press("4")
        assert hands.place.startswith("simulator")


async def test_the_next_start_opens_the_flow_that_was_open(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("q")
        await hands.until(lambda: hands.app._exit)
    async with designer(acme) as hands:
        assert hands.session.selected == "welcome"


async def test_another_workspace_is_opened_after_this_one_is_left(acme: Path, sample: Path) -> None:
    remember(sample, "")
    async with designer(acme) as hands:
        await hands.press("e", "W")
        assert hands.picking == "Open a workspace"
        await hands.press("enter")
        assert hands.asking == "Unsaved work"
        await hands.press("d")
        await hands.until(lambda: hands.app._exit)
        assert hands.app.next_folder == sample


async def test_any_folder_with_a_workspace_can_be_typed(acme: Path, sample: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("W")
        await hands.choose("another folder")
        assert hands.asking == "Open a workspace"
        assert hands.find("#prompt-field", Field).value == f"{acme.parent}/", "those beside the open one are near"
        await hands.press("enter")
        assert "there is no workspace.toml in it" in hands.inside("#prompt-hint")
        await hands.type("nowhere")
        assert "there is no such folder" in hands.inside("#prompt-hint")
        await hands.press("ctrl+u")
        await hands.type(str(sample)[:-2])
        await hands.press("tab", "enter")
        await hands.until(lambda: hands.app._exit)
        assert hands.app.next_folder == sample


async def test_a_workspace_that_is_gone_is_not_opened(acme: Path, tmp_path: Path) -> None:
    remember(tmp_path / "gone", "")
    async with designer(acme) as hands:
        await hands.press("W", "enter")
        assert "no workspace any more" in hands.toasts[-1]


@pytest.mark.parametrize("key", ["C", "F"])
async def test_a_capital_letter_goes_to_a_chip_that_begins_so(acme: Path, key: str) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2")
        await hands.click("#trigger-participants" if key == "C" else "#trigger-messages", x=14)
        screen = hands.app.screen
        await hands.press(key)
        assert hands.app.screen is screen
