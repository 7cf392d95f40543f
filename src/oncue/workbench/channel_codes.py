"""Channels in two letters, for lists that have a line for each flow: *WA* for WhatsApp, *HK* for a harbour kiosk."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from oncue.text import visible
from oncue.workbench.spans import cells_of

WIDTH = 2
"""Cells of a code."""


def channel_codes(labels: Iterable[str]) -> dict[str, str]:
    """A code for each label, a different one for each as long as there are letters for it."""
    codes: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        first = ""
        for candidate in _candidates(visible(label)):
            first = first or candidate
            if candidate not in codes.values():
                codes[label] = candidate
                break
        else:
            codes[label] = first or "??"
    return codes


def _candidates(label: str) -> Iterator[str]:
    """Codes for a label, the best first: its capitals, the beginnings of its words, then any two of its letters."""
    letters = [letter for letter in label if letter.isalnum()]
    capitals = [letter for letter in letters if letter.isupper()]
    words = [word for word in label.replace("_", " ").replace("-", " ").split() if word[0].isalnum()]
    wide = [letter for letter in letters[:1] if cells_of(letter) >= WIDTH]
    yield from wide
    for pair in (capitals[:2], [word[0] for word in words[:2]], *combinations(letters[:12], 2)):
        code = "".join(pair).upper()
        if len(pair) == WIDTH and cells_of(code) == WIDTH:
            yield code
    # The capital of one letter can be two, as that of ß is.
    for code in (f"{letter} " for first in letters[:1] for letter in (first.upper(), first)):
        if cells_of(code) == WIDTH:
            yield code
