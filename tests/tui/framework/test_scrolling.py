"""Contents that grow without a new layout, and scrollbars that rest; the canaries name what they need of Textual."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from rich.style import Style
from tests.tui.hands import designer
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.scrolling import StillScrollBar


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_scroll_view_scroll_update() -> None:
    assert parameters(ScrollView._scroll_update) == ["self", "virtual_size"]


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lists and forms whose scrollbars are drawn."""
    drawn: list[str] = []
    draw = StillScrollBar.render_lines

    def counting(bar: StillScrollBar, *given: object) -> object:
        drawn.append(str(cast("Widget", bar.parent).id))
        return draw(bar, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(StillScrollBar, "render_lines", counting)
    yield drawn


async def test_only_a_scrollbar_that_looks_different_is_drawn(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(sample, (120, 40), paint=True) as hands:
        await hands.press("down", "down", "down")
        with counted(monkeypatch) as drawn:
            await hands.open_flow("welcome-whatsapp")  # no types of messages: a shorter form, which fits as well
            assert not hands.find("#trigger-messages", Widget).display
            assert drawn == []
            await hands.open_flow("shop-quote-sent")  # conditions, which do not fit
            assert drawn == ["trigger-form"]
            drawn.clear()
            await hands.press("ctrl+p")  # what is behind a dialog is dimmed
            assert "problem-rows" in drawn
            drawn.clear()
            await hands.press("escape")
            assert "problem-rows" in drawn
            await hands.press("f9")
            drawn.clear()
            await hands.press("down")
            assert "problem-rows" in drawn, "another theme has other colours"


async def test_a_scrollbar_is_dragged_and_its_list_follows(sample: Path) -> None:
    async with designer(sample, (120, 24)) as hands:
        rows = hands.find("#flow-rows", Widget)
        bar = rows.vertical_scrollbar
        assert not cast("StillScrollBar", bar).is_blank
        x, y = bar.region.offset
        await hands.click_at(x, y + bar.region.height - 1)
        assert rows.scroll_offset.y > 0


LOOKS = ((12, 12, 0), (12, 13, 1), (12, 40, 0), (12, 40, 9), (12, 1000, 988), (5, 7, 1))
"""How much is seen, of how much, and from where on."""


class Bars(App[None]):
    """The bar of Textual, and ours."""

    CSS = "ScrollBar { width: 1; height: 12; } Screen { layout: horizontal; }"

    def compose(self) -> ComposeResult:
        yield ScrollBar(thickness=1)
        yield StillScrollBar(thickness=1)


@pytest.mark.parametrize("no_color", [False, True])
async def test_a_scrollbar_looks_as_textual_draws_it(no_color: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = Bars()
    async with app.run_test() as pilot:
        textuals, ours = app.query(ScrollBar)
        for theme in ("textual-dark", "textual-light", "ansi-dark"):
            app.theme = theme
            for window, whole, position in LOOKS:
                for bar in (textuals, ours):
                    bar.window_size, bar.window_virtual_size, bar.position = window, whole, position
                await pilot.pause()
                for crop in (Region(0, 0, 1, 12), Region(0, 3, 1, 4)):
                    assert cells(ours.render_lines(crop)) == cells(textuals.render_lines(crop)), (theme, window, whole)


def cells(strips: list[Strip]) -> list[list[tuple[str, Style | None]]]:
    """The texts of lines, and their styles."""
    return [[(segment.text, segment.style) for segment in strip] for strip in strips]
