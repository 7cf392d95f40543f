"""Whether a node is on its way out.

What is removed loses its children first, its workers then and its styles last, in several turns of the event loop, and
it is on the map of the screen until the next layout. In between, what looks for it or in it ends the app.
"""

from textual.dom import DOMNode
from textual.widget import Widget


def is_being_removed(node: DOMNode) -> bool:
    """Whether the removal of ``node`` has begun, so that what was in it may be gone."""
    return node._pruning


def is_gone(widget: Widget) -> bool:
    """Whether ``widget`` has no styles any more."""
    return widget._parent is None and not widget.is_dom_root
