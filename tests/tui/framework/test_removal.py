"""When a node counts as on its way out."""

from textual.app import App
from textual.containers import Vertical
from textual.widgets import Label

from oncue.tui.framework.removal import is_being_removed, is_gone


async def test_a_node_and_all_in_it_are_being_removed_at_once_and_gone_at_last() -> None:
    app: App[None] = App()
    async with app.run_test():
        inside = Label()
        node = Vertical(inside)
        await app.mount(node)
        assert not is_being_removed(node)
        assert not is_gone(node)
        removing = node.remove()
        assert is_being_removed(node)
        assert is_being_removed(inside)
        await removing
        assert is_gone(node)
        assert not is_gone(app.screen)
