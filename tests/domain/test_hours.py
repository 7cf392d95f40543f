"""Named hours: days, clocks, midnight, holidays and daylight saving."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.hours import Hours, local_time
from oncue.domain.plain import as_plain
from oncue.domain.workspace import WorkspaceConfig

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORK_DAYS = frozenset({"mon", "tue", "wed", "thu", "fri"})


def hours(begin: str = "09:00", end: str = "17:30", **more: Any) -> Hours:
    return Hours(id="office", timezone="Europe/Amsterdam", from_=begin, to=end, **more)


OFFICE = hours(days=WORK_DAYS, closed_on=(date(2026, 12, 25),))
NIGHTS = hours("22:00", "06:00", days=frozenset({"fri"}), closed_on=(date(2026, 12, 25),))


@pytest.mark.parametrize(
    ("which", "moment", "inside"),
    [
        (OFFICE, "2026-11-23T08:59:59", False),  # a Monday
        (OFFICE, "2026-11-23T09:00:00", True),
        (OFFICE, "2026-11-23T17:29:59", True),
        (OFFICE, "2026-11-23T17:30:00", False),
        (OFFICE, "2026-11-22T12:00:00", False),  # a Sunday
        (OFFICE, "2026-12-25T12:00:00", False),
        (NIGHTS, "2026-11-27T21:59:59", False),  # a Friday
        (NIGHTS, "2026-11-27T22:00:00", True),
        (NIGHTS, "2026-11-28T05:59:59", True),  # the night that began on it
        (NIGHTS, "2026-11-28T06:00:00", False),
        (NIGHTS, "2026-11-28T22:00:00", False),
        (NIGHTS, "2026-11-27T05:00:00", False),  # the night of Thursday
        (NIGHTS, "2026-12-25T23:00:00", False),
        (NIGHTS, "2026-12-26T05:00:00", False),  # the night that did not begin
        (hours("00:00", "24:00"), "2026-11-22T00:00:00", True),
        (hours("00:00", "24:00"), "2026-11-22T23:59:59", True),
        (hours("22:00", "24:00"), "2026-11-22T23:59:59", True),
        (hours("22:00", "24:00"), "2026-11-23T00:00:00", False),
        # The clock skips 02:00 to 03:00 on 29 March and shows it twice on 25 October.
        (hours("02:00", "03:00"), "2026-03-29T03:00:00", False),
        (hours("02:00", "03:00"), "2026-10-25T02:30:00", True),
    ],
)
def test_inside_and_outside(which: Hours, moment: str, inside: bool) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
    assert which.include(local) is inside
    assert which.include(local.astimezone(UTC)) is inside


def test_daylight_saving() -> None:
    assert hours().include(datetime(2026, 3, 27, 8, 0, tzinfo=UTC))  # winter: 09:00
    assert not hours().include(datetime(2026, 3, 27, 7, 59, tzinfo=UTC))
    assert hours().include(datetime(2026, 3, 30, 7, 0, tzinfo=UTC))  # summer: 09:00
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert all(hours("02:00", "03:00").include(each) for each in twice)
    skipped = [datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)]
    assert not any(hours("02:00", "03:00").include(each) for each in skipped)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "UTC"])
@pytest.mark.parametrize("naive", [datetime.min, datetime.max])
def test_the_ends_of_the_calendar_are_moments_too(zone: str, naive: datetime) -> None:
    """0001-01-01T00:00:00Z is what some systems write where they have no time."""
    moment = naive.replace(tzinfo=UTC)
    day, night = (
        Hours(id="x", timezone=zone, from_=begin, to=end) for begin, end in (("09:00", "21:00"), ("21:00", "09:00"))
    )
    assert day.include(moment) or night.include(moment) or naive == datetime.min
    assert local_time(moment, ZoneInfo(zone)).year == naive.year


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.sampled_from(["09:00", "00:00", "22:15"]))
def test_what_is_not_in_the_hours_is_in_those_that_complete_the_day(naive: datetime, begin: str) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert hours(begin, "12:00").include(moment) != hours("12:00", begin if begin != "00:00" else "24:00").include(
        moment
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"timezone": "Amsterdam"}, "did you mean 'Europe/Amsterdam'"),
        ({"timezone": "../etc/passwd"}, "the name of a time zone"),
        ({"timezone": "Europe"}, "the name of a time zone"),
        ({"timezone": "localtime"}, "the name of a time zone"),  # another zone on another machine
        ({"timezone": "posix/Europe/Amsterdam"}, "the name of a time zone"),
        ({"timezone": "BST"}, r'such as "Europe/Amsterdam"$'),  # not EST, however alike they are
        ({"timezone": "utc"}, "did you mean 'UTC'"),
        ({"from": "9:00"}, "a time of day such as"),
        ({"to": "24:01"}, "a time of day such as"),
        ({"from": "24:00"}, "the end of a day"),
        ({"to": "09:00"}, "from and to are the same"),
        ({"days": []}, "an empty list"),
        ({"days": ["monday"]}, "did you mean 'mon'"),
        ({"closed_on": ["tomorrow"]}, "a date such as"),
        ({"closed_on": [datetime(2026, 1, 1)]}, "a date such as"),
        ({"until": "17:30"}, "did you mean 'to'"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Hours(**({"id": "office", "timezone": "Europe/Amsterdam", "from": "09:00", "to": "17:30"} | changes))


def test_ids_are_unique() -> None:
    with pytest.raises(ValueError, match="hours id 'office' is used more than once"):
        WorkspaceConfig(name="x", hours=(hours(), hours()))


def test_the_keys_are_those_of_the_file() -> None:
    plain = as_plain(OFFICE)
    assert (plain["from"], plain["closed_on"]) == ("09:00", ["2026-12-25"])
    assert Hours(**plain) == OFFICE
    assert OFFICE.include(datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM) + timedelta(hours=1))
