"""Attributes as text that people edit: what is written reads back, and half a line is no attribute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.workbench.attribute_text import attributes_text, parse_attributes, unfinished_lines

values = (
    st.text(st.characters(codec="utf-8"), max_size=20)
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
keys = st.text(st.characters(codec="utf-8")) | st.sampled_from(["a=b", " pad ", "", '"', '"a" = 1', "a\nb", "=", "a\r"])


@given(st.dictionaries(keys, values, max_size=4))
def test_attributes_as_text_and_back(attributes: dict[str, str | int | float | bool]) -> None:
    back = parse_attributes(attributes_text(attributes))
    assert back == attributes
    assert [type(value) for value in back.values()] == [type(value) for value in attributes.values()]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("", {}),
        ("a = 1\n\n b=2.5 ", {"a": 1, "b": 2.5}),
        ("a = b = c", {"a": "b = c"}),
        ("a = [1]", {"a": "[1]"}),
        ("a = null", {"a": "null"}),
        ("a = NaN", {"a": "NaN"}),
        ("a =", {"a": ""}),
        ("a", {}),
        ("= 1", {}),
        ("a = 1\nb\nc = 2", {"a": 1, "c": 2}),
        ('"a = 1', {'"a': 1}),
        ('"a=b" = 1', {"a=b": 1}),
        ("a = " + "[" * 100_000, {"a": "[" * 100_000}),
    ],
)
def test_attributes_as_people_write_them(text: str, attributes: dict[str, object]) -> None:
    assert parse_attributes(text) == attributes


def test_lines_that_are_no_attributes_are_named() -> None:
    assert unfinished_lines("a = 1\njust a note\n\n= 2\nb = 3") == ["just a note", "= 2"]
