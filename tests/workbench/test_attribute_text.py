"""Attributes as text that people edit: what is written reads back, and half a line is no attribute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.workbench.attribute_text import attributes_text, parse_attributes

values = (
    st.text(st.characters(codec="utf-8"), max_size=20)
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
keys = st.text(st.characters(codec="utf-8", exclude_characters="=\n"), min_size=1).filter(
    lambda key: key == key.strip()
)


@given(st.dictionaries(keys.filter(bool), values, max_size=4))
def test_attributes_as_text_and_back(attributes: dict[str, str | int | float | bool]) -> None:
    back = parse_attributes(attributes_text(attributes))
    assert back == attributes
    assert back is not None
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
        ("a", None),
        ("= 1", None),
        ("a = 1\nb", None),
        ("a = " + "[" * 100_000, {"a": "[" * 100_000}),
    ],
)
def test_attributes_as_people_write_them(text: str, attributes: dict[str, object] | None) -> None:
    assert parse_attributes(text) == attributes
