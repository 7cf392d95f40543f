from typing import Any

import pytest
import rtoml
from hypothesis import given
from hypothesis import strategies as st

from oncue.storage.toml.write import canonical, exact, key_text, value_like, value_text

texts = st.text(st.characters(codec="utf-8"), max_size=20)
scalars = texts | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
tables = st.dictionaries(texts, scalars | st.lists(scalars, max_size=3), max_size=4)
documents = st.dictionaries(texts, tables | st.lists(tables, min_size=1, max_size=3) | scalars, max_size=4)


def test_plain_entries_come_first_then_tables_and_blocks() -> None:
    values = {"t": {"x": 1}, "a": "b", "s": [{"y": 1}, {"y": {"z": True}}], "l": []}
    assert canonical(values) == ('a = "b"\nl = []\n\n[t]\nx = 1\n\n[[s]]\ny = 1\n\n[[s]]\ny = { z = true }\n')
    assert canonical({}) == ""


@given(documents)
def test_any_document_reads_back(values: dict[str, Any]) -> None:
    assert exact(rtoml.loads(canonical(values))) == exact(values)


@given(scalars | st.lists(scalars, max_size=3) | tables)
def test_any_value_is_one_line_and_reads_back(value: Any) -> None:
    text = value_text(value)
    assert "\n" not in text
    assert exact(rtoml.loads(f"k = {text}")) == exact({"k": value})


@given(texts, st.sampled_from(['"x"', "'x'", '"""\nx"""', '"""x"""', '"""\r\nx"""', "'''x'''", "1"]))
def test_a_text_in_any_style_reads_back(value: str, before: str) -> None:
    assert rtoml.loads(f"k = {value_like(value, before)}") == {"k": value}


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        ("y", "'x'", "'y'"),
        ("it's", "'x'", '"it\'s"'),
        ("a\nb", '"""\nx"""', '"""\na\nb"""'),
        ("\na\nb", '"""x"""', '"""\n\na\nb"""'),
        ('a\n"', '"""x"""', '"""a\n\\""""'),
        ("one line", '"""\nx"""', '"one line"'),
        (1, "'x'", "1"),
    ],
)
def test_a_new_value_is_written_like_the_old_one(value: object, before: str, after: str) -> None:
    assert value_like(value, before) == after


def test_keys_are_quoted_where_they_must_be() -> None:
    assert key_text("a-B_1") == "a-B_1"
    assert key_text("app.save") == '"app.save"'
    assert key_text("") == '""'


def test_exact_tells_types_apart_and_no_order() -> None:
    assert len({exact({"a": value}) for value in (1, 1.0, True, "1")}) == 4
    assert exact({"a": 1, "b": 2}) == exact({"b": 2, "a": 1})
    date = rtoml.loads("a = 1979-05-27")["a"]
    assert exact(date) == exact(date) != exact(repr(date))
