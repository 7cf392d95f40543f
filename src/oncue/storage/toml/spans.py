"""Replace spans of a text, the one way in which a file that exists is edited."""

from collections.abc import Iterable
from typing import NamedTuple


class Uneditable(ValueError):  # noqa: N818 - said of the text
    """The text cannot be edited without losing something that a person wrote."""


class Edit(NamedTuple):
    """Put ``text`` in the place of the span from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` after ``edits``, which do not overlap. Those at the same place come out in their order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def newline_of(text: str) -> str:
    """The line break that ``text`` uses."""
    return "\r\n" if "\r\n" in text else "\n"
