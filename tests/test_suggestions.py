"""After an unknown name the nearest valid one is suggested, else the first few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.suggestions import did_you_mean, nearest

CHANNELS = ["whatsapp", "email", "live_chat"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("whatsap", "did you mean 'whatsapp'?"),
        ("WhatsApp", "did you mean 'whatsapp'?"),
        ("livechat", "did you mean 'live_chat'?"),
        ("pigeon", "expected one of: whatsapp, email, live_chat"),
        ("", "expected one of: whatsapp, email, live_chat"),
    ],
)
def test_did_you_mean(name: str, hint: str) -> None:
    assert did_you_mean(name, CHANNELS) == hint


def test_did_you_mean_of_many_and_of_none() -> None:
    assert did_you_mean("x", (f"flow-{number}" for number in range(1_014)), most=2) == (
        "expected one of: flow-0, flow-1 and 1,012 more"
    )
    assert did_you_mean("x", []) == "there are none"


@given(st.text(), st.lists(st.text(max_size=20)))
def test_the_nearest_is_one_of_the_choices(name: str, choices: list[str]) -> None:
    assert nearest(name, choices) in [None, *choices]


def test_a_huge_name_is_compared_quickly() -> None:
    assert nearest("x" * 1_000_000, CHANNELS) is None
