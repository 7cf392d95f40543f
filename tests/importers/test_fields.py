from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.importers.fields import flag, identifier, moment, rows, table, tables, text, word
from oncue.importers.found import MalformedError, place

NOON = datetime(2025, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "at"),
    [
        ("2025-11-22T12:00:00Z", NOON),
        ("2025-11-22T13:00:00+01:00", NOON),
        ("2025-11-22T12:00:00", None),  # in no zone
        (1_763_812_800, NOON),
        (1_763_812_800_000, NOON),
        ("1763812800.000000", NOON),
        (1_763_812_800.0, NOON),
        (None, None),
        ("", None),
        (0, None),
    ],
)
def test_moments(stated: Any, at: datetime | None) -> None:
    assert moment({"at": stated}, "at") == at


@given(st.text() | st.floats() | st.integers() | st.lists(st.none()) | st.booleans())
def test_anything_is_a_moment_nothing_or_malformed(stated: Any) -> None:
    try:
        found = moment({"at": stated}, "at")
    except MalformedError as error:
        assert error.key == "at"
    else:
        assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize("stated", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "१७६३८१२८००", True])
def test_what_is_no_moment(stated: Any) -> None:
    with pytest.raises(MalformedError):
        moment({"at": stated}, "at")


def test_what_is_not_stated() -> None:
    absent: list[dict[str, Any]] = [{}, {"x": None}]
    for stated in absent:
        assert table(stated, "x") == {}
        assert rows(stated, "x") == tables(stated, "x") == []
        assert text(stated, "x") is identifier(stated, "x") is None
        assert word(stated, "x") == ""
        assert not flag(stated, "x")
    assert text({"x": ""}, "x") is identifier({"x": ""}, "x") is None


def test_ids_are_texts() -> None:
    assert identifier({"x": 41}, "x") == "41"
    odd: list[Any] = [True, 4.1, [], 10**30]
    for stated in odd:
        with pytest.raises(MalformedError):
            identifier({"x": stated}, "x")


def test_the_place_of_what_is_wrong_is_found_when_it_is_needed() -> None:
    inner = {"x": 1}
    payload = {"a": [{"x": 1}, {"b": inner}]}
    assert place(payload, inner) == ("a", 1, "b")
    with pytest.raises(MalformedError) as caught:
        text(inner, "x")
    found = caught.value.within(payload)
    assert (found.path, found.message) == (("a", 1, "b", "x"), "found 1, expected text")
