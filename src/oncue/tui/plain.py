"""The one way by which text of files and events reaches a stock widget."""

from textual.content import Content

from oncue.text import visible


def plain(text: str) -> Content:
    """``text`` as content that is shown as it is: no markup, no escapes, one line, capped in length."""
    return Content(visible(text))
