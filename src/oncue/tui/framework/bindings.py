"""The bindings of one widget or screen, open to change."""

from textual.binding import BindingsMap
from textual.dom import DOMNode


def bindings_of(node: DOMNode) -> BindingsMap:
    """The bindings of one widget or screen, to be changed.

    Textual's own way, `App.set_keymap`, cannot change which keys come before those of the focused widget.
    """
    return node._bindings
