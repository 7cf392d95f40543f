"""Attributes as text that people edit: what is written reads back, and half a line is no attribute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.workbench.attribute_text import attributes_text, complaint, parse_attributes, unfinished_lines

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


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("just a note", ["'just a note' has no '='"]),
        ("= 2", ["'= 2' has no attribute in front of its '='"]),
        ("a = 1\na = 2", ["'a' is given twice, and the last one counts"]),
        ("a = 1e999", ["'a = 1e999' has a value that no file can hold"]),
        ("a = 9223372036854775808", ["'a = 9223372036854775808' has a value that no file can hold"]),
        ('a = "\\ud800"', ["'a = \"\\\\ud800\"' has a value that no file can hold"]),
        ("a = -9223372036854775808", []),
    ],
)
def test_why_a_line_does_not_count(text: str, why: list[str]) -> None:
    assert [complaint(line) for line in unfinished_lines(text)] == why


lines = st.sampled_from(["a", "a = 1", "a = 2", "= 1", "", " ", '"a" = 1', "b = 1e999", "b", 'c = "x"', '"'])


@given(st.lists(lines | st.text(max_size=8), max_size=6))
def test_every_line_is_an_attribute_or_unfinished_or_empty(written: list[str]) -> None:
    text = "\n".join(written)
    count = sum(1 for line in text.split("\n") if line.strip())
    assert len(parse_attributes(text)) + len(unfinished_lines(text)) == count
