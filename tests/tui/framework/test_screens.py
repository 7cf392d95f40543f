"""Only the size counts that the terminal has now, and what changes is laid out once."""

from pathlib import Path
from typing import Any

import pytest
from tests.tui.hands import designer
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from oncue.tui.framework.compositor import SparseCompositor
from oncue.tui.framework.guarded_app import GuardedApp
from oncue.tui.framework.screens import OneLayout
from oncue.tui.widgets.text_block import TextBlock


async def test_a_size_that_the_terminal_has_no_more_is_not_answered(sample: Path) -> None:
    async with designer(sample) as hands:
        for size, answered in ((Size(80, 24), False), (Size(120, 40), True)):
            event = events.Resize(size, size)
            hands.app.designer.on_resize(event)
            assert event._no_default_action is not answered


async def test_what_changes_at_once_is_laid_out_once(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = []
    async with designer(acme, (120, 40)) as hands:
        await hands.open_flow("reply")
        await hands.settle()
        reflow = SparseCompositor.reflow

        def counted(self: SparseCompositor, *arguments: Any) -> object:
            laid_out.append(arguments)
            return reflow(self, *arguments)

        monkeypatch.setattr(SparseCompositor, "reflow", counted)
        block = hands.find("#sentence", TextBlock)
        block.styles.height = 6  # all that is above becomes smaller
        await hands.until(lambda: block.size.height == 6)
        await hands.settle()
    assert len(laid_out) == 1


async def test_a_form_that_becomes_longer_or_shorter_is_drawn_once(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    async with designer(sample, (120, 40), paint=True) as hands:
        await hands.open_flow("agent-takes-over")
        update = SparseCompositor.render_update

        def counted(self: SparseCompositor, *arguments: Any, **more: Any) -> object:
            drawn.append(any(region.y > 2 and region.x > 30 for region in self._dirty_regions))
            return update(self, *arguments, **more)

        monkeypatch.setattr(SparseCompositor, "render_update", counted)
        for flow_id in ("shop-quote-sent", "agent-takes-over"):
            drawn.clear()
            await hands.open_flow(flow_id)
            assert drawn.count(True) == 1


class Growing(OneLayout[None]):
    """A text in a container that gets a scroll bar when there is too much of it."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("short", expand=True)


async def test_what_asks_for_a_layout_while_it_is_only_scrolled_gets_all_that_it_needs() -> None:
    app = GuardedApp[int]()
    async with app.run_test() as pilot:
        screen = Growing()
        await app.push_screen(screen)
        await pilot.pause()
        text, scroll = screen.query_one(Static), screen.query_one(VerticalScroll)
        width = text.region.width
        text.update("\n".join("long" for _ in range(100)))
        screen._refresh_layout(scroll=True)  # as when the container was scrolled before this is heard
        assert scroll.show_vertical_scrollbar
        assert text.region.height == 100
        assert text.region.width == width - scroll.scrollbar_size_vertical
        shown = screen._compositor.render_strips()
        assert shown[0].text.startswith("long")
        assert not scroll._layout_required


async def test_a_change_is_drawn_in_one_frame_without_a_layout_of_the_screen(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a key did is drawn in the turn in which it is known, and what messages ask for later is nothing more."""
    done: list[str] = []
    async with designer(sample, (120, 40), paint=True) as hands:
        await hands.press("down", "up")
        for name in ("reflow", "reflow_visible", "render_update"):
            work = getattr(SparseCompositor, name)

            def counted(
                self: SparseCompositor, *given: Any, _work: Any = work, _name: str = name, **more: Any
            ) -> object:
                if _name != "render_update" or self._dirty_regions:
                    done.append(_name)
                return _work(self, *given, **more)

            monkeypatch.setattr(SparseCompositor, name, counted)
        conditions = 0
        for key in ("down", "down", "down", "down", "up", "end", "up", "home"):
            done.clear()
            await hands.press(key)
            conditions += hands.flow.when is not None
            assert done == ["render_update"], key
        assert 0 < conditions < 8, "forms of several lengths"
        await hands.press("2", "tab", "tab", "tab")
        done.clear()
        await hands.press("space")
        assert hands.session.dirty
        assert done[0] == "render_update", "first, and the chip with it"


async def test_what_scrolls_because_of_a_change_is_drawn_with_it(sample: Path) -> None:
    async with designer(sample, (120, 40), paint=True) as hands:
        await hands.open_flow("shop-quote-sent")
        form, screen = hands.find("#trigger-form", Widget), hands.app.designer
        drawn: list[int] = []
        update = SparseCompositor.render_update

        def watched(self: SparseCompositor, *given: Any, **more: Any) -> object:
            first = hands.find("#flow-name", Widget)
            drawn.append(first.region.y)
            return update(self, *given, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SparseCompositor, "render_update", watched)
            before = hands.find("#flow-name", Widget).region.y
            form.scroll_to(y=2, animate=False, force=True, immediate=True)
            screen.draw_now()
        assert drawn == [before - 2]
