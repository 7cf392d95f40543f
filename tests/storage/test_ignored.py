"""Comments that leave findings out."""

import pytest

from oncue.domain.problems import Code, Problem
from oncue.storage.ignored import not_ignored

TEXT = """\
name = "A"
[trigger]
event = "message_created"
participant_types = [
    "contact",
]
text = "# oncue: ignore OC406"
"""


def left(text: str, line: int | None = 3, code: Code = Code.DOUBLE_REPLY) -> bool:
    return bool(not_ignored([Problem("flows/a.toml", "m", code, line=line)], text))


def commented(line: int, comment: str) -> str:
    lines = TEXT.split("\n")
    lines[line - 1] += f"  {comment}"
    return "\n".join(lines)


@pytest.mark.parametrize(
    "comment",
    [
        "# oncue: ignore OC406",
        "#oncue:ignore OC406",
        "# oncue: ignore OC401, OC406",
        "# oncue: ignore OC401 OC406: the customer wants both",
        "# oncue: ignore",
    ],
)
def test_at_the_end_of_a_line_it_is_about_that_line(comment: str) -> None:
    assert not left(commented(3, comment))
    assert left(commented(3, comment), line=2)
    assert left(commented(3, comment), line=None)


@pytest.mark.parametrize("comment", ["# oncue: ignore OC407", "# oncue ignore OC406", "# see oncue: ignore OC406"])
def test_other_comments_are_none(comment: str) -> None:
    assert left(commented(3, comment))


def test_on_a_line_of_its_own_it_is_about_the_file() -> None:
    for line in (1, 3, None):
        assert not left(f"# oncue: ignore OC406\n{TEXT}", line)
        assert not left(f"{TEXT}\n  # oncue: ignore OC406 as we know", line)
    assert left(f"# oncue: ignore OC407\n{TEXT}")


def test_in_a_value_of_several_lines_it_is_about_the_line_on_which_that_begins() -> None:
    assert not left(commented(5, "# oncue: ignore OC406"), line=4)
    assert not left(commented(6, "# oncue: ignore OC406"), line=4)


def test_in_a_text_it_is_a_text() -> None:
    assert left(TEXT, line=7)
