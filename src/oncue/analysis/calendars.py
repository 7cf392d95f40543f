"""All the ways in which a moment can lie to some hours: within these, outside those.

Hours are read off the clock of their zone, so whether a moment lies within them depends on the week day, the time of
day, the date where it is closed, and how far each zone is from the others. A calendar looks at moments at which any of
that changes: beginnings and ends of hours and days, on a week for each combination of offsets of the zones, on the days
round each closed date, and on the days when clocks change. Combinations that last less than a week, as between the
changes of two zones, are looked at in full. The calendar goes over 28 years, after which week days and dates repeat.

A day is longer or shorter where clocks change; so for each way it has the moment that is the earliest in its day and
the one that is the latest, which is what limits such as *once per day* and *cooldown* depend on together.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from oncue.domain.hours import Hours

FIRST = date(2026, 1, 5)
"""The Monday on which calendars begin."""

_YEARS = 28
_WEEK = 9
"""Days of which every zone has each day of a week in full."""
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


class Moment(NamedTuple):
    """A moment, which hours it lies within (a bit each), and for each zone how many seconds of the day have passed."""

    at: datetime
    within: int
    passed: tuple[int, ...]


@lru_cache(256)
def calendar(hours: tuple[Hours, ...], zones: tuple[tzinfo, ...]) -> tuple[Moment, ...]:
    """For each way to lie to ``hours`` a moment, the earliest of its day and the latest, for days of ``zones``."""
    found: dict[tuple[object, ...], Moment] = {}
    for moment in _moments(hours, zones):
        found.setdefault((moment.within,), moment)
        for number, passed in enumerate(moment.passed):
            for best, better in (("first", int.__lt__), ("last", int.__gt__)):
                so_far = found.get((moment.within, best, number))
                if so_far is None or better(passed, so_far.passed[number]):
                    found[moment.within, best, number] = moment
    return tuple(dict.fromkeys(found.values()))


def _moments(hours: tuple[Hours, ...], zones: tuple[tzinfo, ...]) -> Iterator[Moment]:
    """Every moment that may be different from others: as people would name it first, then the last second before."""
    everywhere = tuple(dict.fromkeys((*zones, *(each.zone for each in hours))))
    changes = sorted(_changes(_days(everywhere, {day for each in hours for day in each.closed_on}), hours, everywhere))
    noon = datetime.combine(FIRST, time(12), UTC)
    for at in (noon, *changes, *(each - _SECOND for each in changes)):
        within = sum(1 << number for number, each in enumerate(hours) if each.include(at))
        yield Moment(at, within, tuple(_passed(at, zone) for zone in zones))


def _passed(at: datetime, zone: tzinfo) -> int:
    """Seconds since midnight, by a clock that nobody changes."""
    midnight = datetime.combine(at.astimezone(zone).date(), time(), zone)
    return int((at - midnight.astimezone(UTC)).total_seconds())


def _changes(days: Iterable[date], hours: tuple[Hours, ...], zones: tuple[tzinfo, ...]) -> set[datetime]:
    """When hours and days begin and end on ``days``, twice where the clock shows the time twice."""
    clocks: set[tuple[tzinfo, str]] = {(each.zone, clock) for each in hours for clock in (each.from_, each.to)}
    clocks |= {(zone, "00:00") for zone in zones}
    found = set()
    for day in days:
        for zone, clock in clocks:
            at = datetime.combine(day + _DAY, time()) if clock == "24:00" else datetime.fromisoformat(f"{day} {clock}")
            found |= {at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return found


def _days(zones: tuple[tzinfo, ...], closed: set[date]) -> set[date]:
    """The days that have to be looked at; those round closed dates, and enough for each combination of offsets."""
    around = {day + number * _DAY for day in closed if 1 < day.year < 9999 for number in range(-1, 3)}
    days = set(around)
    seen: set[object] = set()
    years = _YEARS if len(zones) > 1 else 1
    all_days = (FIRST + number * _DAY for number in range(years * 365 + years // 4))
    for offsets, group in groupby(all_days, key=lambda day: _offsets(day, zones)):
        period = list(group)
        week = next((start for start in range(1, len(period) - _WEEK) if _is_open(period[start], closed)), None)
        if (period[0] - FIRST).days < 366:
            days.update((period[0] - _DAY, period[0], period[0] + _DAY))  # when clocks change
        how = offsets if week is not None else (offsets, period[0].weekday(), len(period))
        if how in seen and around.isdisjoint(period):
            continue
        seen.add(how)
        days.update(period if week is None else period[week : week + _WEEK])
    return days


def _offsets(day: date, zones: tuple[tzinfo, ...]) -> tuple[timedelta | None, ...]:
    noon = datetime.combine(day, time(12), UTC)
    return tuple(noon.astimezone(zone).utcoffset() for zone in zones)


def _is_open(start: date, closed: set[date]) -> bool:
    return closed.isdisjoint(start + number * _DAY for number in range(-1, _WEEK + 1))
