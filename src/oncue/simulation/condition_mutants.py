"""The mutants of conditions: each line of ``[when]`` dropped, made wider or narrower, and negated.

One value of a list is left out, the last one, which shows that the list is read to its end; leaving out each would
make thirty mutants of thirty phrases. Of *once per contact* the next weaker limit is tried. A line is negated where
another line says the exact contrary, as *outside* does of *during*; a limit on how often a flow starts has none.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from oncue.domain.condition_words import lines_in_words, state_words
from oncue.domain.conditions import NOBODY, SOMEBODY, When

_NARROWER_WITH_LESS = ("text_any", "text_starts", "participants", "started_by", "during_hours")
"""Lists of which one value is enough; all others hold more often if they have one value less."""

_CONTRARY_OF_ANY = {"text_any": "text_none", "during_hours": "outside_hours"}
_CONTRARY_OF_NONE = {"text_none": "text_any", "outside_hours": "during_hours"}
_CONTRARY_OF_ONE = {
    "text_all": "text_none",
    "present": "absent",
    "absent": "present",
    "labels": "without_labels",
    "without_labels": "labels",
}
_WEAKER = {"contact": "conversation", "conversation": "day"}


class ChangedWhen(NamedTuple):
    """The conditions after a change of the line ``key``.

    ``words`` describe the change, ``occasion`` says where it makes a difference, and ``starts`` whether the flow as it
    is starts there. ``narrower``: it starts less often after the change; only then is the change a detail of the flow
    and not of the line.
    """

    key: str
    when: When | None
    words: str
    occasion: str
    starts: bool
    detail: bool = True
    narrower: bool = False


def changes_of(when: When) -> Iterator[ChangedWhen]:
    """Every change that is tried, line by line, each line first dropped."""
    for key, words in lines_in_words(when).items():
        fails = f"where “{words}” does not hold"
        yield ChangedWhen(key, when.without(key), f"without “{words}”", fails, False, detail=False)
        if (less := _with_less(key, getattr(when, key))) is not None:
            yield _changed(key, when, less, key in _NARROWER_WITH_LESS)
        for other, value in _negated(key, when):
            rest = {line: getattr(when, line) for line in when.lines if line != key}
            negated = When(**{**rest, other: value})
            contrary = state_words(key, when, holds=False)
            yield ChangedWhen(key, negated, f"only if {contrary}, instead of “{words}”", fails, False)


def _changed(key: str, when: When, value: Any, narrower: bool) -> ChangedWhen:
    changed = When(**{**{line: getattr(when, line) for line in when.lines}, key: value})
    old, new = lines_in_words(when)[key], lines_in_words(changed)[key]
    holds, fails = (old, new) if narrower else (new, old)
    occasion = f"where “{holds}” holds and “{fails}” does not"
    return ChangedWhen(key, changed, f"“{new}” instead of “{old}”", occasion, narrower, narrower=narrower)


def _with_less(key: str, value: Any) -> Any:
    if key == "once_per":
        return _WEAKER.get(value)
    if not isinstance(value, str | bool) and len(value) > 1:
        if isinstance(value, tuple):
            return value[:-1]
        if isinstance(value, frozenset):
            return value - {max(value)}
        return dict(list(value.items())[:-1])
    return None


def _negated(key: str, when: When) -> Iterator[tuple[str, Any]]:
    """The line that says the contrary, with what it already asks for, if one line can say all of that."""
    value = getattr(when, key)
    if key in ("first_message", "reopened"):
        yield key, not value
    elif key == "responsible" and value in (NOBODY, SOMEBODY):
        yield key, SOMEBODY if value == NOBODY else NOBODY
    elif other := _CONTRARY_OF_ANY.get(key) or (_CONTRARY_OF_ONE.get(key) if len(value) == 1 else None):
        there = getattr(when, other)
        if there is None:
            yield other, value
        else:
            yield other, there | value if isinstance(value, frozenset) else tuple(dict.fromkeys((*there, *value)))
    elif (other := _CONTRARY_OF_NONE.get(key)) and getattr(when, other) is None:
        yield other, value
