"""``[when]``: what can be written, and what is refused or reported."""

from typing import Any

import pytest
from hypothesis import given
from tests import strategies
from tests.builders import WA, flow

from oncue.domain.checks import check_flow
from oncue.domain.conditions import CONDITIONS, OF_MESSAGES, When, is_of_word
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.plain import as_plain
from oncue.domain.values import replaced
from oncue.domain.workspace import WorkspaceConfig

CONFIG = WorkspaceConfig(
    name="x", instances=(WA,), hours=(Hours(id="office", timezone="UTC", from_="09:00", to="17:00"),)
)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"\[when\] has no condition"),
        ({"text_any": []}, "an empty list"),
        ({"attributes": {}}, "an empty table"),
        ({"absent": []}, "an empty list"),
        ({"text_any": [" "]}, "it is blank"),
        ({"text_any": ["*"]}, "a letter or digit before"),
        ({"text_any": ["re *"]}, "a letter or digit before"),
        ({"started_by": ["customer"]}, "did you mean 'contact'"),
        ({"once_per": "week"}, "not a known value"),
        ({"responsible": ""}, "it is empty"),
        ({"keyword": ["x"]}, "did you mean 'text_any'"),
        ({"reopened": 1}, "true or false"),
    ],
)
def test_what_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        When(**values)


@given(strategies.whens())
def test_lines_are_what_was_written(when: When) -> None:
    assert list(when.lines) == [key for key in CONDITIONS if key in as_plain(when)]
    assert When(**as_plain(when)) == when
    assert when.without(*when.lines) is None
    first = when.lines[0]
    left = when.without(first)
    assert (left.lines if left else ()) == when.lines[1:]


def test_values_of_attributes_are_told_apart_by_type() -> None:
    one, true, real = (When(attributes={"vip": each}) for each in (1, True, 1.0))
    assert len({one, true, real}) == 3
    assert one == When(attributes={"vip": 1})


@pytest.mark.parametrize("text", ["a", "é", "9", "_", "\u0301", "ा"])
def test_letters_with_their_marks_are_of_words(text: str) -> None:
    assert is_of_word(text)
    assert not any(map(is_of_word, "-*+ "))


def problems(when: When, **more: Any) -> list[tuple[str, str]]:
    found: Flow = replaced(flow("a", **more), when=when)
    return [(each.key, str(each.code)) for each in check_flow(found, CONFIG)]


def test_hours_that_are_not_there_are_a_problem() -> None:
    assert problems(When(during_hours=("office", "ofice"))) == [("when.during_hours[2]", "OC209")]
    found = check_flow(replaced(flow("a"), when=When(outside_hours=("ofice",))), CONFIG)
    assert found[0].message == "no hours 'ofice'; did you mean 'office'?"


@pytest.mark.parametrize("key", OF_MESSAGES)
def test_conditions_about_a_message_are_for_messages(key: str) -> None:
    lines: dict[str, Any] = {key: True if key == "first_message" else ("x",)}
    when = When(**lines)
    assert problems(when) == []
    assert problems(when, event="participant_added") == [(f"when.{key}", "OC208")]


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"text_none": ["a"], "text_any": ["a"]}, "text_none"),
        ({"text_none": ["a"], "text_any": ["a", "b"]}, None),
        ({"text_none": ["a"], "text_all": ["a", "b"]}, "text_none"),
        ({"present": ["bot", "agent"], "absent": ["bot"]}, "absent"),
        ({"labels": ["vip"], "without_labels": ["vip"]}, "without_labels"),
        ({"during_hours": ["office"], "outside_hours": ["office"]}, "outside_hours"),
    ],
)
def test_lines_that_contradict_each_other_are_a_problem(values: dict[str, Any], key: str | None) -> None:
    assert problems(When(**values)) == ([] if key is None else [(f"when.{key}", "OC208")])
