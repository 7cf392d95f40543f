"""Find entries by a few typed letters: by whole words first, else by letters in order.

Who types the name of a command gets that command first, then those that begin so or are called so by others. What
cannot be taken now is found, too, as looking for it in vain would not say why, but behind what can.

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

    @property
    def off(self) -> bool:
        """Whether it cannot be taken now."""


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
            found.append((_rank(" ".join(words), entry), entry.off, entry))
    if found:
        found.sort(key=lambda each: each[:2])
        return [entry for _, _, entry in found[:most]]
    letters = "".join(words)
    return [entry for entry in entries if _in_order(letters, entry.label.casefold())][:most]


def _rank(query: str, entry: Searchable) -> int:
    """How well ``entry`` is named by ``query``, which it contains; 0 is best."""
    label = entry.label.casefold()
    first = query.split()[0]
    found = (
        label == query,
        label.startswith(first),
        query in entry.synonyms.casefold().split(),
        f" {first}" in label,
        first in label,
    )
    return found.index(True) if True in found else len(found)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
