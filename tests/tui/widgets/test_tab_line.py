from tests.tui.widgets.bare import bench

from oncue.tui.messages import RunCommand, ShowPane
from oncue.tui.widgets.tab_line import TabLine
from oncue.workbench.findings import Counts
from oncue.workbench.header import Part
from oncue.workbench.spans import line


async def test_the_pane_that_is_seen_is_marked_and_a_click_leads_to_each() -> None:
    tabs = TabLine()
    async with bench(tabs) as user:
        assert user.screen == ["❯1 Flows❮ 2 Trigger  3 Steps  4 Simulator"]
        tabs.show(3, Counts(1, 2), 1, [Part(line("✓ 8"), "app.scenarios")])
        assert user.screen == [" 1 Flows  2 Trigger ❯3 Steps❮ 4 Simulator  5 Problems ! 1 ▲ 2   ● 1 unsaved  ✓ 8"]
        for words in ("Trigger", "❯", "❮", "▲ 2"):
            await user.click(words)
        assert [message.number for message in user.told if isinstance(message, ShowPane)] == [2, 3, 3, 5]
        await user.click("unsaved")
        await user.click("✓ 8")
        asked = [message.shortcut_id for message in user.told if isinstance(message, RunCommand)]
        assert asked == ["app.review", "app.scenarios"]


async def test_how_everything_stands_is_in_sight_where_there_is_little_room() -> None:
    tabs = TabLine()
    async with bench(tabs, (50, 5)) as user:
        tabs.show(2, Counts(0, 3, 1), 1, [Part(line("✓ 8"), "app.scenarios")])
        assert user.screen == [" 1 ❯2 Trigger❮ 3  4  5 ▲ 3   ● 1  ✓ 8"]
