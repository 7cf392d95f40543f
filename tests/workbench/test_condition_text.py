"""Values of conditions as text that people edit: what is written reads back, and what is no value is named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.conditions import When
from oncue.domain.fitting import RuleError
from oncue.workbench.condition_forms import FORMS
from oncue.workbench.condition_text import has_text, read_value, said, spelled, value_text

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["a\nb", " pad ", '"', '"q"', "\r", "\u2028", "\\", "a,b", "\x00", "\ufeff", "\x1c", "refund*", "\t", "\x85x"]
)


@given(texts)
def test_every_text_is_spelled_in_a_line_that_says_it(text: str) -> None:
    line = spelled(text)
    assert "\n" not in line
    assert said(line) == said(f"  {line}\t") == text


def _holds(key: str, value: Any) -> bool:
    try:
        When(**{key: value})
    except RuleError:
        return False
    return True


@pytest.mark.parametrize("key", [key for key, form in FORMS.items() if form.kind == "lines"])
@given(st.lists(texts, min_size=1, max_size=4).map(tuple))
def test_lists_as_text_and_back(key: str, value: tuple[str, ...]) -> None:
    kept = tuple(each for each in value if _holds(key, (each,)))
    found = read_value(key, value_text(key, value))
    assert found.value == (kept or None)
    assert len(found.complaints) == len(value) - len(kept)


@given(texts)
def test_a_name_as_text_and_back(value: str) -> None:
    found = read_value("responsible", value_text("responsible", value))
    assert found.value == (value if value.strip() else None)


@given(st.dictionaries(texts, texts | st.booleans() | st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=3))
def test_attributes_as_text_and_back(value: dict[str, Any]) -> None:
    found = read_value("attributes", value_text("attributes", value))
    assert found.value == value
    assert not found.complaints
    assert list(map(type, found.value.values())) == list(map(type, value.values()))


@given(st.text())
@pytest.mark.parametrize("key", [key for key in FORMS if has_text(key)])
def test_whatever_is_typed_is_a_value_or_named_or_blank(key: str, text: str) -> None:
    found = read_value(key, text)
    if found.value is not None:
        assert _holds(key, found.value)
        assert read_value(key, value_text(key, found.value)).value == found.value
    else:
        assert found.complaints or not text.strip()


@pytest.mark.parametrize(
    ("key", "text", "value", "complaints"),
    [
        ("text_any", "a\n\n b \n*", ("a", "b"), 1),
        ("text_any", "a, b", ("a, b",), 0),
        ("labels", '"a', ('"a',), 0),
        ("labels", '"\\ud800"', None, 1),
        ("cooldown", " 30m ", "30m", 0),
        ("cooldown", "30", None, 1),
        ("cooldown", "", None, 0),
        ("attributes", "plan", None, 1),
        ("attributes", "plan = pro\nvip", {"plan": "pro"}, 1),
        ("responsible", "nobody", "nobody", 0),
    ],
)
def test_what_people_write(key: str, text: str, value: object, complaints: int) -> None:
    found = read_value(key, text)
    assert (found.value, len(found.complaints)) == (value, complaints)


def test_nothing_is_no_text() -> None:
    assert all(value_text(key, None) == "" for key in FORMS)
