"""What to say after a word that is not known: what was meant, or what there is.

Meaning comes before spelling. A word that other systems use is looked up (`oncue.foreign_words`); only then the choice
that is spelt nearly the same is taken, and only if what *differs* is small: two long words with a common stem, such as
``message_updated`` and ``message_created``, are as far apart as their differing halves. Numbers are never similar:
another number is another thing. Nothing is ever suggested that is not among the choices.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from oncue.text import first, listed

_LONGEST = 100
_MANY = 200  # choices, from which on only those are looked at closely that differ in one place
_WORD = re.compile(r"[^\W_]+")
# What turns a word into its opposite, alone or in front of it.
_NEGATIONS = (
    "un",
    "non",
    "not",
    "no",
    "dis",
    "de",
    "anti",
    "exclude",
    "excluded",
    "without",
    "except",
    "ignore",
    "never",
)


class _Glossary(NamedTuple):
    """The foreign words of one vocabulary, folded."""

    signs: frozenset[str]
    here: Mapping[str, list[str]]
    nowhere: Mapping[str, str]


def did_you_mean(word: str, choices: Iterable[str], most: int = 12) -> str:
    """A half sentence that helps after an unknown ``word``: what was meant, or the first ``most`` of the ``choices``.

    The closed vocabularies are recognised by what is in them, so that every caller gives the same advice.
    """
    known = list(choices)
    if not known:
        return "there are none"
    said, expected = advice(word, known), f"expected one of: {first(known, most)}"
    if said is None:
        return expected
    return said if said.endswith("?") else f"{said}; {expected}"


def advice(word: str, choices: Iterable[str]) -> str | None:
    """As `did_you_mean`, without a list of the choices: what was meant, or why there is no such thing, if known."""
    known = list(choices)
    if meant := likely(word, known):
        return f"did you mean {listed([repr(each) for each in meant], 'or')}?"
    return _no_such_thing(word, known)


def likely(word: str, choices: Iterable[str]) -> list[str]:
    """The choices that ``word`` most likely means: one, none, or several if the word may stand for each of them."""
    known = list(choices)
    if same := same_but_for_form(word, known):
        return [same]
    folded = fold(word)
    for glossary in _glossaries(known):
        if meant := [each for each in glossary.here.get(folded, ()) if each in known]:
            return meant
    if _no_such_thing(word, known):
        return []
    near = nearest(word, known) or (_completed(word, known) if len(known) <= _MANY else None)
    return [near] if near is not None else []


def same_but_for_form(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is ``word`` but for case, blanks, dashes and the like: ``Live Chat`` is ``live_chat``."""
    folded = fold(word)
    return next((choice for choice in choices if fold(choice) == folded), None) if folded else None


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelt most like ``word``, if any is near; the first by name of several that are as near."""
    if len(word) > _LONGEST:
        return None
    choices = list(choices)
    parts, folded, many = _parts(word), word.casefold(), len(choices) > _MANY
    best: tuple[int, str] | None = None
    for choice in choices:
        if abs(len(choice) - len(word)) > 2 * len(parts) or len(choice) > _LONGEST:
            continue
        if many and _stretch(folded, choice.casefold()) > 4:
            continue
        distance = _distance(parts, _parts(choice))
        if distance is not None and (best is None or (distance, choice) < best):
            best = distance, choice
    return None if best is None else best[1]


def _completed(word: str, choices: Iterable[str]) -> str | None:
    """The one choice that begins or ends with all of ``word``, which are at least two words."""
    parts = _parts(word[:_LONGEST])
    size = len(parts)
    if size < 2:
        return None
    longer = [(choice, _parts(choice[:_LONGEST])) for choice in choices]
    found = [
        choice
        for choice, own in longer
        if (own[:size] == parts and _is_plain(own[size:])) or (own[-size:] == parts and _is_plain(own[:-size]))
    ]
    return found[0] if len(found) == 1 else None


def _is_plain(parts: list[str]) -> bool:
    """Whether ``parts`` neither number nor negate what they stand beside."""
    return not any(part in _NEGATIONS or re.search(r"\d", part) for part in parts)


def fold(word: str) -> str:
    """``word`` without case and without what stands between its parts; what has no letters stays as it is."""
    return "".join(_WORD.findall(word[:_LONGEST].casefold())) or word.strip()


def _parts(word: str) -> list[str]:
    return _WORD.findall(word.casefold())


def _distance(one: list[str], other: list[str]) -> int | None:
    """How many letters are wrong, or ``None`` if that is too many for what differs, or changes the meaning."""
    if not one or not other:
        return None
    if len(one) != len(other):
        one, other = _without_common(one, other)
        if any(part in _NEGATIONS for part in (*one, *other)):
            return None
        one, other = ["".join(one)], ["".join(other)]
    total = 0
    for left, right in zip(one, other, strict=True):
        if left == right:
            continue
        if _opposite(left, right) or re.sub(r"\D", "", left) != re.sub(r"\D", "", right):
            return None
        wrong, allowed = _edits(left, right), 2 if min(len(left), len(right)) >= 8 else 1
        if wrong > allowed or 2 * wrong > max(len(left), len(right)):
            return None
        total += wrong
    return total


def _stretch(one: str, other: str) -> int:
    """How long the part is in which the words differ."""
    size = min(len(one), len(other))
    start = next((at for at in range(size) if one[at] != other[at]), size)
    end = next((at for at in range(size - start) if one[-1 - at] != other[-1 - at]), size - start)
    return max(len(one), len(other)) - start - end


def _without_common(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Both without the parts that they begin and end with in common."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def _opposite(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long == negation + short for negation in _NEGATIONS)


def _edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one):
        following = [i + 1]
        for j, right in enumerate(other):
            cost = min(row[j + 1] + 1, following[j] + 1, row[j] + (left != right))
            if i and j and left == other[j - 1] and one[i - 1] == right:
                cost = min(cost, before[j - 1] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]


def _no_such_thing(word: str, known: list[str]) -> str | None:
    """Why there is nothing like ``word`` here, if that is known."""
    folded = fold(word)
    return next((each.nowhere[folded] for each in _glossaries(known) if folded in each.nowhere), None)


def _glossaries(known: list[str]) -> list[_Glossary]:
    """The foreign words for the vocabulary that is ``known``."""
    present = frozenset(known)
    return [glossary for glossary in _all_glossaries() if present >= glossary.signs]


@cache
def _all_glossaries() -> tuple[_Glossary, ...]:
    from oncue.foreign_keys import KEYS  # a large table, for messages only
    from oncue.foreign_words import VALUES

    return tuple(_folded(words.signs, words.here, words.nowhere) for words in (*VALUES, *KEYS))


def _folded(signs: Iterable[str], here: Mapping[str, str], nowhere: Mapping[str, str]) -> _Glossary:
    meanings = {fold(each): meant.split(" | ") for meant, foreign in here.items() for each in foreign.split()}
    reasons = {fold(each): reason for reason, foreign in nowhere.items() for each in foreign.split()}
    return _Glossary(frozenset(signs), meanings, reasons)
