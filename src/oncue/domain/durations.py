"""Durations as people write them: ``10m``, ``24h``. One whole number and one unit, so that each reads in one way."""

import re
from datetime import timedelta
from typing import Annotated

from oncue.domain.rules import Spelling
from oncue.text import counted

DURATION_RULE = 'a duration such as "30s", "10m", "24h" or "7d", of at most 366 days'
LONGEST = timedelta(days=366)

_SPELT = re.compile(r"[0-9]{1,8}[smhd]\Z")
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
_NAMES = {"d": "day", "h": "hour", "m": "minute", "s": "second"}


def duration_of(text: str) -> timedelta | None:
    """How long ``text`` is; ``None`` if it is no duration."""
    if _SPELT.match(text) is None:
        return None
    long = int(text[:-1]) * _UNITS[text[-1]]
    return long if long <= LONGEST else None


def spelt(duration: timedelta) -> str:
    """A duration of whole seconds as it is written, in the largest unit that it is a whole number of.

    >>> spelt(timedelta(hours=36))
    '36h'
    """
    return next(f"{duration // unit}{name}" for name, unit in _UNITS.items() if name == "s" or not duration % unit)


def duration_words(text: str) -> str:
    """``10 minutes`` for ``10m``; ``text`` itself if it is no duration."""
    return text if duration_of(text) is None else counted(int(text[:-1]), _NAMES[text[-1]])


class _DurationSpelling(Spelling):
    rule = DURATION_RULE
    pattern = _SPELT
    passes = staticmethod(lambda text: duration_of(text) is not None)

    def check(self, value: str) -> str:
        if not self.passes(value):
            raise ValueError(f"expected {self.rule}")
        return value


class _PositiveSpelling(_DurationSpelling):
    rule = f"{DURATION_RULE} and more than 0"
    pattern = re.compile(r"0*[1-9][0-9]{0,7}[smhd]\Z")
    passes = staticmethod(lambda text: bool(duration_of(text)))


Duration = Annotated[str, _DurationSpelling()]
"""The text of a duration, as it was written."""

PositiveDuration = Annotated[str, _PositiveSpelling()]
"""The same, where no time at all would mean nothing."""


def longest_within(length: timedelta) -> str | None:
    """The longest duration that is not above ``length``, as people write it; ``None`` if there is none.

    It is in whole seconds, of a few minutes and more in whole minutes, and of a few days and more in whole hours.
    """
    length = min(length, LONGEST)
    unit = _UNITS["h" if length >= timedelta(days=2) else "m" if length >= timedelta(minutes=2) else "s"]
    whole = length - length % unit
    return spelt(whole) if whole > timedelta() else None
