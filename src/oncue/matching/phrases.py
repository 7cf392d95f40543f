"""Find phrases in a text: in any case, as whole words, all of them in one pass.

Text and phrases are folded alike (NFKC, then case folding) and cut into words, single other characters, and blanks,
which all are one blank. A phrase occurs where its pieces follow one another. `*` at its end stands for the rest of a
word. Where words are not set apart by blanks, as in Chinese, Japanese and Thai, each character is a word of its own.

`Text` looks for one phrase at a time, which is what a phrase *means*. `PhraseIndex` looks for many at once. Most texts
have none of the words with which phrases begin, so these are looked up first, all in one call, as bytes: a text in
Latin-1 is cut into words by a table of 256 bytes. If few phrases begin with the words that are there, each of these is
looked for as it is written. If there are many, or that leaves a doubt, a trie of the words of all phrases is followed
from each word of the text with which a phrase begins. Where it leads to a phrase, the words are there in full, and what
is between them remains to be compared. So the cost of a text depends on its length and on what is found in it, and not
on how many phrases there are. No regular expression is made of a phrase, so nothing that a text says can cost more than
its length.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from unicodedata import category, normalize

# Han, kana, Thai, Lao, Burmese, Khmer: written without blanks between words.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_PLAIN = "\0-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u20cf\uac00-\ud7a3\U0001f300-\U0001faff"
"""Scripts and signs without any of those, and without marks: Latin, Greek, Cyrillic, Armenian, Hangul, emoji."""
_NOT_PLAIN = re.compile(f"[^{_PLAIN}]")


def folded(text: str) -> str:
    """``text`` without what case and compatible characters distinguish."""
    if text.isascii():
        return text.lower()
    # Folding may take characters apart again: normalised once more, equal texts are equal.
    return normalize("NFKC", normalize("NFKC", text).casefold())


def _with_single_blanks(plain: str) -> str:
    """``plain`` with one blank for any blanks, and none at the ends."""
    # Nothing that is printable is blank, but for the blank itself; so most texts are as they should be.
    return plain.strip() if plain.isprintable() and "  " not in plain else " ".join(plain.split())


def pieces_of(text: str) -> list[str]:
    """The words of ``text``, folded, and what is between them; without blanks at the ends."""
    plain = _with_single_blanks(folded(text))
    return _patterns(plain).piece.findall(plain)


class _Patterns(NamedTuple):
    word: re.Pattern[str]
    piece: re.Pattern[str]


def _patterns(plain: str) -> _Patterns:
    """What finds the words of a folded text, and its pieces."""
    if plain.isascii() or not _NOT_PLAIN.search(plain):
        return _patterns_of(r"\w+")
    # Marks belong to the letters that they are on, which ``\w`` does not know.
    marks = "".join(sorted(each for each in set(plain) if category(each)[0] == "M"))
    return _patterns_of(rf"[{_ALONE}]{f'[{marks}]*' if marks else ''}|(?:(?![{_ALONE}])[\w{marks}])+")


@lru_cache(256)
def _patterns_of(word: str) -> _Patterns:
    return _Patterns(re.compile(word), re.compile(f"{word}|.", re.DOTALL))


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


Found = tuple[Set[str], Set[str]]
"""The phrases of an index that occur in a text, and those of them with which it begins."""

NOTHING: Found = frozenset(), frozenset()


class _Phrase(NamedTuple):
    """A phrase as it was written, its ``pieces`` in one, and how many characters of these are before its first word."""

    written: str
    pieces: str
    before: int


class _Node:
    """Where the words so far lead to. ``open_ended`` are the beginnings of words with which a phrase ends here."""

    __slots__ = ("ends", "lengths", "next", "open_ended")

    def __init__(self) -> None:
        self.next: dict[bytes, _Node] = {}
        self.ends: tuple[_Phrase, ...] = ()
        self.open_ended: dict[bytes, tuple[_Phrase, ...]] = {}
        self.lengths: tuple[int, ...] = ()

    def add(self, phrase: _Phrase, words: Sequence[bytes], open_ended: bool) -> None:
        node, last = self, words[-1]
        for each in words[:-1] if open_ended else words:
            node = node.next.setdefault(each, _Node())
        if open_ended:
            node.open_ended[last] = (*node.open_ended.get(last, ()), phrase)
            node.lengths = tuple(sorted({*node.lengths, len(last)}))
        else:
            node.ends = (*node.ends, phrase)

    def open_for(self, word: bytes) -> tuple[_Phrase, ...]:
        """The phrases that end here with a beginning of ``word``."""
        return tuple(chain.from_iterable(self.open_ended.get(word[:length], ()) for length in self.lengths))


_APART = bytes(ord(chr(code).lower()) if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(256))
"""Makes what is between words blank, in Latin-1; and ASCII lower case, so that it need not be folded for this."""
_BLANK = ord(" ")
_FEW = 4
"""Words of a text, and phrases for each of them, that are looked for one after the other."""
_SHORT = 3
"""Letters of the beginning of a word by which it is looked for first."""


class PhraseIndex:
    """Phrases that are looked for together."""

    __slots__ = ("_beginnings", "_few", "_firsts", "_longest", "_root", "_shortest", "_signs")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = root = _Node()
        # Phrases without any word, by their first character.
        signs: defaultdict[str, list[_Phrase]] = defaultdict(list)
        few: defaultdict[bytes, list[_Phrase]] = defaultdict(list)
        self._longest = 0
        for written in dict.fromkeys(phrases):
            pieces, open_ended = phrase_of(written)
            whole = "".join(pieces)
            pattern = _patterns(whole).word
            if words := pattern.findall(whole):
                # Compatible characters may end in a sign, behind which no word goes on.
                open_ended = open_ended and whole.endswith(words[-1])
                self._longest = max(self._longest, len(words))
                phrase, encoded = _Phrase(written, whole, whole.index(words[0])), list(map(_encoded, words))
                root.add(phrase, encoded, open_ended)
                # Those that are open-ended are not looked for as they are written.
                few[encoded[0]] += [phrase] * (_FEW + 1 if open_ended else 1)
            elif whole:
                signs[whole[0]].append(_Phrase(written, whole, 0))
        self._signs = dict(signs)
        self._firsts = frozenset(root.next)
        self._shortest = min((_SHORT, *root.lengths))
        self._beginnings = beginnings = frozenset(each[: self._shortest] for each in root.open_ended)
        self._few = {
            word: tuple(each)
            for word, each in few.items()
            if len(each) <= _FEW and word[: self._shortest] not in beginnings
        }

    def find(self, text: str) -> Found:
        """Which of the phrases occur in ``text``."""
        # Most texts have none of the words: what is needed only for the others comes after these are known.
        plain = text if text.isascii() else folded(text)
        apart = _words_apart(plain)
        words = apart.split() if apart is not None else list(map(_encoded, _patterns(plain).word.findall(plain)))
        hits: Set[bytes] = self._firsts.intersection(words)
        if self._beginnings:
            beginnings, shortest = self._beginnings, self._shortest
            hits |= {each for each in words if each[:shortest] in beginnings}
        if not hits and (not self._signs or self._signs.keys().isdisjoint(folded(text))):
            return NOTHING
        if plain is text:
            plain = folded(text)
        found = None if apart is None or len(hits) > _FEW else self._few_of(hits, plain, apart, words)
        if found is None:
            plain = _with_single_blanks(plain)
            found = self._follow(hits, plain, words)
        if self._signs:
            self._find_signs(_with_single_blanks(plain), *found)
        return found

    def _few_of(
        self, hits: Set[bytes], plain: str, apart: bytes, words: Sequence[bytes]
    ) -> tuple[set[str], set[str]] | None:
        """The phrases that begin with one of ``hits``, if there are few and it is certain that these are all of them.

        Each is looked for by itself, as it is written, which takes a fraction of the time of following the trie.
        """
        found: set[str] = set()
        first: set[str] = set()
        for word in hits:
            phrases = self._few.get(word)
            if phrases is None:
                return None
            for written, pieces, _ in phrases:
                start = plain.find(pieces)
                if start < 0 and " " not in pieces:
                    continue
                end = start + len(pieces)
                # It may be there with other blanks, before this place or behind it, or be part of longer words here.
                if start and (start < 0 or apart[start - 1] != _BLANK or words[0] == word):
                    return None
                if end < len(apart) and apart[end] != _BLANK:
                    return None
                found.add(written)
                if not start:
                    first.add(written)
        return found, first

    def _follow(self, hits: Set[bytes], plain: str, words: Sequence[bytes]) -> tuple[set[str], set[str]]:
        """The phrases that begin with one of ``hits``."""
        found: set[str] = set()
        first: set[str] = set()
        root, longest = self._root, self._longest
        for number, each in enumerate(_patterns(plain).word.finditer(plain)):
            if words[number] not in hits:
                continue
            start, node = each.start(), root
            for word in words[number : number + longest]:
                if node.lengths:
                    _compare(node.open_for(word), plain, start, found, first)
                if word not in node.next:
                    break
                node = node.next[word]
                _compare(node.ends, plain, start, found, first)
        return found, first

    def _find_signs(self, plain: str, found: set[str], first: set[str]) -> None:
        """Add the phrases without words. Each of their characters is a piece, so they are where their text is."""
        for sign in self._signs.keys() & set(plain):
            for phrase in self._signs[sign]:
                if phrase.pieces in plain:
                    found.add(phrase.written)
                    if plain.startswith(phrase.pieces):
                        first.add(phrase.written)


def _compare(phrases: Iterable[_Phrase], plain: str, start: int, found: set[str], first: set[str]) -> None:
    """Add those of the phrases, all words of which are there from ``start``, that also have the same between them."""
    for written, pieces, before in phrases:
        if plain.startswith(pieces, start - before) and start >= before:
            found.add(written)
            if start == before:
                first.add(written)


def _words_apart(plain: str) -> bytes | None:
    """``plain`` in Latin-1, with a blank for whatever is between its words; ``None`` if it has other characters."""
    try:
        return plain.encode("latin-1").translate(_APART)
    except UnicodeEncodeError:
        return None


def _encoded(word: str) -> bytes:
    r"""``word`` as it is in `_words_apart`; what Latin-1 lacks as ``\uXXXX``, which no word has."""
    return word.encode("raw_unicode_escape")
