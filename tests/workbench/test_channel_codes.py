from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.vocabulary import CHANNEL_LABELS
from oncue.workbench.channel_codes import WIDTH, channel_codes
from oncue.workbench.spans import cells_of


def test_they_are_what_people_expect() -> None:
    labels = ("WhatsApp", "SMS", "Email", "Instagram", "Harbour kiosk", "web_form", "微信", "X", "ß")
    assert list(channel_codes(labels).values()) == ["WA", "SM", "EM", "IN", "HK", "WF", "微", "X ", "ß "]


def test_no_two_channels_have_the_same() -> None:
    codes = channel_codes([*CHANNEL_LABELS.values(), "Wide area", "WhatsApp 2", "Wappen"])
    assert len(set(codes.values())) == len(codes)


@given(st.lists(st.text(max_size=8), max_size=8))
def test_each_takes_two_cells(labels: list[str]) -> None:
    codes = channel_codes(labels)
    assert set(codes) == set(labels)
    assert all(cells_of(code) == WIDTH for code in codes.values())
