"""Containers that draw nothing of their own.

Textual draws every container line by line, also where its children cover it wholly, and half of the lines of this
app's first screen would be such lines. ``BLANK`` makes it use one empty line for all of them.
"""

from textual.containers import Grid, Horizontal, Vertical


class Row(Horizontal):
    """Children side by side."""

    BLANK = True


class Column(Vertical):
    """Children one above the other."""

    BLANK = True


class FieldGrid(Grid):
    """Fields beside their labels."""

    BLANK = True
