"""A problem is told in one line with its place; its code is one of a table that the docs have too."""

import re

import pytest

from oncue.domain.problems import Code, KeyPath, Problem, dotted
from oncue.workbench.json_values import problem_json


@pytest.mark.parametrize(
    ("path", "line_number", "line"),
    [
        ((), None, "a.toml: bad"),
        (("name",), None, "a.toml: name: bad"),
        ((), 2, "a.toml:2: bad"),
        (("steps", 1, "text"), 7, "a.toml:7: steps[2].text: bad"),
    ],
)
def test_a_problem_is_one_line(path: KeyPath, line_number: int | None, line: str) -> None:
    assert str(Problem("a.toml", "bad", Code.RULE, path, line_number)) == line


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ((), ""),
        (("trigger", "event"), "trigger.event"),
        (("steps", 0), "steps[1]"),
        (("steps", 2, "attributes", "a b.c"), "steps[3].attributes.'a b.c'"),
    ],
)
def test_a_path_is_shown_as_a_person_writes_and_counts(path: KeyPath, key: str) -> None:
    assert dotted(path) == key


def test_codes_are_short_unique_and_explained() -> None:
    assert len({code.meaning for code in Code}) == len(Code)
    assert all(re.fullmatch(r"OC[0-4]\d\d", code) for code in Code)
    assert list(Code) == sorted(Code)


def test_a_problem_as_json() -> None:
    assert problem_json(Problem("a.toml", "bad", Code.EMPTY_STEP, ("steps", 1, "text"), 7, "warning")) == {
        "file": "a.toml",
        "message": "bad",
        "key": "steps[2].text",
        "line": 7,
        "code": "OC205",
        "severity": "warning",
    }
