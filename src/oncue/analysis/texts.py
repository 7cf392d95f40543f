"""Find a text that has some phrases and not others, or show that there is none.

Each phrase that is wanted is written once, as it stands or with the rest of its last word, and characters that no
phrase has are put between them: so nothing that is excluded can arise where two phrases meet, and whatever is still
found is within a phrase that is wanted. That makes the search exact: a phrase that contains an excluded one cannot be
had, whatever stands around it, and a phrase with ``*`` at its end has as many endings to choose from as there are
letters, of which an excluded phrase rules out one, or all. A text must begin with one of several beginnings: the most
specific of them is written, if it agrees with all others.

Every text is looked at by the real predicate, `oncue.matching.phrases.Text`, before it is given away.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, product
from typing import NamedTuple
from unicodedata import category, normalize

from oncue.analysis.literals import Facts, LineLiteral, Setting, wanted_of
from oncue.matching.phrases import PhraseIndex, Text, phrase_of, pieces_of

Clause = tuple[str, ...]
"""Phrases of which one is chosen."""

MOST_CHOICES = 20_000
"""Combinations of phrases that are tried; beyond them nothing is claimed."""

MOST_ENDINGS = 100
"""Endings of a word that there surely are, whatever its script."""


class UndecidedError(Exception):
    """There are too many combinations to try."""


class Wish(NamedTuple):
    """What a text shall be like: one phrase of each clause of ``has`` occurs in it, and so on."""

    has: tuple[Clause, ...] = ()
    begins: tuple[Clause, ...] = ()
    lacks: tuple[Clause, ...] = ()
    never: Clause = ()
    never_begins: Clause = ()

    @classmethod
    def of(cls, literals: list[LineLiteral]) -> "Wish":
        """What the lines ask for, and the opposite of what those ask for that must not hold."""
        found = {
            (key, holds): wanted_of(literals, key, holds)
            for key in ("text_any", "text_all", "text_none", "text_starts")
            for holds in (True, False)
        }
        each_of_all = ((phrase,) for phrase in chain(*found["text_all", True]))
        return cls(
            has=(*found["text_any", True], *dict.fromkeys(each_of_all), *found["text_none", False]),
            begins=tuple(found["text_starts", True]),
            lacks=tuple(found["text_all", False]),
            never=tuple(dict.fromkeys(chain(*found["text_none", True], *found["text_any", False]))),
            never_begins=tuple(dict.fromkeys(chain(*found["text_starts", False]))),
        )

    def is_met_by(self, text: str) -> bool:
        """Whether ``text`` is like this."""
        read = Text(text)
        return (
            all(any(map(read.has, clause)) for clause in self.has)
            and all(any(map(read.begins_with, clause)) for clause in self.begins)
            and all(not all(map(read.has, clause)) for clause in self.lacks)
            and not any(map(read.has, self.never))
            and not any(map(read.begins_with, self.never_begins))
        )


def solve_text(setting: Setting, literals: list[LineLiteral]) -> Facts | None:
    """A text for which the lines hold that have to, and no others. Where there is no message, no line holds."""
    if not setting.is_message:
        return None if any(each.holds for each in literals) else {}
    text = text_like(Wish.of(literals))
    return None if text is None else {"text": text}


def text_like(wish: Wish) -> str | None:
    """A text that is like ``wish``; ``None`` if there is none."""
    for text in ("Hello", "Hi", ""):
        if not wish.has and not wish.begins and wish.is_met_by(text):
            return text
    tried = 0
    for lacking in product(*wish.lacks):
        excluded = _Excluded(dict.fromkeys((*wish.never, *lacking)), wish.never_begins)
        parts = [next(filter(None, map(excluded.written, clause)), None) for clause in wish.has]
        if None in parts:
            tried += 1
            if tried > MOST_CHOICES:
                raise UndecidedError
            continue
        for beginnings in product(*wish.begins):
            tried += 1
            if tried > MOST_CHOICES:
                raise UndecidedError
            head = excluded.beginning(beginnings) if beginnings else ""
            if head is not None:
                return _joined(head, [part for part in parts if part], wish, excluded)
    return None


class _Excluded:
    """The phrases that must not occur, or with which the text must not begin."""

    def __init__(self, never: Sequence[str] | dict[str, None], never_begins: Clause) -> None:
        self.never, self.never_begins = tuple(never), never_begins
        self._endings = len(self.never) + len(never_begins) + 1
        self._index = PhraseIndex((*self.never, *never_begins))

    def allows(self, text: str, at_start: bool = False) -> bool:
        """Whether none of them occurs in ``text``."""
        found, first = self._index.find(text)
        if not found:
            return True
        return found.isdisjoint(self.never) and not (at_start and any(phrase in first for phrase in self.never_begins))

    def written(self, phrase: str) -> str | None:
        """``phrase`` as it may be written."""
        found = next((text for text in spellings(phrase, self._endings) if self.allows(text)), None)
        if found is None and self._endings > MOST_ENDINGS and phrase.strip().endswith("*"):
            raise UndecidedError
        return found

    def beginning(self, phrases: Clause) -> str | None:
        """A text that begins with all of ``phrases``, and with none that are excluded."""
        for phrase in dict.fromkeys(phrases):
            for text in spellings(phrase, self._endings):
                if self.allows(text, at_start=True) and all(map(Text(text).begins_with, phrases)):
                    return text
        return None


def spellings(phrase: str, endings: int) -> Iterator[str]:
    """The texts that consist of ``phrase`` alone: one, or those with that many endings of its last word."""
    pieces, open_ended = phrase_of(phrase)
    if not pieces:
        return  # nothing of it is left when it is folded, and so it occurs nowhere
    plain = phrase.strip()
    if not open_ended:
        yield plain
        return
    stem = plain[:-1]
    yield stem
    for ending in chain(islice(_letters(), endings), _marks(pieces[-1][-1])[:endings]):
        if len(pieces_of(stem + ending)) == len(pieces):
            yield stem + ending


def _letters() -> Iterator[str]:
    """Letters that make another word of each word that they end; none of them changes when it is folded."""
    yield from "sexqzjvkwyabcdfghilmnoprtu0123456789"
    for letter in map(chr, range(0x3B1, 0x2CFF)):
        if category(letter) in ("Ll", "Lo") and pieces_of(f"a{letter}") == [f"a{letter}"]:
            yield letter


@lru_cache(64)
def _marks(last: str) -> tuple[str, ...]:
    """Marks that can stand on the character ``last`` without making another one of it.

    They are the only endings of words that are one character, as in Chinese.
    """
    return tuple(
        mark
        for mark in map(chr, range(0x300, 0x370))
        if category(mark)[0] == "M" and normalize("NFKC", normalize("NFKC", last + mark).casefold()) == last + mark
    )


def _joined(head: str, parts: list[str], wish: Wish, excluded: _Excluded) -> str:
    """``head`` and ``parts`` as one text: as people write it if that is possible, or else well apart."""
    needed: list[str] = []
    for part in sorted(dict.fromkeys(parts), key=len, reverse=True):
        if not any(part in each for each in (head, *needed)):
            needed.append(part)
    needed = [part for part in dict.fromkeys(parts) if part in needed]
    for between in (" ", ", "):
        for words in ([head, *needed], [*needed, head], [*needed[::-1], head], ["Hello", head, *needed]):
            text = between.join(filter(None, words))
            if wish.is_met_by(text):
                return text
    apart = f" {_unused(wish)} "
    in_full = list(dict.fromkeys(parts))
    for words in ([head, *in_full] if head else in_full, ["", *in_full]):
        text = apart.join(words).strip()
        if wish.is_met_by(text):
            return text
    raise UndecidedError


def _unused(wish: Wish) -> str:
    """A character between words that no phrase has."""
    used = set("".join(chain(*wish.has, *wish.begins, *wish.lacks, wish.never, wish.never_begins)))
    folded = used | set(normalize("NFKC", "".join(used)).casefold())
    return next(each for each in chain("·|/~^#", map(chr, range(0xE000, 0xF900))) if each not in folded)
