"""Findings have the line and the columns of what is meant."""

from pathlib import Path

import pytest

from oncue.domain.problems import Code, KeyPath, Problem
from oncue.storage.findings import Finding, findings_in

TEXT = """\
name = "A"   # its name

[trigger]   # when
event = "message_created"
  indented = true

[[steps]]
type = "send_message"
text = \"\"\"
Hello
\"\"\"
"""


def place(tmp_path: Path, path: KeyPath, code: Code = Code.RULE, line: int | None = None) -> Finding:
    (tmp_path / "flows").mkdir(exist_ok=True)
    (tmp_path / "flows/a.toml").write_text(TEXT, encoding="utf-8")
    (found,) = findings_in(tmp_path, [Problem("flows/a.toml", "m", code, path, line)])
    return found


@pytest.mark.parametrize(
    ("path", "line", "meant"),
    [
        (("name",), 1, '"A"'),
        (("trigger",), 3, "[trigger]"),
        (("trigger", "channel"), 3, "[trigger]"),
        (("trigger", "event"), 4, '"message_created"'),
        (("trigger", "indented"), 5, "true"),
        (("steps", 0), 7, "[[steps]]"),
        (("steps", 0, "type"), 8, '"send_message"'),
        (("steps", 0, "text"), 9, '"""'),
    ],
)
def test_what_is_meant_on_the_line(tmp_path: Path, path: KeyPath, line: int, meant: str) -> None:
    found = place(tmp_path, path)
    assert found.problem.line == line
    assert found.source is not None
    assert found.column is not None
    assert found.end is not None
    assert found.source[found.column - 1 : found.end - 1] == meant


def test_of_a_key_that_does_not_exist_the_key_is_meant(tmp_path: Path) -> None:
    found = place(tmp_path, ("trigger", "indented"), Code.UNKNOWN_KEY)
    assert (found.column, found.end) == (3, 11)


def test_a_file_as_a_whole_has_no_line(tmp_path: Path) -> None:
    assert place(tmp_path, ()) == Finding(Problem("flows/a.toml", "m", Code.RULE))
    assert place(tmp_path, (), line=99).source is None
    (gone,) = findings_in(tmp_path, [Problem("flows/gone.toml", "m", Code.UNREADABLE)])
    assert gone.column is None


def test_findings_of_a_file_are_in_order_of_lines(tmp_path: Path) -> None:
    place(tmp_path, ())
    problems = [Problem("flows/a.toml", "m", Code.RULE, path) for path in (("steps", 0), ("name",))]
    assert [each.problem.line for each in findings_in(tmp_path, problems)] == [1, 7]
