"""Lines without a border are drawn as Textual draws them, and only those that changed."""

import inspect

import pytest
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.line_cache import keep_lines


class Lines(Widget):
    """Lines that count how often each is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return Strip.blank(self.size.width, Style(bold=bool(y % 2), color="red", bgcolor="blue"))


class Both(App[None]):
    """The same lines, drawn by Textual and by the cache of lines."""

    CSS = "Lines { height: 5; width: 10; }"

    def compose(self) -> ComposeResult:
        yield Lines()
        ours = Lines()
        keep_lines(ours)
        yield ours


@pytest.mark.parametrize("style", ["", "border: round red", "padding: 1", "opacity: 50%", "border-top: solid red"])
@pytest.mark.parametrize("monochrome", [False, True])
async def test_they_look_as_textual_draws_them(style: str, monochrome: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if monochrome:
        monkeypatch.setenv("NO_COLOR", "1")
    app = Both()
    async with app.run_test() as pilot:
        both = list(app.query(Lines))
        for each in both:
            each.set_styles(f"{style};" if style else None)
        await pilot.pause()
        width, height = both[0].outer_size
        for crop in (Region(0, 0, width, height), Region(0, 1, width, 2), Region(2, 0, 3, height)):
            textuals, ours = (each.render_lines(crop) for each in both)
            assert textuals == ours


async def test_only_lines_that_changed_are_drawn_again() -> None:
    app = Both()
    async with app.run_test() as pilot:
        await pilot.pause()
        lines = list(app.query(Lines))[1]
        whole = Region(0, 0, 10, 5)
        lines.render_lines(whole)
        lines.drawn.clear()
        lines.render_lines(whole)
        assert lines.drawn == []
        lines.refresh(Region(0, 2, 10, 1))
        lines.render_lines(whole)
        assert lines.drawn == [2]
        lines.styles.width = 12
        await pilot.pause()
        lines.drawn.clear()
        assert {strip.cell_length for strip in lines.render_lines(Region(0, 0, 12, 5))} == {12}


def test_styles_cache_of_a_widget() -> None:
    assert isinstance(Widget()._styles_cache, StylesCache)
    assert list(inspect.signature(StylesCache.render_widget).parameters) == ["self", "widget", "crop"]
    cache = StylesCache()
    assert (cache._cache, cache._dirty_lines, cache._width) == ({}, set(), 1)
