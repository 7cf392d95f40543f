"""Placeholders are looked up and never evaluated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.placeholders import PLACEHOLDERS, fill, names_in


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {{participant.name}}!", "Hello Jane!"),
        ("{{ participant.name }}{{participant.name}}", "JaneJane"),
        ("{{nobody.knows}}", "{{nobody.knows}}"),
        ("{participant.name} {{participant.name", "{participant.name} {{participant.name"),
        ("{{}} {{ }} {{participant .name}}", "{{}} {{ }} {{participant .name}}"),
        ("{{{participant.name}}}", "{Jane}"),
    ],
)
def test_fill(text: str, filled: str) -> None:
    assert fill(text, {"participant.name": "Jane"}) == filled


def test_a_value_is_not_searched_again() -> None:
    assert fill("{{participant.name}}", {"participant.name": "{{flow.name}}", "flow.name": "x"}) == "{{flow.name}}"


def test_names() -> None:
    assert names_in("{{ a.b }} and {{c}} and {{a.b}}") == ["a.b", "c", "a.b"]


@given(st.text(alphabet="{} a.", max_size=60))
def test_filling_what_is_unknown_changes_nothing(text: str) -> None:
    assert fill(text, {}) == text


def test_every_placeholder_is_found_in_a_text() -> None:
    assert names_in(" ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)) == list(PLACEHOLDERS)
