"""Find phrases in a text: in any case, as whole words, all of them in one pass.

Text and phrases are folded alike (NFKC, then case folding) and cut into words, single other characters, and blanks,
which all are one blank. A phrase occurs where its pieces follow one another. `*` at its end stands for the rest of a
word. Where words are not set apart by blanks, as in Chinese, Japanese and Thai, each character is a word of its own.

`Text` looks for one phrase at a time, which is what a phrase *means*. `PhraseIndex` has the pieces of many phrases in
one tree, so that the cost of a text depends on its length and on what is found in it, and not on how many phrases there
are. No regular expression is made of a phrase, so nothing that a text says can cost more than its length.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol
from unicodedata import category, normalize

from oncue.domain.conditions import is_of_word

# Han, kana, Thai, Lao, Burmese, Khmer: written without blanks between words.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII = re.compile(r"\w+|\s+|[^\w\s]", re.ASCII)


class Phrases(Protocol):
    """Something that phrases can be looked for in."""

    def has(self, phrase: str) -> bool:
        """Whether ``phrase`` occurs."""

    def begins_with(self, phrase: str) -> bool:
        """Whether ``phrase`` occurs at the beginning."""


def folded(text: str) -> str:
    """``text`` without what case and compatible characters distinguish."""
    if text.isascii():
        return text.lower()
    # Folding may take characters apart again: normalised once more, equal texts are equal.
    return normalize("NFKC", normalize("NFKC", text).casefold())


def pieces_of(text: str) -> list[str]:
    """The words of ``text``, folded, and what is between them; without blanks at the ends."""
    plain = folded(text).strip()
    if plain.isascii():
        found = _ASCII.findall(plain)
        return [" " if each.isspace() else each for each in found]
    # Marks belong to the letters that they are on, which ``\w`` does not know.
    marks = frozenset(each for each in set(plain) if not each.isascii() and category(each)[0] == "M")
    return [" " if each.isspace() else each for each in _pattern("".join(sorted(marks))).findall(plain)]


@lru_cache(256)
def _pattern(marks: str) -> re.Pattern[str]:
    return re.compile(
        rf"[{_ALONE}][{marks}]*|(?:(?![{_ALONE}])[\w{marks}])+|\s+|."
        if marks
        else rf"[{_ALONE}]|(?:(?![{_ALONE}])\w)+|\s+|.",
        re.DOTALL,
    )


def phrase_of(phrase: str) -> tuple[tuple[str, ...], bool]:
    """The pieces of a phrase, and whether the last one is only the beginning of a word."""
    plain = phrase.strip()
    open_ended = plain.endswith("*")
    return tuple(pieces_of(plain[:-1] if open_ended else plain)), open_ended


class Text:
    """A text in which one phrase is looked for after the other."""

    __slots__ = ("pieces",)

    def __init__(self, text: str) -> None:
        self.pieces = pieces_of(text)

    def has(self, phrase: str) -> bool:
        """Whether ``phrase`` occurs in the text."""
        wanted, open_ended = phrase_of(phrase)
        return any(_at(self.pieces, start, wanted, open_ended) for start in range(len(self.pieces)))

    def begins_with(self, phrase: str) -> bool:
        """Whether the text begins with ``phrase``."""
        return _at(self.pieces, 0, *phrase_of(phrase))


def _at(pieces: Sequence[str], start: int, wanted: Sequence[str], open_ended: bool) -> bool:
    end = start + len(wanted)
    if not wanted or end > len(pieces):
        return False
    *before, last = wanted
    found = pieces[end - 1]
    return list(pieces[start : end - 1]) == before and (found.startswith(last) if open_ended else found == last)


class Found(NamedTuple):
    """The phrases of an index that occur in a text, and those of them with which it begins."""

    phrases: frozenset[str]
    first: frozenset[str]

    def has(self, phrase: str) -> bool:
        """Whether ``phrase``, which the index has, occurs in the text."""
        return phrase in self.phrases

    def begins_with(self, phrase: str) -> bool:
        """Whether the text begins with ``phrase``, which the index has."""
        return phrase in self.first


class _Node:
    """Where the pieces so far lead to. ``open_ended`` are the beginnings of words with which a phrase ends here."""

    __slots__ = ("ends", "lengths", "next", "open_ended")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[str, ...] = ()
        self.open_ended: dict[str, tuple[str, ...]] = {}
        self.lengths: tuple[int, ...] = ()

    def add(self, phrase: str, wanted: Sequence[str], open_ended: bool) -> None:
        node = self
        for each in wanted[:-1] if open_ended else wanted:
            node = node.next.setdefault(each, _Node())
        if not open_ended:
            node.ends = (*node.ends, phrase)
        elif wanted:
            last = wanted[-1]
            node.open_ended[last] = (*node.open_ended.get(last, ()), phrase)
            node.lengths = tuple(sorted({*node.lengths, len(last)}))


_ONLY_WORDS = bytes(code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128)) + bytes(128)
_FEW = 4
"""Words of a text that begin phrases, up to which the text is cut into pieces only where they are."""
_SHORT = 3
"""Letters of the beginning of a word by which it is looked for first."""
_NOTHING = Found(frozenset(), frozenset())


class PhraseIndex:
    """Phrases that are looked for together."""

    __slots__ = ("_anywhere", "_beginnings", "_longest", "_root", "_shortest", "_words")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = _Node()
        # The first word of each phrase, or its beginning: a text without any of them has no phrase.
        words: set[str] = set()
        beginnings: set[str] = set()
        self._anywhere, self._longest = False, 0
        for phrase in dict.fromkeys(phrases):
            wanted, open_ended = phrase_of(phrase)
            if not wanted:
                continue
            self._root.add(phrase, wanted, open_ended)
            self._longest = max(self._longest, sum(map(len, wanted)))
            if not is_of_word(wanted[0][0]):
                self._anywhere = True
            elif open_ended and len(wanted) == 1:
                beginnings.add(wanted[0])
            else:
                words.add(wanted[0])
        self._shortest = min([_SHORT, *map(len, beginnings)])
        # ASCII texts are cut into words as bytes, which is the fastest way there is.
        self._words = _with_bytes(words)
        self._beginnings = _with_bytes({each[: self._shortest] for each in beginnings})

    def find(self, text: str) -> Found:
        """Which of the phrases occur in ``text``."""
        plain = folded(text)
        if self._anywhere:
            return self._pass(pieces_of(plain))
        ascii_only = plain.isascii()
        words = plain.encode().translate(_ONLY_WORDS).split() if ascii_only else pieces_of(plain)
        hits = [each for each in words if each in self._words] if not self._words.isdisjoint(words) else []
        if self._beginnings:
            shortest = self._shortest
            hits += [each for each in words if each[:shortest] in self._beginnings]
        if not hits:
            return _NOTHING
        if ascii_only and len(hits) <= _FEW:
            return self._around({each.decode() for each in hits}, " ".join(plain.split()))  # type: ignore[union-attr]
        return self._pass(pieces_of(plain) if ascii_only else words)  # type: ignore[arg-type]

    def _around(self, hits: Iterable[str], plain: str) -> Found:
        """The phrases that begin with one of these words, in a text in ASCII; only there it is cut into pieces."""
        found: set[str] = set()
        first: frozenset[str] = frozenset()
        for word in hits:
            at = plain.find(word)
            while at >= 0:
                if not at or not is_of_word(plain[at - 1]):
                    # One character more than a phrase has tells whether its last word goes on.
                    here: set[str] = set()
                    _follow(self._root, _ASCII.findall(plain, at, at + max(self._longest, len(word)) + 1), 0, here)
                    found |= here
                    if not at:
                        first = frozenset(here)
                at = plain.find(word, at + len(word))
        return Found(frozenset(found), first)

    def _pass(self, pieces: Sequence[str]) -> Found:
        """The phrases that begin with any of the pieces."""
        found: set[str] = set()
        first: frozenset[str] = frozenset()
        begins, open_ended = self._root.next, self._root.lengths
        for start, piece in enumerate(pieces):
            if piece in begins or (open_ended and piece[: self._shortest] in self._beginnings):
                _follow(self._root, pieces, start, found)
            if not start:
                first = frozenset(found)
        return Found(frozenset(found), first)


def _with_bytes(words: set[str]) -> frozenset[str | bytes]:
    return frozenset((*words, *(each.encode() for each in words if each.isascii())))


def _follow(root: _Node, pieces: Sequence[str], start: int, found: set[str]) -> None:
    """Add to ``found`` the phrases that occur in ``pieces`` at ``start``."""
    node: _Node | None = root
    for at in range(start, len(pieces)):
        piece = pieces[at]
        for length in node.lengths:  # type: ignore[union-attr]
            if length > len(piece):
                break
            found.update(node.open_ended.get(piece[:length], ()))  # type: ignore[union-attr]
        node = node.next.get(piece)  # type: ignore[union-attr]
        if node is None:
            return
        found.update(node.ends)
