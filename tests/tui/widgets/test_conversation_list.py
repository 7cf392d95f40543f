from rich.cells import cell_len
from tests.tui.widgets.bare import Bench, bench

from oncue.tui.widgets.conversation_list import LONGEST, ConversationList


def chosen(user: Bench) -> list[int]:
    return [message.at for message in user.told if isinstance(message, ConversationList.Chosen)]


async def test_the_one_that_is_seen_is_marked_and_a_click_goes_to_each() -> None:
    listed = ConversationList()
    async with bench(listed) as user:
        listed.show(["Support", "船舶 [b]", "Jane"], 1)
        assert user.screen == [" 1 Support ❯2 船舶 [b]❮ 3 Jane"]
        for words in ("1 Support", "船", "[b]", "3 Jane"):
            await user.click(words)
        assert chosen(user) == [0, 1, 1, 2]
        await user.click("Jane", 6)
        assert chosen(user) == []


async def test_the_one_that_is_seen_is_always_there_and_clicks_still_hit() -> None:
    listed = ConversationList()
    async with bench(listed, (30, 2)) as user:
        listed.show([f"Conversation {number}" for number in range(9)], 7)
        assert "❯8 Conversation 7❮" in user.screen[0]
        assert "1 Conv" not in user.screen[0]
        await user.click("8 Conv")
        assert chosen(user) == [7]


async def test_a_long_or_hostile_name_is_short_and_plain() -> None:
    listed = ConversationList()
    async with bench(listed) as user:
        listed.show(["船" * 500, "\x1b[31m"], 0)
        first = user.screen[0].split("❮")[0]
        assert cell_len(first) <= LONGEST + 3
        assert first.endswith("…")
        assert "\x1b" not in user.screen[0]
        await user.click("2 ")
        assert chosen(user) == [1]
