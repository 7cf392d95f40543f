"""Lengths of time as people write them in files: ``"30s"``, ``"30m"``, ``"24h"``, ``"7d"``.

The text is kept as it was written, so that a file reads back as it is; `length_of` says how long it is.
"""

import re
from datetime import timedelta
from typing import Annotated

from oncue.domain.rules import Spelling
from oncue.text import counted

DURATION = 'a length of time such as "30m", "24h" or "7d"'
LARGEST = 999_999
"""The largest number that a duration may have."""
_WRITTEN = re.compile(r"[1-9][0-9]{0,5}[smhd]\Z")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class _DurationSpelling(Spelling):
    pattern = _WRITTEN
    passes = staticmethod(_WRITTEN.match)

    def check(self, value: str) -> str:
        if not _WRITTEN.match(value):
            raise ValueError(f"expected {DURATION}")
        return value


Duration = Annotated[str, _DurationSpelling()]


def length_of(duration: str) -> timedelta:
    """How long a duration is."""
    return timedelta(**{_UNITS[duration[-1]]: int(duration[:-1])})


def duration_words(duration: str) -> str:
    """A duration in a sentence: ``30 minutes``, ``1 day``."""
    return counted(int(duration[:-1]), _UNITS[duration[-1]].removesuffix("s"))


def longest_within(length: timedelta) -> str | None:
    """The longest duration that is not above ``length``, as people write it; ``None`` if there is none.

    It is in whole seconds, of a few minutes and more in whole minutes, and of a few days and more in whole hours.
    """
    seconds = length // timedelta(seconds=1)
    exactly = 3_600 if length >= timedelta(days=2) else 60 if length >= timedelta(minutes=2) else 1
    seconds -= seconds % exactly
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        if seconds > 0 and not seconds % size:
            return f"{min(seconds // size, LARGEST)}{unit}"
    return None
