"""Durations are read in one way, and written in the shortest."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.conditions import When
from oncue.domain.durations import LONGEST, duration_of, duration_words, longest_within, spelt
from oncue.domain.fitting import RuleError
from oncue.domain.scenarios import ScenarioEvent


@pytest.mark.parametrize(
    ("text", "seconds", "words"),
    [
        ("0s", 0, "0 seconds"),
        ("1m", 60, "1 minute"),
        ("10m", 600, "10 minutes"),
        ("24h", 86_400, "24 hours"),
        ("366d", 366 * 86_400, "366 days"),
    ],
)
def test_a_duration(text: str, seconds: int, words: str) -> None:
    assert duration_of(text) == timedelta(seconds=seconds)
    assert duration_words(text) == words


@pytest.mark.parametrize(
    "text", ["", "10", "m", "10 m", "1.5h", "-1m", "10M", "1w", "٣m", "367d", "99999999d", "10m\n"]
)
def test_no_duration(text: str) -> None:
    assert duration_of(text) is None
    assert duration_words(text) == text
    with pytest.raises(RuleError, match="expected a duration such as"):
        ScenarioEvent(event="message_created", instance="wa", after=text)


@given(st.integers(0, LONGEST.days * 86_400))
def test_what_is_spelt_reads_as_the_same(seconds: int) -> None:
    assert duration_of(spelt(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["0m", "00d", "", "30 m", "367d"])
def test_a_cooldown_is_some_time(text: str) -> None:
    with pytest.raises(RuleError, match="expected a duration such as"):
        When(cooldown=text)
    assert When(cooldown="010m").cooldown == "010m"


@given(st.timedeltas(timedelta(seconds=-5), timedelta(days=366)))
def test_the_longest_duration_within_a_time_is_within_it_and_nearly_all_of_it(time: timedelta) -> None:
    found = longest_within(time)
    if found is None:
        assert time < timedelta(seconds=1)
    else:
        length = duration_of(found)
        assert length is not None
        assert length <= time <= length * 1.5 + timedelta(seconds=1)


def test_the_longest_duration_as_people_write_it() -> None:
    lengths = [90, 89 * 60 + 59, 7_200, 3 * 86_400 + 60]
    assert [longest_within(timedelta(seconds=each)) for each in lengths] == ["90s", "89m", "2h", "3d"]
    assert longest_within(timedelta(days=2_000_000)) == "366d"
