from tests.tui.widgets.bare import Bench, bench

from oncue.tui.widgets.choice import Choice, Option

OPTIONS = (Option(None, "All"), Option("a", "Alpha", "the first"), Option("b", "[b]Beta[/b]"))


def picked(user: Bench) -> list[str | None]:
    return [message.after(message.choice.value) for message in user.told if isinstance(message, Choice.Picked)]


async def test_it_shows_what_is_chosen_or_that_it_is_not_there() -> None:
    choice = Choice("Letter", OPTIONS, label="Letter", label_width=8)
    async with bench(choice, (40, 3)) as user:
        assert user.screen[0].split() == ["Letter", "All", "▾"]
        choice.show("a")
        assert "Alpha  the first" in user.screen[0]
        choice.show("b")
        assert "[b]Beta[/b]" in user.screen[0]
        choice.show("z")
        assert "! z is not there" in user.screen[0]


async def test_a_click_or_enter_opens_and_arrows_cycle() -> None:
    choice = Choice("Letter", OPTIONS, label="Letter", label_width=8)
    async with bench(choice, (40, 3)) as user:
        await user.click_at(1, 0)
        await user.click_at(30, 0)
        choice.focus()
        await user.press("enter")
        assert [type(message) for message in user.told] == [Choice.Opened] * 3
        await user.press("right", "left")
        assert picked(user) == ["a", "b"], "it changes only when somebody says so, and goes round the ends"


async def test_without_options_nothing_is_picked() -> None:
    choice = Choice("Letter")
    async with bench(choice) as user:
        choice.focus()
        await user.press("right")
        assert picked(user) == []
