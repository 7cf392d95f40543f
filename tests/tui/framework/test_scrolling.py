"""Contents that grow without a new layout: the private parts of Textual that it needs."""

import inspect
from collections.abc import Callable

from textual.scroll_view import ScrollView


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_scroll_view_scroll_update() -> None:
    assert parameters(ScrollView._scroll_update) == ["self", "virtual_size"]
