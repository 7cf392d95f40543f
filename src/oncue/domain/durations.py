"""Lengths of time as people write them in files: ``"30s"``, ``"30m"``, ``"24h"``, ``"7d"``.

The text is kept as it was written, so that a file reads back as it is; `length_of` says how long it is.
"""

import re
from datetime import timedelta
from typing import Annotated

from oncue.domain.rules import Spelling
from oncue.text import counted

DURATION = 'a length of time such as "30m", "24h" or "7d"'
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
