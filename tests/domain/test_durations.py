from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.conditions import When
from oncue.domain.durations import duration_words, length_of, longest_within


@pytest.mark.parametrize(
    ("written", "length", "words"),
    [
        ("1s", timedelta(seconds=1), "1 second"),
        ("30m", timedelta(minutes=30), "30 minutes"),
        ("24h", timedelta(hours=24), "24 hours"),
        ("7d", timedelta(days=7), "7 days"),
    ],
)
def test_lengths(written: str, length: timedelta, words: str) -> None:
    assert (length_of(written), duration_words(written)) == (length, words)
    assert When(cooldown=written).cooldown == written


@pytest.mark.parametrize("written", ["", "0m", "30", "m", "30 m", "1.5h", "-1h", "30min", "1000000d", "٣m"])
def test_what_is_no_length(written: str) -> None:
    with pytest.raises(ValueError, match="a length of time such as"):
        When(cooldown=written)


@given(st.timedeltas(timedelta(seconds=-5), timedelta(days=400)))
def test_the_longest_duration_within_a_time_is_within_it_and_nearly_all_of_it(time: timedelta) -> None:
    found = longest_within(time)
    if found is None:
        assert time < timedelta(seconds=1)
    else:
        assert length_of(found) <= time <= length_of(found) * 1.5 + timedelta(seconds=1)


def test_the_longest_duration_as_people_write_it() -> None:
    lengths = [90, 89 * 60 + 59, 7_200, 3 * 86_400 + 60]
    assert [longest_within(timedelta(seconds=each)) for each in lengths] == ["90s", "89m", "2h", "3d"]
    assert longest_within(timedelta(days=2_000_000)) == "999999d"
