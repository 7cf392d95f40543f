from tests.tui.widgets.bare import Bench, bench

from oncue.tui.widgets.chips import ChipBar

LABELS = {"a": "Contact", "b": "界界", "c": "Agent", "d": "Bot"}


def pressed(user: Bench) -> list[str]:
    return [message.value for message in user.told if isinstance(message, ChipBar.Toggled)]


async def test_chips_show_their_state_without_colour() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        assert user.screen == [" ✓ Contact  ✓ 界界  ✓ Agent  ✓ Bot"]
        bar.show(frozenset({"b"}))
        assert user.screen == [" · Contact  ✓ 界界  · Agent  · Bot"]
        bar.show(None)
        assert "·" not in user.screen[0], "no narrowing is all of them"


async def test_a_click_on_any_cell_of_a_chip_presses_it() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        for words, value in (("✓ Contact", "a"), ("✓ 界", "b"), ("Agent", "c"), ("Bot", "d")):
            await user.click(words)
            assert pressed(user) == [value]
        await user.click("界界", 4)
        assert pressed(user) == ["b"], "the space behind it belongs to it"
        await user.click("Bot", 6)
        assert pressed(user) == []


async def test_chips_wrap_and_are_clicked_where_they_are_seen() -> None:
    bar = ChipBar(LABELS, label="Who", label_width=5)
    async with bench(bar, (28, 8)) as user:
        assert [line.split() for line in user.screen] == [
            ["Who", "✓", "Contact", "✓", "界界"],
            ["✓", "Agent", "✓", "Bot"],
        ]
        await user.click("Bot")
        assert pressed(user) == ["d"]
        await user.pilot.resize_terminal(16, 8)
        await user.pilot.pause()
        assert len(user.screen) == 4
        await user.click("Agent")
        assert pressed(user) == ["c"]
        await user.click("Who")
        assert pressed(user) == [], "a label is no chip"


async def test_keys_move_and_press_and_choose() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar) as user:
        bar.focus()
        await user.press("right", "space", "left", "left", "enter")
        assert pressed(user) == ["b", "d"]
        assert "❯✓ Bot❮" in user.screen[0]
        await user.press("t", "a", "o")
        assert [message.values for message in user.told if isinstance(message, ChipBar.Chosen)] == [
            frozenset({"d"}),
            None,
            frozenset(),
        ]


async def test_a_blank_bar_keeps_its_room_and_hears_nothing() -> None:
    bar = ChipBar(LABELS)
    async with bench(bar, (20, 8)) as user:
        lines = len(user.screen)
        bar.blank(True)
        assert user.screen == [""] * lines
        await user.click_at(3, 0)
        assert user.told == []
        bar.blank(False)
        await user.click("Contact")
        assert pressed(user) == ["a"]
