"""Which step of a file is which after an edit, so that each keeps its comments.

A flow has no ids for its steps, so this is decided by their values: equal steps first, those in the same order before
those that were moved; then steps that were edited where they stand; then the most alike of the rest.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

Values = dict[str, Any]

ALIKE = 0.6
"""How alike two steps must be to count as one that was edited and moved at once."""
_MOST_COMPARED = 40  # steps, and
_MOST_LETTERS = 300  # letters of each: the comparison is quadratic in both


def match_steps(old: Sequence[Values], new: Sequence[Values]) -> list[int | None]:
    """For each new step the index of the old one that it is, edited or not; ``None`` for one that was added."""
    before, after = [_key(step) for step in old], [_key(step) for step in new]
    matched: list[int | None] = [None] * len(new)
    edited: list[tuple[range, range]] = []
    for tag, olds, news in _differences(before, after):
        if tag == "equal":
            matched[news.start : news.stop] = olds
        elif tag == "replace":
            edited.append((olds, news))
    _match_moved(matched, before, after)
    for olds, news in edited:
        free_old, free_new = _free(matched, olds, news)
        if len(free_old) == len(free_new):
            for old_index, new_index in zip(free_old, free_new, strict=True):
                matched[new_index] = old_index
        else:
            _match_alike(matched, old, new, free_old, free_new, 0.0)
    _match_alike(matched, old, new, *_free(matched, range(len(old)), range(len(new))), ALIKE)
    return matched


def _differences(before: list[str], after: list[str]) -> Iterator[tuple[str, range, range]]:
    """What is equal and what is not, as ranges of both. What both begin and end with is equal in any case."""
    start = _common(before, after)
    end = _common(reversed(before[start:]), reversed(after[start:]))
    old_end, new_end = len(before) - end, len(after) - end
    yield "equal", range(start), range(start)
    matcher = SequenceMatcher(None, before[start:old_end], after[start:new_end], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag, range(start + i1, start + i2), range(start + j1, start + j2)
    yield "equal", range(old_end, len(before)), range(new_end, len(after))


def _match_moved(matched: list[int | None], before: list[str], after: list[str]) -> None:
    free_old, free_new = _free(matched, range(len(before)), range(len(after)))
    by_key: dict[str, list[int]] = {}
    for index in reversed(free_old):
        by_key.setdefault(before[index], []).append(index)
    for index in free_new:
        if by_key.get(after[index]):
            matched[index] = by_key[after[index]].pop()


def _match_alike(
    matched: list[int | None],
    old: Sequence[Values],
    new: Sequence[Values],
    free_old: list[int],
    free_new: list[int],
    least: float,
) -> None:
    """Match steps of the same type, the most alike first, if they are alike by at least ``least``."""
    pairs = (
        (_likeness(old[old_index], new[new_index]), -abs(old_index - new_index), old_index, new_index)
        for old_index in free_old[:_MOST_COMPARED]
        for new_index in free_new[:_MOST_COMPARED]
        if old[old_index]["type"] == new[new_index]["type"]
    )
    for likeness, _, old_index, new_index in sorted(pairs, reverse=True):
        if likeness >= least and matched[new_index] is None and old_index not in matched:
            matched[new_index] = old_index


def _free(matched: list[int | None], olds: Iterable[int], news: Iterable[int]) -> tuple[list[int], list[int]]:
    """Those of both that are not matched yet."""
    used = set(matched)
    return [index for index in olds if index not in used], [index for index in news if matched[index] is None]


def _likeness(one: Values, other: Values) -> float:
    """How alike two steps of one type are, from 0 to 1."""
    return SequenceMatcher(None, _letters(one), _letters(other), autojunk=False).ratio()


def _letters(step: Values) -> str:
    """What is filled in, without the keys and the type, which steps of one type have in common."""
    return " ".join(str(step[key]) for key in sorted(step.keys() - {"type"}))[:_MOST_LETTERS]


def _key(step: Values) -> str:
    return json.dumps(step, sort_keys=True, default=str)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many there are at the beginning of both."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same
