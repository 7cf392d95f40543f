"""Lines of which parts can be clicked: what a click means is in the cells, wherever they are."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from tests.tui.widgets.bare import STYLES, bench
from tests.workbench.test_spans import lines as any_lines

from oncue.tui.widgets.lines import LineWidget, Parts, Target, bracketed, flowed, strip_of
from oncue.workbench.spans import Line, line, width_of

WORDS = ("one", "界界", "🚣 row", "é\u0301", "[b]x[/b]", "last")


class Words(LineWidget):
    """Words that can be clicked, in as many lines as they need, and what was clicked."""

    def __init__(self, label: str = "", label_width: int = 0) -> None:
        super().__init__(label=label, label_width=label_width)
        self.heard: list[str | int] = []

    def lines(self, width: int) -> Sequence[Parts]:
        targets = [Target(line((f" {word} ", "accent")), word) for word in WORDS]
        return [*flowed(targets, width), (("plain", ""),), Target(line("whole line"), 7)]

    def clicked(self, value: str | int) -> None:
        self.heard.append(value)


async def test_every_cell_of_a_target_means_it_and_no_other() -> None:
    widget = Words()
    async with bench(widget, (60, 8)) as user:
        x = 0
        for word in WORDS:
            for cell in range(cell_len(word) + 2):
                await user.click_at(x + cell, 0)
            assert widget.heard == [word] * (cell_len(word) + 2)
            widget.heard.clear()
            x += cell_len(word) + 2
        await user.click_at(x + 3, 0)
        await user.click("plain")
        assert not widget.heard, "nothing is there to click"
        await user.click("whole line", 40)
        assert widget.heard == [7]


async def test_a_label_beside_the_lines_is_no_target_and_shifts_them() -> None:
    widget = Words("Name", 9)
    async with bench(widget, (60, 8)) as user:
        assert user.screen[0].startswith("Name      one ")
        await user.click_at(2, 0)
        assert not widget.heard
        await user.click("one")
        await user.click("last")
        assert widget.heard == ["one", "last"]


async def test_a_click_means_what_is_seen_after_a_resize() -> None:
    widget = Words()
    async with bench(widget, (60, 8)) as user:
        await user.pilot.resize_terminal(14, 12)
        await user.pilot.pause()
        assert "last" not in user.screen[0]
        for word in ("界界", "row", "last"):
            await user.click(word)
        assert widget.heard == ["界界", "🚣 row", "last"]


async def test_the_pointer_draws_nothing() -> None:
    widget = Words()
    async with bench(widget, (60, 8)) as user:
        drawn = 0

        def refreshed(*_args: object, **_options: object) -> Words:
            nonlocal drawn
            drawn += 1
            return widget

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(widget, "refresh", refreshed)
            for x in range(20):
                await user.pilot.hover(widget, offset=(x, 0))
        assert drawn == 0


@given(any_lines, st.integers(1, 60))
def test_a_strip_has_the_width_that_it_is_drawn_in(spans: Line, width: int) -> None:
    for parts in (spans, Target(spans, "all"), (Target(spans, "part"), ("more", ""))):
        strip = strip_of(parts, width, Style(), STYLES)
        assert strip.cell_length == width
        assert not any(ord(letter) < 32 for letter in strip.text)


@given(st.lists(any_lines, max_size=6), st.integers(0, 40))
def test_a_cut_line_still_knows_what_its_cells_mean(lines: list[Line], width: int) -> None:
    strip = strip_of([Target(spans, number) for number, spans in enumerate(lines)], width, Style(), STYLES)
    numbers = [int(segment.style.meta["target"]) for segment in strip if segment.style and segment.style.meta]
    assert numbers == sorted(numbers)
    cells = 0
    for number, spans in enumerate(lines):
        cells += width_of(spans)
        if width_of(spans) and cells < width and all(text for text, _ in spans):
            assert number in numbers


@given(st.lists(any_lines, max_size=8), st.integers(1, 60))
def test_flowed_targets_keep_their_order_and_their_room(lines: list[Line], width: int) -> None:
    targets = [Target(spans, number) for number, spans in enumerate(lines)]
    rows = flowed(targets, width)
    assert [target for row in rows for target in row] == targets
    for row in rows:
        assert len(row) <= 1 or sum(width_of(target.spans) for target in row) <= width


def test_what_is_chosen_shows_without_colour() -> None:
    assert bracketed("a", True)[0][0] == "❯a❮"
    assert bracketed("a", False)[0][0] == " a "
