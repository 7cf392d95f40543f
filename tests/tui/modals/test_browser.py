"""Browsing a list of things with their texts."""

from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

from oncue.tui.background import in_background
from oncue.tui.user import Action
from oncue.workbench.spans import line

LABELS = [line(f"thing {number}") for number in range(40)]


async def browse(hands: Hands, *actions: Action) -> list[object]:
    results: list[object] = []

    async def work() -> None:
        results.append(
            await hands.app.browse(
                "Things", LABELS, lambda at: [line(f"text {at} row {row}") for row in range(100)], actions
            )
        )

    in_background(hands.app.designer, work)
    await hands.settle()
    return results


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_keys_go_through_the_list_and_scroll_the_text(acme: Path, size: tuple[int, int]) -> None:
    async with designer(acme, size) as hands:
        results = await browse(hands, Action("go", "g", "Go there"))
        assert "text 0 row 0" in hands.grid()
        await hands.press(*["j"] * 30, "down")
        assert "❯ thing 31" in hands.grid(), "the cursor stays in sight"
        assert "text 31 row 0" in hands.grid()
        await hands.press("space", "J")
        assert "text 31 row 0 " not in hands.grid()
        await hands.press("home")
        assert "text 31 row 0" in hands.grid()
        await hands.press("end")
        assert "text 31 row 99" in hands.grid()
        await hands.press("k", "g")
        assert results == [("go", 30)]


async def test_keys_that_do_nothing_and_ways_out(acme: Path) -> None:
    async with designer(acme) as hands:
        for key in ("escape", "q", "ctrl+q"):
            results = await browse(hands)
            await hands.press("z", "n", "f9", key)
            assert results == [None]
            assert not hands.session.dirty


async def test_the_mouse_goes_to_a_thing_and_gives_an_action(acme: Path) -> None:
    async with designer(acme) as hands:
        results = await browse(hands, Action("go", "g", "Go there"))
        await hands.click_on("#browser-items", "thing 3")
        assert "text 3 row 0" in hands.grid()
        await hands.click_on("#browser-actions", "Keys")
        assert "scroll the text by a page" in hands.grid()
        await hands.click_on("#browser-actions", "Go there")
        assert results == [("go", 3)]
