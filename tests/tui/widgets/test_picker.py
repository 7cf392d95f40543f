"""The picker in the app: what is clicked is what is taken, wherever the list has been scrolled to."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.tui.hands import designer
from textual import events
from textual.widget import Widget

from oncue.tui.widgets.picker import Entry, Picker
from oncue.tui.widgets.rows import RowList

ENTRIES = [Entry(f"v{number}", f"界 entry {number}", "about", f"f{number}") for number in range(100)]


async def test_a_click_takes_the_entry_that_is_seen_there_also_after_scrolling(acme: Path) -> None:
    taken: list[str] = []
    async with designer(acme) as hands:
        for words, value in (("entry 3 ", "v3"), ("entry 41 ", "v41")):
            hands.app.designer.pick("Choose", ENTRIES, taken.append)
            await hands.settle()
            if value == "v41":
                hands.find("#picker-rows", RowList).scroll_to(y=35, animate=False, force=True)
                await hands.settle()
            await hands.click_on("#picker-rows", words)
            assert taken[-1] == value
            assert not hands.picking


async def test_a_press_beside_it_closes_it_but_not_the_one_that_opened_it(acme: Path) -> None:
    async with designer(acme) as hands:
        early = events.MouseDown(None, 1, 39, 0, 0, 1, False, False, False, screen_x=1, screen_y=39)
        hands.app.designer.pick("Choose", ENTRIES, lambda _value: None)
        await hands.settle()
        picker = hands.find("#picker", Picker)
        picker.pointer_pressed(early)
        assert picker.display
        await hands.click("#picker-filter")
        assert picker.display, "a press inside is none beside it"
        await hands.click_at(1, 39)
        assert not picker.display


async def test_escape_gives_the_focus_back_and_tells_that_nothing_was_chosen(acme: Path) -> None:
    cancelled: list[bool] = []
    previewed: list[str] = []
    async with designer(acme) as hands:
        before = hands.place
        hands.app.designer.pick(
            "Choose", ENTRIES, lambda _value: None, preview=previewed.append, cancelled=lambda: cancelled.append(True)
        )
        await hands.settle()
        await hands.press("down", "escape")
        assert hands.place == before
        assert cancelled == [True]
        assert previewed[-1] == "v1"
        assert not hands.find("#picker", Widget).display


def test_one_that_is_not_mounted_yet_claims_no_keys() -> None:
    picker = Picker()
    picker.claim_keys()
    assert not picker.display


async def test_what_is_off_says_why_and_is_not_taken(acme: Path) -> None:
    taken: list[str] = []
    async with designer(acme) as hands:
        entries = [Entry("a", "Off", "not today", off=True), Entry("b", "On", synonyms="other")]
        hands.app.designer.pick("Choose", entries, taken.append)
        await hands.settle()
        await hands.press("enter")
        assert hands.toasts == ["Off: not today."]
        assert hands.picking
        await hands.choose("other")
        assert taken == ["b"]


async def test_entries_stand_in_groups_below_headings_that_the_cursor_passes_over(acme: Path) -> None:
    taken: list[str] = []
    entries = [
        Entry(f"{group}{number}", f"{group} {number}", group=group) for group in ("ant", "bee") for number in (1, 2)
    ]
    async with designer(acme) as hands:
        hands.app.designer.pick("Choose", entries, taken.append)
        await hands.settle()
        seen = [row.strip() for row in hands.inside("#picker-rows").splitlines()]
        assert seen == ["ant", "ant 1", "ant 2", "bee", "bee 1", "bee 2"]
        await hands.press("up", "down", "down", "enter")
        assert taken == ["bee1"]


async def test_what_was_chosen_is_under_the_cursor_also_below_headings(acme: Path) -> None:
    taken: list[str] = []
    entries = [Entry(group, group, group=f"{group}s") for group in ("ant", "bee")]
    async with designer(acme) as hands:
        hands.app.designer.pick("Choose", entries, taken.append, current="bee")
        await hands.settle()
        await hands.press("enter")
        assert taken == ["bee"]


async def test_a_letter_picks_and_other_text_filters_without_headings(acme: Path) -> None:
    taken: list[str] = []
    entries = [
        Entry("contact", "Contact", "there", group="here", letter="c"),
        Entry("agent", "Agent", "away", group="not there", letter="a"),
        Entry("owner", "Owner", "gone", group="not there", letter="o", off=True),
    ]
    async with designer(acme) as hands:
        hands.app.designer.pick("Who?", entries, taken.append)
        await hands.settle()
        assert [row.rstrip() for row in hands.inside("#picker-rows").splitlines()] == [
            " here",
            " c Contact  there",
            " not there",
            " a Agent    away",
            " o Owner    gone",
        ]
        await hands.press("o")
        assert hands.toasts[-1] == "Owner: gone."
        assert hands.picking
        await hands.press("A")
        assert taken == ["agent"]
        hands.app.designer.pick("Who?", entries, taken.append)
        await hands.settle()
        await hands.type("tact")
        assert hands.inside("#picker-rows").split() == ["c", "Contact", "there"]
        await hands.press("enter")
        assert taken == ["agent", "contact"]


@pytest.mark.parametrize("columns", [120, 80, 50])
async def test_what_stands_beside_long_labels_is_a_column_in_a_table(acme: Path, columns: int) -> None:
    entries = [
        Entry("a", "Short", "as expected", "2 events"),
        Entry("b", "界 " + "long " * 30, "as expected", "12 events"),
        Entry("c", "Without more"),
    ]
    async with designer(acme, (columns, 24)) as hands:
        hands.app.designer.pick("Choose", entries, lambda _value: None, table=True)
        await hands.settle()
        short, long, _ = hands.inside("#picker-rows").splitlines()
        assert short.index("as expected") == cell_len(long[: long.index("as expected")])
        assert "…  as expected" in long.replace("   as", "  as")
        assert short.endswith("  2 events")
        assert long.endswith("  12 events")
