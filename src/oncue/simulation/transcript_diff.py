"""The difference between two transcripts of the same event, such as before and after a flow was edited.

Lines are equal if they have the same words at the same depth. As in any diff, a line that is only in the new
transcript is marked ``+``, and one that is only in the old one ``-``.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from oncue.simulation.transcript import Line

Mark = Literal["", "+", "-"]

_LONGEST = 400
"""Lines up to which the smallest difference is searched for, which takes quadratic time."""


class DiffLine(NamedTuple):
    """A line that is new (``+``), gone (``-``) or unchanged."""

    mark: Mark
    line: Line


def transcript_diff(old: Sequence[Line] | None, new: Sequence[Line]) -> list[DiffLine]:
    """The lines of ``new`` with the lines that are gone from ``old``; without an ``old`` nothing is marked."""
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
    """Depth, kind and words of each line, which decide whether two transcripts are equal."""
    return tuple((line.depth, line.kind, line.words) for line in lines)
