"""Find phrases in a text: in any case, as whole words, all of them in one pass.

Text and phrases are folded alike (NFKC, then case folding) and cut into words, single other characters, and blanks,
which all are one blank. A phrase occurs where its pieces follow one another. `*` at its end stands for the rest of a
word. Where words are not set apart by blanks, as in Chinese, Japanese and Thai, each character is a word of its own.

`Text` looks for one phrase at a time, which is what a phrase *means*. `PhraseIndex` looks for many at once: a dictionary
of their first words says where in a text one may begin, and only from there on a trie of their pieces is followed. So
the cost of a text depends on its length and on what is found in it, and not on how many phrases there are. No regular
expression is made of a phrase, so nothing that a text says can cost more than its length.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from operator import itemgetter
from typing import AnyStr, Generic, NamedTuple
from unicodedata import category, normalize

from oncue.domain.conditions import is_of_word

# Han, kana, Thai, Lao, Burmese, Khmer: written without blanks between words.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_PLAIN = "\0-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u20cf\uac00-\ud7a3\U0001f300-\U0001faff"
"""Scripts and signs without any of those, and without marks: Latin, Greek, Cyrillic, Armenian, Hangul, emoji."""
_NOT_PLAIN = re.compile(f"[^{_PLAIN}]")
_PIECE = re.compile(r"\w+|\s+|.", re.DOTALL)


def folded(text: str) -> str:
    """``text`` without what case and compatible characters distinguish."""
    if text.isascii():
        return text.lower()
    # Folding may take characters apart again: normalised once more, equal texts are equal.
    return normalize("NFKC", normalize("NFKC", text).casefold())


def pieces_of(text: str) -> list[str]:
    """The words of ``text``, folded, and what is between them; without blanks at the ends."""
    plain = folded(text).strip()
    return [" " if each.isspace() else each for each in _pieces(plain).findall(plain)]


def _pieces(plain: str) -> re.Pattern[str]:
    """What finds the pieces of a folded text."""
    if plain.isascii() or not _NOT_PLAIN.search(plain):
        return _PIECE
    # Marks belong to the letters that they are on, which ``\w`` does not know.
    return _pattern("".join(sorted(each for each in set(plain) if category(each)[0] == "M")))


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

    phrases: Set[str]
    first: Set[str]


NOTHING = Found(frozenset(), frozenset())


class _Node:
    """Where the pieces so far lead to. ``open_ended`` are the beginnings of words with which a phrase ends here."""

    __slots__ = ("ends", "lengths", "next", "open_ended")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[str, ...] = ()
        self.open_ended: dict[str, tuple[str, ...]] = {}
        self.lengths: tuple[int, ...] = ()

    def add(self, phrase: str, wanted: Sequence[str], open_ended: bool) -> None:
        if not wanted:
            return
        node, last = self, wanted[-1]
        for each in wanted[:-1] if open_ended else wanted:
            node = node.next.setdefault(each, _Node())
        if not open_ended:
            node.ends = (*node.ends, phrase)
        else:
            node.open_ended[last] = (*node.open_ended.get(last, ()), phrase)
            node.lengths = tuple(sorted({*node.lengths, len(last)}))


_ONLY_WORDS = bytes(code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128)) + bytes(128)
_SHORT = 3
"""Letters of the beginning of a word by which it is looked for first."""
_text_of = itemgetter(0)


class _Firsts(NamedTuple, Generic[AnyStr]):
    """What phrases begin with: ``pieces``, and ``beginnings`` of words, cut to ``length``."""

    pieces: frozenset[AnyStr]
    beginnings: frozenset[AnyStr]
    length: int

    def among(self, pieces: Sequence[AnyStr]) -> list[int]:
        """Where in ``pieces`` a phrase may begin."""
        if self.beginnings:
            return [n for n, each in enumerate(pieces) if each in self.pieces or each[: self.length] in self.beginnings]
        # Most texts have nothing, which is told fastest this way.
        return [] if self.pieces.isdisjoint(pieces) else [n for n, each in enumerate(pieces) if each in self.pieces]


class PhraseIndex:
    """Phrases that are looked for together."""

    __slots__ = ("_firsts", "_firsts_ascii", "_root", "_signs")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = root = _Node()
        for phrase in dict.fromkeys(phrases):
            root.add(phrase, *phrase_of(phrase))
        length = min((_SHORT, *root.lengths))
        firsts = frozenset(root.next)
        beginnings = frozenset(each[:length] for each in root.open_ended)
        self._firsts = _Firsts(firsts, beginnings, length)
        self._firsts_ascii = _Firsts(_in_bytes(firsts), _in_bytes(beginnings), length)
        self._signs = frozenset(each for each in firsts if not is_of_word(each[0]))

    def find(self, text: str) -> Found:
        """Which of the phrases occur in ``text``."""
        plain = folded(text).strip()
        if plain.isascii() and (not self._signs or self._signs.isdisjoint(plain)):
            return self._find_in_ascii(plain)
        pieces = _pieces(plain).findall(plain)
        found: set[str] = set()
        first: Set[str] = frozenset()
        for at in self._firsts.among(pieces):
            _follow(self._root, map(pieces.__getitem__, range(at, len(pieces))), found)
            if not at:
                first = found.copy()
        return Found(found, first) if found else NOTHING

    def _find_in_ascii(self, plain: str) -> Found:
        """The same where only words begin phrases. Cutting the text into words as bytes is the fastest way there is."""
        blanked = plain.encode().translate(_ONLY_WORDS)
        words = blanked.split()
        hits = self._firsts_ascii.among(words)
        if not hits:
            return NOTHING
        found: set[str] = set()
        first: Set[str] = frozenset()
        # With blanks around it, a word starts at the same place as in the text.
        blanked = b" " + blanked + b" "
        at = 0
        for n in hits:
            # The words come in the order of the text, so each search starts where the one before it ended.
            at = blanked.index(b" " + words[n] + b" ", at)
            _follow(self._root, map(_text_of, _PIECE.finditer(plain, at)), found)
            if not at:
                first = found.copy()
            at += 1
        return Found(found, first) if found else NOTHING


def _in_bytes(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(each.encode() for each in words if each.isascii())


def _follow(root: _Node, pieces: Iterator[str], found: set[str]) -> None:
    """Add to ``found`` the phrases with which ``pieces`` begin."""
    node = root
    for piece in pieces:
        for length in node.lengths:
            if length > len(piece):
                break
            found.update(node.open_ended.get(piece[:length], ()))
        following = node.next.get(" " if piece.isspace() else piece)
        if following is None:
            return
        node = following
        found.update(node.ends)
        if not node.next and not node.lengths:
            return
