import io
import json
import re
from typing import Any

from tests.builders import CREATED, flow, scenario, scripted, workspace

from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.cli.output.test_report import JsonReport, Report, TextReport
from oncue.cli.stdout import Output
from oncue.matching.matcher import compile_matcher
from oncue.workbench.scenario_outcome import run_selected
from oncue.workbench.scenario_selection import SelectedScenario

WHERE = workspace(flow("greet", "conversation_created"))
MATCHER = compile_matcher(WHERE)


def reported(*expect: str) -> ReportedScenario:
    each = scenario(scripted(CREATED, expect=expect))
    outcome = run_selected(SelectedScenario(each.id, "scenarios/s.toml", each), WHERE, MATCHER)
    return ReportedScenario(outcome, ".", WHERE, 0.0)


def printed(kind: type[Report], *added: ReportedScenario, **options: Any) -> str:
    stream = io.BytesIO()
    with Output(stream, at_once=False) as output:
        report = kind(output, **options)
        for each in added:
            report.add(each)
        report.end(1.5)
    assert report.passed is all(each.status == "passed" for each in added)
    return stream.getvalue().decode()


GOOD, BAD = reported("greet"), reported()


def test_a_character_for_each_then_failures_then_a_summary() -> None:
    characters, blank, title, file, event, *_, summary = printed(TextReport, GOOD, BAD, GOOD).splitlines()
    assert (characters, blank) == (".F.", "")
    assert (title, file) == ("✗ failed: s (s)", "  scenarios/s.toml")
    assert event.startswith("  event 1: ")
    assert summary == "3 scenarios: 2 passed, 1 failed in 1.50 s"


def test_characters_wrap() -> None:
    rows = printed(TextReport, *[GOOD] * 100).splitlines()
    assert [len(row) for row in rows[:2]] == [80, 20]


def test_quiet_is_the_summary_alone_and_verbose_a_line_for_each() -> None:
    assert printed(TextReport, GOOD, BAD, quiet=True) == "2 scenarios: 1 passed, 1 failed in 1.50 s\n"
    assert printed(TextReport, GOOD, BAD, verbose=True).startswith("✓ passed       s (s)\n✗ failed       s (s)\n")


def test_json_is_one_object_without_times() -> None:
    found = json.loads(printed(JsonReport, GOOD, BAD))
    assert [each["status"] for each in found["scenarios"]] == ["passed", "failed"]
    assert found["totals"] == {"scenarios": 2, "passed": 1, "unchecked": 0, "failed": 1, "errors": 0}
    assert (found["ok"], found.keys()) == (False, {"scenarios", "totals", "problems", "ok"})
    assert not re.search(r"\d\.\d", printed(JsonReport, GOOD, BAD))


def test_nothing_to_report_is_no_failure() -> None:
    assert json.loads(printed(JsonReport)) == {
        "scenarios": [],
        "totals": {"scenarios": 0, "passed": 0, "unchecked": 0, "failed": 0, "errors": 0},
        "problems": [],
        "ok": True,
    }
    assert printed(TextReport) == "0 scenarios in 1.50 s\n"
