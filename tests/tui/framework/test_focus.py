"""What is drawn when the focus moves: the private parts of Textual that it needs."""

import inspect
from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from oncue.tui.framework.focus import UnstyledFocus, draw_with_focus, focused_reactive
from oncue.tui.framework.scrolling import virtual_size_reactive
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.rows import RowList


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


@pytest.mark.parametrize(
    ("name", "own", "stock"),
    [
        ("focused", focused_reactive(), vars(Screen)["focused"]),
        ("virtual_size", virtual_size_reactive(), vars(Widget)["virtual_size"]),
    ],
)
def test_reactives_declared_again(name: str, own: Reactive[object], stock: Reactive[object]) -> None:
    """They are as in Textual, but for what they draw and arrange; which can only be told by private names."""
    assert isinstance(stock, Reactive), name
    assert stock._layout or name == "focused", "Textual arranges on its own"
    assert stock._repaint
    assert not own._layout
    assert own._repaint == (name == "virtual_size")
    assert own._default == stock._default


class Bare(App[None]):
    """An app with one text."""

    def compose(self) -> ComposeResult:
        yield Static("text")


async def test_widget_set_dirty_and_screen_dirty_widgets() -> None:
    app = Bare()
    async with app.run_test():
        widget = app.query_one(Static)
        draw_with_focus(widget, Region(0, 0, 1, 1))
        assert widget in app.screen._dirty_widgets
        assert widget._exchange_repaint_regions(), "the next frame draws them"


def test_widget_watch_has_focus() -> None:
    assert parameters(Widget.watch_has_focus) == ["self", "_has_focus"]
    assert UnstyledFocus.watch_has_focus is RowList.watch_has_focus is Field.watch_has_focus
