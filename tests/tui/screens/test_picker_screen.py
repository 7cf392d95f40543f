"""The one picker: it filters, walks, closes, and gives the focus back."""

from pathlib import Path

from tests.tui.hands import designer


async def test_the_picker_gives_the_focus_back(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("3", "ctrl+p", "escape")
        assert (hands.picking, hands.place) == ("", "steps/step-rows")
        await hands.press("ctrl+p", "ctrl+p", "escape")
        assert (hands.picking, hands.place) == ("", "steps/step-rows")
        await hands.quickly("ctrl+p", "f1", "f9")
        await hands.press("escape")
        assert (hands.picking, hands.place) == ("", "steps/step-rows")
        await hands.press("ctrl+p")
        await hands.click("#play-text", x=15)
        assert hands.picking == "", "a click beside it closes it"
        assert hands.place == "steps/step-rows", "and does nothing else"
        await hands.click("#play-text", x=15)
        assert hands.place == "simulator/play-text"


async def test_f1_in_the_picker_shows_its_keys_and_keeps_what_was_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("f")
        await hands.type("wel")
        await hands.press("f1")
        assert hands.picking == "Open a flow"
        assert "take the marked one" in hands.inside("#picker")
        assert "Reply" not in hands.inside("#picker")
        await hands.press("f1")
        assert "take the marked one" not in hands.inside("#picker")
        await hands.press("f1", "escape", "f")
        assert "take the marked one" not in hands.inside("#picker")


async def test_the_picker_filters_walks_and_finds_nothing(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("f")
        await hands.type("zzz")
        assert "Nothing found." in hands.grid()
        before = hands.session
        await hands.press("enter")
        assert hands.picking, "there is nothing to take"
        await hands.press(*["backspace"] * 3, "pagedown", "down", "up", "up", "pageup", "down", "pagedown", "enter")
        assert hands.session.selected == "welcome"
        assert before.workspace is hands.session.workspace
