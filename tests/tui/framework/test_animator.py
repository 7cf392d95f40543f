"""Where animations are off, what would be animated is there at once."""

import pytest
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Label

from oncue.tui.framework.guarded_app import GuardedApp


class Long(GuardedApp[int]):
    """More than fits."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Label("\n".join("x" * 100))


@pytest.mark.parametrize("level", ["none", "full"])
async def test_a_scroll_is_done_when_it_is_asked_for_unless_it_is_to_glide(level: str) -> None:
    app = Long()
    app.animation_level = level  # type: ignore[assignment]
    done: list[str] = []
    async with app.run_test() as pilot:
        scroll = app.query_one(VerticalScroll)
        scroll.scroll_to(y=20, duration=0.01, immediate=True, on_complete=lambda: done.append("done"))
        assert (scroll.scroll_y == 20) is (level == "none")
        await pilot.pause(0.05)
        assert scroll.scroll_y == 20
        assert done == ["done"]
