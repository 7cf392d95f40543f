from datetime import timedelta

import pytest

from oncue.domain.conditions import When
from oncue.domain.durations import duration_words, length_of


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
