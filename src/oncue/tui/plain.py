"""The one way in which text from files and events reaches a stock widget of Textual."""

from textual.content import Content

from oncue.text import visible


def plain(text: str) -> Content:
    """``text`` as content that is shown literally: without markup and escapes, on one line, capped in length."""
    return Content(visible(text))
