"""Tags as a text: what is written reads back, commas and quotes included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.text import editable, from_editable
from oncue.workbench.tag_text import parse_tags, tags_text

TAGS = st.text(min_size=1) | st.text(', "\\\n\u2028ab', min_size=1)


@given(st.lists(TAGS, max_size=4))
def test_tags_as_text_and_back(tags: list[str]) -> None:
    assert parse_tags(tags_text(tags)) == tags
    assert parse_tags(from_editable(editable(tags_text(tags)))) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", []),
        (" , ,", []),
        ("a,b , c", ["a", "b", "c"]),
        ('"urgent, really", vip', ["urgent, really", "vip"]),
        ('"urgent, really', ['"urgent', "really"]),
        ('"a"b, c', ['"a"b', "c"]),
        ('a "b", c', ['a "b"', "c"]),
    ],
)
def test_tags_as_people_write_them(text: str, tags: list[str]) -> None:
    assert parse_tags(text) == tags
