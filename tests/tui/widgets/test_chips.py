from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tui.widgets.bare import Bench, bench, cells_before

from oncue.tui.widgets.chips import ChipBar, grid_for
from oncue.workbench.spans import cells_of

LABELS = {"a": "Contact", "b": "界界", "c": "Agent", "d": "Bot"}
WHO = ("Contact", "Agent", "Bot", "Flow", "API key", "Campaign", "Channel echo", "Automation rule")
SHORT = (*WHO[:6], "Echo", "Rule")


def pressed(user: Bench) -> list[str]:
    return [message.value for message in user.told if isinstance(message, ChipBar.Toggled)]


def chosen(user: Bench) -> list[frozenset[str] | None]:
    return [message.values for message in user.told if isinstance(message, ChipBar.Chosen)]


@asynccontextmanager
async def focused(bar: ChipBar, width: int = 32) -> AsyncIterator[Bench]:
    """A bar with the focus; four chips stand in two rows of two in 32 cells."""
    async with bench(bar, (width, 8)) as user:
        bar.focus()
        await user.pilot.pause()
        yield user


def test_as_few_rows_as_fit_and_labels_are_shortened_before_a_row_is_added() -> None:
    assert [grid_for(WHO, SHORT, width).columns for width in (35, 61, 79, 120)] == [3, 4, 8, 8]
    assert grid_for(WHO, SHORT, 61).labels == WHO
    assert grid_for(WHO, SHORT, 79).labels == SHORT
    assert grid_for(WHO, SHORT, 120).labels == WHO
    assert grid_for(WHO, SHORT, 5).columns == 1, "what has no room is cut"


@given(st.lists(st.text("a界", max_size=9), min_size=1, max_size=14), st.integers(1, 150))
def test_a_grid_has_room_for_every_chip(labels: list[str], width: int) -> None:
    grid = grid_for(tuple(labels), tuple(labels), width)
    assert sum(grid.widths) + grid.columns - 1 <= width or grid.columns == 1
    for at, label in enumerate(labels):
        assert cells_of(label) + 3 + grid.padding <= grid.widths[at % grid.columns]


async def test_a_chip_that_is_on_can_be_taken_away() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        assert user.screen == [" Contact ×   界界 ×   Agent ×   Bot ×"]
        bar.show(frozenset({"b"}))
        assert user.screen == [" Contact     界界 ×   Agent     Bot"]
        bar.show(None)
        assert user.screen[0].count("×") == 4, "no narrowing is all of them"


async def test_without_colours_chips_are_check_boxes() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        user.app.no_color = True
        bar.show(frozenset({"b"}))
        assert user.screen == ["[ ] Contact [x] 界界 [ ] Agent [ ] Bot"]
        await user.click("[x]")
        assert pressed(user) == ["b"]


async def test_a_click_on_any_cell_of_a_chip_presses_it() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        for words, value in (("Contact", "a"), ("界界", "b"), ("Agent", "c"), ("Bot", "d")):
            await user.click(words)
            assert pressed(user) == [value]
            await user.click(words, cells_of(LABELS[value]) + 1)
            assert pressed(user) == [value], "its cross"
        await user.click("界界", 6)
        assert pressed(user) == ["b"], "the space behind it belongs to it"
        await user.click("Bot", 8)
        assert pressed(user) == []


async def test_the_right_button_means_only_this() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        x = cells_before(user.screen[0], "Agent")
        await user.pilot.click(bar, offset=(x, 0), button=3)
        await user.pilot.pause()
        told = user.told
        assert [message.values for message in told if isinstance(message, ChipBar.Chosen)] == [frozenset({"c"})]
        assert not any(isinstance(message, ChipBar.Toggled) for message in told)


async def test_chips_stand_in_columns_and_are_clicked_where_they_are_seen() -> None:
    bar = ChipBar(LABELS, label="Who", label_width=5)
    async with bench(bar, (28, 8)) as user:
        assert user.screen == ["Who   Contact ×   界界 ×", "      Agent   ×   Bot  ×"]
        await user.click("Bot")
        assert pressed(user) == ["d"]
        await user.pilot.resize_terminal(16, 8)
        await user.pilot.pause()
        assert len(user.screen) == 4
        await user.click("Agent")
        assert pressed(user) == ["c"]
        await user.click("Who")
        assert pressed(user) == [], "a label is no chip"


async def test_keys_press_and_choose() -> None:
    bar = ChipBar(LABELS)
    async with focused(bar) as user:
        await user.press("right", "space", "left", "left", "enter")
        assert pressed(user) == ["b", "d"]
        assert "❯Bot" in user.screen[1]
        await user.press("t", "a", "o")
        assert chosen(user) == [frozenset({"d"}), None, frozenset()]


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_a_chip_that_is_on_is_deselected(key: str) -> None:
    bar = ChipBar(LABELS)
    async with focused(bar) as user:
        bar.show(frozenset({"a"}))
        await user.press(key, "right", key)
        assert pressed(user) == ["a"], "what is off stays off"


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (("down",), 2),
        (("right", "j"), 3),
        (("down", "down"), 2),
        (("down", "right", "up"), 1),
        (("k",), 0),
        (("end",), 3),
        (("end", "home"), 0),
    ],
)
async def test_all_arrows_move_in_the_grid(keys: tuple[str, ...], at: int) -> None:
    bar = ChipBar(LABELS)
    async with focused(bar) as user:
        await user.press(*keys)
        assert bar.cursor == at


async def test_down_above_the_end_of_a_row_goes_to_the_last_chip() -> None:
    bar = ChipBar({"a": "Contact", "b": "Agent", "c": "Bot"})
    async with focused(bar, 24) as user:
        await user.press("right", "down")
        assert bar.cursor == 2


async def test_first_letters_go_to_chips() -> None:
    bar = ChipBar({"a": "Contact", "b": "Agent", "c": "Bot", "d": "Campaign"})
    async with focused(bar) as user:
        seen = []
        for key in ("c", "c", "b", "A", "z"):
            await user.press(key)
            seen.append(bar.cursor)
        assert seen == [3, 0, 2, 1, 1]
        assert chosen(user) == []
        await user.press("a")
        assert chosen(user) == [None], "a small letter that is a command stays one"


async def test_a_bar_that_takes_no_part_is_not_there_and_hears_nothing() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar, (20, 8)) as user:
        bar.take_part(False)
        await user.pilot.pause()
        assert "Contact" not in "".join(user.screen)
        assert not bar.can_focus
        await user.click_at(3, 0)
        assert user.told == []
        bar.take_part(True)
        await user.pilot.pause()
        await user.click("Contact")
        assert pressed(user) == ["a"]
