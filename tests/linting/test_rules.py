"""Each rule finds its example and says nothing of the corrected one, and neither does any other rule."""

from pathlib import Path

import pytest
from tests.linting.pages import files_of, found_in, write

from oncue.domain.problems import Code
from oncue.linting.catalogue import RULES, page_of

OTHERWISE_FOUND = {
    Code.UNREADABLE: "depends on the system",
    Code.LIMIT: "would be two megabytes long",
    Code.IMPOSSIBLE_EVENT: "is found when it is played",
}
"""Rules whose example no file can hold."""

MAY_BE_MISSING = {Code.UNUSED_INSTANCE, Code.NOT_COVERED, Code.SWITCHED_OFF, Code.NO_STEPS}
"""What examples of other rules leave out, to be short."""

RUN = [code for code in Code if code not in OTHERWISE_FOUND]


def test_every_code_has_a_rule_and_a_page() -> None:
    assert list(RULES) == list(Code)
    for code in Code:
        page = page_of(code)
        assert page.title.endswith(".")
        assert page.why
        assert page.example != page.instead


@pytest.mark.parametrize("code", RUN, ids=lambda code: code.name.lower())
def test_a_rule_finds_its_example(code: Code, tmp_path: Path) -> None:
    found = found_in(write(files_of(page_of(code).example), tmp_path))
    (first, *more) = [problem for problem in found if problem.code == code]
    assert first.severity == RULES[code].severity
    assert not more or code is Code.NOT_COVERED
    others = {problem.code for problem in found} - {code} - MAY_BE_MISSING
    assert not others, "an example shows one thing"


@pytest.mark.parametrize("code", RUN, ids=lambda code: code.name.lower())
def test_nothing_is_said_of_the_corrected_one(code: Code, tmp_path: Path) -> None:
    found = found_in(write(files_of(page_of(code).instead), tmp_path))
    assert not [problem for problem in found if problem.code not in MAY_BE_MISSING - {code}]


@pytest.mark.parametrize("code", RUN, ids=lambda code: code.name.lower())
def test_a_comment_on_the_line_or_in_the_file_ignores_it(code: Code, tmp_path: Path) -> None:
    folder = write(files_of(page_of(code).example), tmp_path)
    problem = next(each for each in found_in(folder) if each.code == code)
    file = folder / problem.file
    text = file.read_text(encoding="utf-8")
    file.write_text(f"# oncue: ignore {code}: we know\n{text}", encoding="utf-8")
    if code not in (Code.SYNTAX, Code.FILE_NAME):
        assert code not in [each.code for each in found_in(folder)]
    if problem.line is None or code is Code.SYNTAX:
        return
    lines = text.split("\n")
    lines[problem.line - 1] += f"  # oncue: ignore {code}"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert code not in [each.code for each in found_in(folder)]
