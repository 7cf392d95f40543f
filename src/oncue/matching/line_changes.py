"""A change of one line of ``[when]``, in the words of the file and in those of the screen."""

from collections.abc import Collection
from typing import Any, Literal, NamedTuple

from oncue.domain.condition_words import lines_in_words
from oncue.domain.conditions import When
from oncue.domain.fitting import RuleError
from oncue.domain.phrases import attribute_text
from oncue.domain.vocabulary import PARTICIPANT_TYPES, in_order
from oncue.matching.conditions import LINES, Verdict
from oncue.matching.occasions import Occasion
from oncue.text import listed

Turn = Literal["more", "less", "other"]
"""Whether a flow starts more often, less often, or on other occasions after a change."""


class LineChange(NamedTuple):
    """What becomes of one line of ``[when]``; it is dropped if ``value`` is ``None``."""

    key: str
    value: Any
    words: str
    spoken: str
    turn: Turn

    def verdict(self, now: Occasion, flow_id: str) -> Verdict:
        """Whether the line holds after the change."""
        return True if self.value is None else LINES[self.key](self.value, now, flow_id)


def with_lines(when: When | None, changes: Collection[LineChange]) -> When | None:
    """The conditions after ``changes``; ``None`` if none is left."""
    lines = {} if when is None else {key: getattr(when, key) for key in when.lines}
    lines |= {change.key: change.value for change in changes}
    left = {key: value for key, value in lines.items() if value is not None}
    return When(**left) if left else None


def dropped_line(key: str, when: When) -> LineChange:
    """The removal of a line."""
    return LineChange(
        key, None, f"remove {key} from [when]", f"drop the condition “{lines_in_words(when)[key]}”", "more"
    )


def changed_line(key: str, value: Any, when: When | None, turn: Turn) -> LineChange | None:
    """The change of a line to ``value``; ``None`` if no line can have it, as a name that an event states may be odd."""
    try:
        new = lines_in_words(When(**{key: value}))[key]
    except RuleError:
        return None
    old = None if when is None else getattr(when, key)
    if when is None or old is None:
        return LineChange(key, value, f"{_line(key, value)} in [when]", f"add the condition “{new}”", turn)
    spoken = f"change the condition “{lines_in_words(when)[key]}” to “{new}”"
    return LineChange(key, value, f"{_difference(key, old, value)} in [when]", spoken, turn)


def _difference(key: str, old: Any, value: Any) -> str:
    """What is added to a list and taken out of it, or what the whole is if it is none."""
    if isinstance(old, str | bool):
        return _line(key, value)
    gone, come = ([each for each in one if each not in other] for one, other in ((old, value), (value, old)))
    if key in ("started_by", "present", "absent"):
        gone, come = in_order(gone, PARTICIPANT_TYPES), in_order(come, PARTICIPANT_TYPES)
    plain = key == "attributes"
    added, taken = (listed([each if plain else f'"{each}"' for each in some]) if some else "" for some in (come, gone))
    if added and taken:
        return f"replace {taken} by {added} in {key}"
    return f"add {added} to {key}" if added else f"remove {taken} from {key}"


def _line(key: str, value: Any) -> str:
    """A line as it stands in a file."""
    if isinstance(value, tuple | frozenset):
        values = in_order(value, PARTICIPANT_TYPES) if isinstance(value, frozenset) else value
        items = ", ".join(f'"{each}"' for each in values)
        return f"set {key} = [{items}]"
    return f"set {key} = {attribute_text(value)}" if isinstance(value, bool) else f'set {key} = "{value}"'
