"""Two transcripts of the same event, line by line: what other flows do otherwise.

Lines are the same when they say the same at the same depth. What is only in the new transcript is marked ``+``,
what is only in the old one ``-``, as people know it from a diff.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from oncue.simulation.transcript import Line

Mark = Literal["", "+", "-"]

_LONGEST = 400
"""Lines up to which the smallest difference is looked for, which takes the square of them."""


class DiffLine(NamedTuple):
    """A line and whether it is new (``+``), gone (``-``) or as it was."""

    mark: Mark
    line: Line


def transcript_diff(old: Sequence[Line] | None, new: Sequence[Line]) -> list[DiffLine]:
    """The lines of ``new``, and between them what is gone of ``old``; nothing is marked without an ``old``."""
    before, after = said(old or ()), said(new)
    if old is None or before == after:
        return [DiffLine("", line) for line in new]
    if max(len(before), len(after)) > _LONGEST:
        return [*(DiffLine("-", line) for line in old), *(DiffLine("+", line) for line in new)]
    return list(_merged(old, new, SequenceMatcher(None, before, after, autojunk=False)))


def _merged(old: Sequence[Line], new: Sequence[Line], matcher: "SequenceMatcher[object]") -> Iterator[DiffLine]:
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield from (DiffLine("-", line) for line in old[old_start:old_end])
        mark: Mark = "" if kind == "equal" else "+"
        yield from (DiffLine(mark, line) for line in new[new_start:new_end])


def said(lines: Iterable[Line]) -> tuple[tuple[int, str, str], ...]:
    """What lines say: two transcripts are the same if they say the same."""
    return tuple((line.depth, line.kind, line.words) for line in lines)
