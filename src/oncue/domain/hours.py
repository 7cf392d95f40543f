"""Named hours, such as office hours: on which days, from when to when, and in which time zone.

They are read off the clock on the wall of their zone, so daylight saving needs no rule of its own: an hour that the
clock skips does not occur, and one that it shows twice is within the hours both times. Hours over midnight belong to
the day on which they begin, as does the holiday on which they are not kept.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from oncue.domain.fitting import DAY, RuleError
from oncue.domain.rules import NotEmpty, Slug, Spelling
from oncue.domain.values import described, value

WeekDay = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: Mapping[WeekDay, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
assert tuple(WEEK) == get_args(WeekDay)
_NUMBERS = {name: number for number, name in enumerate(WEEK)}

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z|24:00\Z")
_ONE_DAY = timedelta(days=1)
_LONGEST_ABBREVIATION = 5
CLOCK_RULE = 'a time of day such as "09:00" or "17:30"'


class _ClockTime(Spelling):
    pattern = re.compile(r"(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z")
    passes = staticmethod(_CLOCK.match)

    def check(self, value: str) -> str:
        if not _CLOCK.match(value):
            raise ValueError(f"expected {CLOCK_RULE}")
        return value


# Names that a system's files have besides those of the IANA: some mean another zone on another machine.
_NO_ZONES = re.compile(r"(localtime|posixrules|Factory)\Z|(posix|right)/")


@lru_cache(64)
def _zone(name: str) -> ZoneInfo | None:
    if _NO_ZONES.match(name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


class _ZoneName(Spelling):
    pattern = re.compile(r"[A-Za-z0-9_+/-]+\Z")
    passes = staticmethod(_zone)

    def check(self, value: str) -> str:
        if _zone(value) is None:
            raise ValueError(_no_zone(value))
        return value


def _no_zone(name: str) -> str:
    from zoneinfo import available_timezones

    from oncue.suggestions import likely

    expected = 'expected the name of a time zone such as "Europe/Amsterdam"'
    known = {each for each in available_timezones() if not _NO_ZONES.match(each)}
    if not known:
        return f"{expected}; this system knows none: install the package tzdata"
    cities = {each.rpartition("/")[2]: each for each in sorted(known)}
    if name.isupper() and len(name) <= _LONGEST_ABBREVIATION:
        return expected  # BST is not EST, however alike they are
    near = likely(name, sorted(known)) or [cities[each] for each in likely(name, cities)]
    return f"{expected}; did you mean {near[0]!r}?" if near else expected


class _WholeDay:
    """Says to pydantic what the quick check does anyway: a number or a moment is no date."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_only_day, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {"type": "string", "format": "date"}


def _only_day(day: object) -> object:
    if type(day) is date or (isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.ASCII)):
        return day
    raise ValueError(f"expected {DAY}")


@value
class Hours:
    """Named hours, for the conditions during_hours and outside_hours."""

    id: Slug = described("What conditions call the hours; unique in the workspace.")
    timezone: Annotated[str, _ZoneName()] = described('The name of their time zone: "Europe/Amsterdam".')
    days: Annotated[frozenset[WeekDay], NotEmpty()] | None = described(
        "On which days they begin. Omitted: every day.", default=None
    )
    from_: Annotated[str, _ClockTime()] = described('When they begin: "09:00".', key="from")
    to: Annotated[str, _ClockTime()] = described(
        'When they end: "17:30". Earlier than from: on the next day. The end of a day is "24:00".'
    )
    closed_on: tuple[Annotated[date, _WholeDay()], ...] = described(
        "Dates on which they do not begin, such as holidays.", default=()
    )

    def __post_init__(self) -> None:
        if self.from_ == "24:00":
            raise RuleError("found '24:00', which is the end of a day; the beginning is \"00:00\"", "from")
        if self.from_ == self.to:
            raise RuleError('from and to are the same; for whole days write from = "00:00" and to = "24:00"', "to")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    def include(self, moment: datetime) -> bool:
        """Whether ``moment``, which states its zone, lies within these hours."""
        local = local_time(moment, self.zone)
        day = local.date()
        begin, end = _minutes(self.from_), _minutes(self.to)
        minute = local.hour * 60 + local.minute
        if begin < end:
            return begin <= minute < end and self._begin_on(day)
        if minute >= begin and self._begin_on(day):
            return True
        return minute < end and day > date.min and self._begin_on(day - _ONE_DAY)

    def _begin_on(self, day: date) -> bool:
        if day in self.closed_on:
            return False
        return self.days is None or day.weekday() in (_NUMBERS[each] for each in self.days)


def local_time(moment: datetime, zone: tzinfo) -> datetime:
    """The date and time in ``zone``, which stop at both ends of the calendar.

    Systems that have no time to state write 0001-01-01T00:00:00Z, which is in no year yet further west.
    """
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return (datetime.min if moment.year == 1 else datetime.max).replace(tzinfo=zone)


def _minutes(clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return hour * 60 + minute
