"""A text is found exactly where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.states import TEXTS, phrases, thorough

from oncue.analysis.texts import MOST_CHOICES, UndecidedError, Wish, text_like

clauses = st.lists(st.lists(phrases, min_size=1, max_size=2).map(tuple), max_size=3).map(tuple)
some = st.lists(phrases, max_size=3).map(tuple)
wishes = st.builds(Wish, has=clauses, begins=clauses, lacks=clauses, never=some, never_begins=some)


@thorough
@given(wishes)
def test_a_text_is_like_the_wish_and_without_one_no_text_is(wish: Wish) -> None:
    text = text_like(wish)
    if text is not None:
        assert wish.is_met_by(text)
    else:
        assert not any(map(wish.is_met_by, TEXTS[:: max(1, len(TEXTS) // 500)]))


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        (Wish(), "Hello"),
        (Wish(never=("hello",)), "Hi"),
        (Wish(never=("hello*", "hi")), ""),
        (Wish(has=(("Refund*",),)), "Refund"),
        (Wish(has=(("refund*",),), never=("refund",)), "refunds"),
        (Wish(has=(("refund*",),), never=("refund", "refunds", "refunde*")), "refundx"),
        (Wish(has=(("refund*",),), never=("ref*",)), None),
        (Wish(has=(("money back",),), never=("back",)), None),
        (Wish(has=(("money back", "refund"),), never=("back",)), "refund"),
        (Wish(has=(("a",), ("b",)), never=("a b",)), "b a"),
        (Wish(has=(("a",), ("b",)), never=("a b", "a, b", "b a", "b, a")), "Hello a b"),
        (Wish(begins=(("hi",),), has=(("there",),)), "hi there"),
        (Wish(begins=(("hi",), ("hi there", "ho"))), "hi there"),
        (Wish(begins=(("hi",), ("ho",))), None),
        (Wish(has=(("hi",),), never_begins=("h*",)), "· hi"),
        (Wish(begins=(("hi*",),), never_begins=("hi",)), "his"),
        (Wish(lacks=(("a", "b"),), has=(("a",),)), "a"),
        (Wish(lacks=(("a", "b"),), has=(("a",), ("b",))), None),
        (Wish(has=(("\u9000*",),), never=("\u9000",)), "\u9000\u0300"),
    ],
)
def test_texts(wish: Wish, text: str | None) -> None:
    found = text_like(wish)
    if text == "Hello a b":  # whatever stands between them
        assert found is not None
        assert wish.is_met_by(found)
    else:
        assert found == text


def test_what_is_too_much_is_said() -> None:
    half = tuple(f"a{number}" for number in range(200))
    with pytest.raises(UndecidedError):
        text_like(Wish(begins=(half, tuple(f"b{number}" for number in range(200)))))
    assert len(half) ** 2 > MOST_CHOICES
