"""Containers of panes.

Textual draws every container line by line, also where its children cover it wholly, and half of the lines of this
app's first screen would be such lines. ``BLANK`` makes it use one empty line for all of them.
"""

from textual.containers import Grid, Horizontal, Vertical, VerticalScroll

from oncue.tui.framework.scrolling import StillBars


class Row(Horizontal):
    """Children side by side."""

    BLANK = True


class Column(Vertical):
    """Children one above the other."""

    BLANK = True


class FieldGrid(Grid):
    """Fields beside their labels."""

    BLANK = True


class Form(StillBars, VerticalScroll):
    """Fields one above the other, which scroll where they do not all fit."""
