"""Colour on a terminal, and nowhere else. It only ever repeats what a glyph or a word says already."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Literal

Colour = Literal["dim", "red", "green", "yellow", "magenta", "bold"]
_CODES: Mapping[Colour, str] = {"dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "1;35", "bold": "1"}

Paint = Callable[[str, Colour], str]
"""A text in a colour."""


def plain_paint(text: str, colour: Colour) -> str:
    """``text`` as it is."""
    return text


def ansi_paint(text: str, colour: Colour) -> str:
    """``text`` in a colour of the terminal's own palette."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


def paint_of_stdout() -> Paint:
    """Colours if stdout is a terminal that has them, and the user did not ask for none (https://no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return ansi_paint if wanted and sys.stdout is not None and sys.stdout.isatty() else plain_paint
