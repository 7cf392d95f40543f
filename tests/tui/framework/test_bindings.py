"""The bindings of a widget, as Textual keeps them."""

from textual.binding import BindingsMap
from textual.widget import Widget

from oncue.tui.framework.bindings import bindings_of


def test_node_bindings() -> None:
    found = bindings_of(Widget())
    assert isinstance(found, BindingsMap)
    assert isinstance(found.key_to_bindings, dict)
