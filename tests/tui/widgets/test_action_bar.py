from tests.tui.widgets.bare import Bench, bench

from oncue.tui.widgets.action_bar import ActionBar

ACTIONS = ("steps.add", "steps.up", "simulator.message")


def acts(user: Bench) -> list[str]:
    return [message.act for message in user.told if isinstance(message, ActionBar.Pressed)]


async def test_each_action_stands_beside_its_shortest_key() -> None:
    async with bench(ActionBar(*ACTIONS)) as user:
        assert user.screen == [" a Add  K Move up  m Message"]
    async with bench(ActionBar(*ACTIONS), keymap={"steps.add": "ctrl+n,f4"}) as user:
        assert user.screen[0].startswith(" f4 Add")


async def test_a_click_posts_the_action_wherever_it_was_wrapped_to() -> None:
    async with bench(ActionBar(*ACTIONS), (18, 6)) as user:
        assert len(user.screen) == 2
        await user.click("Add")
        await user.click("K Move")
        assert acts(user) == ["add_step", "move_step(-1)"]
        await user.click("Message")
        assert acts(user) == ["ask('message_created')"]
        await user.click("Message", 8)
        assert acts(user) == [], "beside the last action is nothing"
        await user.pilot.resize_terminal(80, 6)
        await user.pilot.pause()
        await user.click("Message")
        assert acts(user) == ["ask('message_created')"]
