"""A calendar has every way in which a moment can lie to hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.states import CONFIG, thorough

from oncue.analysis.calendars import FIRST, calendar
from oncue.domain.hours import Hours

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe")
clocks = st.sampled_from(["00:00", "01:30", "02:30", "09:00", "12:00", "17:30", "23:59"])


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    begin, end = draw(st.lists(clocks, min_size=2, max_size=2, unique=True))
    days = draw(st.none() | st.frozensets(st.sampled_from(["mon", "sat", "sun"]), min_size=1))
    closed = tuple(draw(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=2)))
    zone = draw(st.sampled_from(ZONES))
    return Hours(id="h", timezone=zone, days=days, from_=begin, to=end, closed_on=closed)  # type: ignore[arg-type]


@thorough
@given(st.lists(some_hours(), max_size=2, unique=True), st.lists(st.integers(0, 365 * 48), min_size=50, max_size=50))
def test_it_has_every_way(hours: list[Hours], half_hours: list[int]) -> None:
    moments = calendar(tuple(hours), ())
    assert moments[0].at.date() == FIRST
    for moment in moments:
        assert [each.include(moment.at) for each in hours] == [
            bool(moment.within >> number & 1) for number in range(len(hours))
        ]
    ways = {moment.within for moment in moments}
    for number in half_hours:
        at = BEGIN + timedelta(minutes=30 * number)
        assert sum(1 << number for number, each in enumerate(hours) if each.include(at)) in ways


def test_the_longest_and_the_shortest_part_of_a_day() -> None:
    zone = CONFIG.hours[0].zone
    passed = [moment.passed[0] for moment in calendar((), (zone,))]
    assert (min(passed), max(passed)) == (0, 25 * 3600 - 1), "the day on which clocks go back"


def test_hours_that_never_meet() -> None:
    met = {
        (one.id, other.id)
        for one, other in combinations(CONFIG.hours, 2)
        if any(moment.within == 3 for moment in calendar((one, other), ()))
    }
    assert met == {("office", "tokyo")}, "Monday, 16:00 to 20:00 in Tokyo, which is the morning in Amsterdam"
