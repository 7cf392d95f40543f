from collections.abc import Sequence

from tests.tui.widgets.bare import Bench, bench

from oncue.tui.widgets.rows import RowList
from oncue.workbench.spans import Line, line


def draw(row: int, _width: int) -> Sequence[Line]:
    return (line(f"row {row} 界"), line(f"  about {row}"))


def listed(rows: int, height: int = 2) -> "RowList[int]":
    found: RowList[int] = RowList(draw, height=height, empty=[line("nothing"), line("at all")])
    found.rows = range(rows)
    found.styles.height, found.styles.overflow_x = "1fr", "hidden"
    return found


def chosen(user: Bench) -> list[int]:
    return [message.row for message in user.told if isinstance(message, RowList.Chosen)]


async def test_a_click_picks_the_row_that_is_seen_there_after_scrolling_and_resizing() -> None:
    rows = listed(1_000)
    async with bench(rows, (40, 9)) as user:
        rows.show(range(1_000), 0)
        await user.pilot.pause()
        await user.click("row 2")
        await user.click("about 3", 20)
        assert chosen(user) == [2, 3]
        rows.scroll_to(y=701, animate=False, force=True)
        await user.pilot.pause()
        assert user.screen[0] == "  about 350", "half a row"
        await user.click("about 350")
        await user.click("row 353")
        assert chosen(user) == [350, 353]
        await user.pilot.resize_terminal(30, 5)
        await user.pilot.pause()
        await user.click("row 353")
        assert chosen(user) == [353]
        assert rows.cursor == 353


async def test_a_click_below_the_rows_or_on_an_empty_list_picks_nothing() -> None:
    rows = listed(2)
    async with bench(rows, (40, 9)) as user:
        rows.show(range(2), 0)
        await user.click_at(3, 6)
        rows.show((), 0)
        assert user.screen[:2] == ["nothing", "at all"]
        await user.click("nothing")
        assert chosen(user) == []


async def test_keys_move_by_rows_and_pages_and_to_the_edges() -> None:
    rows = listed(50, height=1)
    async with bench(rows, (40, 10)) as user:
        rows.show(range(50), 0)
        rows.focus()
        await user.press("down", "pagedown")
        assert rows.cursor == 10
        await user.press("end", "up", "enter")
        assert chosen(user) == [48]
        await user.press("home", "up")
        assert rows.cursor == 0
        assert rows.current == 0


async def test_a_list_that_follows_the_cursor_begins_with_a_whole_row() -> None:
    rows = listed(50)
    async with bench(rows, (40, 9)) as user:
        rows.show(range(50), 0)
        rows.focus()
        for _ in range(12):
            await user.press("down")
            assert user.screen[0].startswith("row")
            assert f"row {rows.cursor} 界" in user.screen
        await user.press("end")
        assert user.screen[0].startswith("row")
        assert "row 49 界" in user.screen
        await user.pilot.resize_terminal(40, 1)
        await user.pilot.pause()
        assert user.screen[0].startswith("row 49")


async def test_only_what_is_seen_is_drawn() -> None:
    drawn: list[int] = []

    def note(row: int, width: int) -> Sequence[Line]:
        drawn.append(row)
        return draw(row, width)

    rows: RowList[int] = RowList(note, height=2)
    rows.styles.height = "1fr"
    async with bench(rows, (40, 10)) as user:
        drawn.clear()
        rows.show(range(100_000), 50_000)
        await user.pilot.pause()
        assert drawn
        assert len(set(drawn)) < 20


async def test_the_cursor_stays_near_where_it_was_when_rows_go() -> None:
    rows = listed(10)
    async with bench(rows, (40, 9)):
        rows.show(range(10), 9)
        rows.show(range(4))
        assert (rows.cursor, rows.current) == (3, 3)
        rows.show(())
        assert rows.current is None
