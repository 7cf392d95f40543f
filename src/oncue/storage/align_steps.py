"""Which step of a file is which after an edit, so that each keeps its comments."""

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

Values = dict[str, Any]


def match_steps(old: Sequence[Values], new: Sequence[Values]) -> list[int | None]:
    """For each new step the index of the old one that it is (edited or not), ``None`` for one that was added.

    Steps that are equal keep their order where they can; of the others, an equal one elsewhere was moved, and
    one in the same place was edited.
    """
    before, after = [_key(step) for step in old], [_key(step) for step in new]
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    matched: list[int | None] = [None] * len(new)
    for index in range(start):
        matched[index] = index
    for index in range(1, end + 1):
        matched[-index] = len(old) - index
    left, right = range(start, len(old) - end), range(start, len(new) - end)
    matcher = SequenceMatcher(None, [before[i] for i in left], [after[i] for i in right], autojunk=False)
    edited = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for offset in range(i2 - i1):
                matched[right[j1 + offset]] = left[i1 + offset]
        elif tag == "replace":
            edited.append((left[i1:i2], right[j1:j2]))
    _match_moved(matched, before, after, left, right)
    _match_edited(matched, old, new, edited)
    return matched


def _match_moved(matched: list[int | None], before: list[str], after: list[str], left: range, right: range) -> None:
    used = {index for index in matched if index is not None}
    free: dict[str, list[int]] = {}
    for index in reversed(left):
        if index not in used:
            free.setdefault(before[index], []).append(index)
    for index in right:
        if matched[index] is None and free.get(after[index]):
            matched[index] = free[after[index]].pop()


def _match_edited(
    matched: list[int | None], old: Sequence[Values], new: Sequence[Values], edited: list[tuple[range, range]]
) -> None:
    used = {index for index in matched if index is not None}
    for olds, news in edited:
        free_old = [index for index in olds if index not in used]
        free_new = [index for index in news if matched[index] is None]
        if len(free_old) != len(free_new):
            pairs = _same_type(free_old, free_new, old, new)
        else:
            pairs = list(zip(free_old, free_new, strict=True))
        for old_index, new_index in pairs:
            matched[new_index] = old_index


def _same_type(
    free_old: list[int], free_new: list[int], old: Sequence[Values], new: Sequence[Values]
) -> list[tuple[int, int]]:
    pairs = []
    for index in free_new:
        for candidate in free_old:
            if old[candidate]["type"] == new[index]["type"]:
                pairs.append((candidate, index))
                free_old.remove(candidate)
                break
    return pairs


def _key(step: Values) -> str:
    return json.dumps(step, sort_keys=True, default=str)


def _common(one: list[str], other: list[str]) -> int:
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same
