"""How a problem is shown: in a row, and as a page."""

from pathlib import Path

import pytest

from oncue.domain.problems import Code, Problem
from oncue.linting.lint import lint
from oncue.storage.loader import load_workspace
from oncue.workbench.problem_rows import LINES, name_of, page_lines, problem_row
from oncue.workbench.spans import Line, width_of

SAMPLE = load_workspace(Path(__file__).parents[2] / "sample_workspace")


def text(shown: Line) -> str:
    return "".join(words for words, _ in shown)


def test_a_row_says_how_severe_which_flow_what_and_by_which_code() -> None:
    problem = Problem("flows/sms-us-keywords.toml", "no instance 'x'", Code.UNKNOWN_INSTANCE, ("trigger", "instance"))
    name = SAMPLE.flows["sms-us-keywords"].name
    first, second = problem_row(problem, SAMPLE, 60)
    assert text(first).startswith(f"! {name}")
    assert text(first).endswith("OC202")
    assert text(second) == "  Instance: no instance 'x'"
    assert text(page_lines(problem, SAMPLE)[0]) == f"! error: {name} · Instance"
    in_step = Problem("flows/sms-us-keywords.toml", "wrong", Code.UNKNOWN_PLACEHOLDER, ("steps", 0, "text"))
    assert text(problem_row(in_step, SAMPLE, 60)[1]) == "  Step 1: wrong"
    elsewhere = Problem("workspace.toml", "wrong", Code.UNUSED_INSTANCE, ("instances", 1))
    assert text(problem_row(elsewhere, SAMPLE, 60)[1]) == "  instances[2]: wrong"
    assert text(problem_row(problem._replace(severity="warning"), SAMPLE, 60)[0]).startswith("▲ ")
    assert text(problem_row(problem._replace(severity="hint"), SAMPLE, 60)[0]).startswith("· ")


@pytest.mark.parametrize("width", [1, 8, 24, 60])
def test_no_row_is_too_large(width: int) -> None:
    problem = Problem("flows/gone.toml", "many words " * 30, Code.LOOP)
    rows = problem_row(problem, SAMPLE, width)
    assert len(rows) <= LINES
    if width >= 24:
        assert all(width_of(each) <= width for each in rows)
        assert text(rows[-1]).endswith("…")


def test_what_has_no_name_goes_by_its_file() -> None:
    assert name_of(Problem("flows/x.toml", "", Code.SYNTAX, line=3), SAMPLE) == "flows/x.toml:3"
    assert name_of(Problem("workspace.toml", "", Code.UNUSED_INSTANCE), SAMPLE) == "workspace.toml"
    scenario_id, scenario = next(iter(SAMPLE.scenarios.items()))
    assert name_of(Problem(f"scenarios/{scenario_id}.toml", "", Code.CHECKS_NOTHING), SAMPLE) == scenario.name


def test_a_page_says_what_is_wrong_here_why_that_matters_and_what_to_write_instead() -> None:
    problem = next(each for each in lint(SAMPLE) if each.code == Code.LOOP)
    page = "\n".join(map(text, page_lines(problem, SAMPLE)))
    assert problem.message[1:] in page
    assert problem.suggestion[1:] in page
    assert page.index("Example:") < page.index("Instead:")


@pytest.mark.parametrize("code", Code)
def test_each_code_has_a_page(code: Code) -> None:
    assert len(page_lines(Problem("flows/x.toml", "x", code), SAMPLE)) > 10
