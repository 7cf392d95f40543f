"""Find entries by a few typed letters: by whole words first, else by letters in order.

Matching knows nothing of how entries are shown; whatever has a label, a help text and an aside can be searched.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

SHOWN = 200
"""Entries that are returned at most; whoever has more types another letter."""


class Searchable(Protocol):
    """What can be searched. Only the label is matched letter by letter."""

    @property
    def label(self) -> str:
        """The name of the entry."""

    @property
    def help(self) -> str:
        """What it is, in a few words."""

    @property
    def aside(self) -> str:
        """What stands beside it, such as its keys."""

    @property
    def synonyms(self) -> str:
        """What else people call it."""


E = TypeVar("E", bound=Searchable)


def matching(query: str, entries: Sequence[E], most: int = SHOWN) -> list[E]:
    """The entries that contain all words of ``query``, those that start with it first.

    If there are none, the entries whose label contains the letters of ``query`` in order (so ``wwa`` finds
    *Welcome on WhatsApp*).
    """
    words = query.casefold().split()
    if not words:
        return list(entries[:most])
    found = []
    for entry in entries:
        text = f"{entry.label} {entry.help} {entry.aside} {entry.synonyms}".casefold()
        if all(word in text for word in words):
            found.append((not text.startswith(words[0]), words[0] not in entry.label.casefold(), entry))
    if found:
        found.sort(key=lambda each: each[:2])
        return [entry for _, _, entry in found[:most]]
    letters = "".join(words)
    return [entry for entry in entries if _in_order(letters, entry.label.casefold())][:most]


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
