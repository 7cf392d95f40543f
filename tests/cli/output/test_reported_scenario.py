from dataclasses import replace
from pathlib import Path

from tests.builders import CREATED, flow, scenario, scripted, workspace

from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import Scenario
from oncue.matching.matcher import compile_matcher
from oncue.workbench.scenario_outcome import run_selected
from oncue.workbench.scenario_selection import all_scenarios

BROKEN = Problem("scenarios/broken.toml", "no TOML", Code.SYNTAX, (), 3)


def reported(*scenarios: Scenario, name: str = "s") -> ReportedScenario:
    where = replace(
        workspace(flow("greet", "conversation_created")),
        scenarios={each.id: each for each in scenarios},
        problems=(BROKEN,),
    )
    outcome = run_selected(all_scenarios(where)[name], where, compile_matcher(where))
    return ReportedScenario(outcome, "acme", where, 0.5)


def test_a_file_that_cannot_be_read_says_why() -> None:
    broken = reported(name="broken")
    assert (broken.status, broken.title) == ("error", "broken")
    assert broken.file == Path("acme/scenarios/broken.toml").as_posix()
    assert broken.summary() == "scenarios/broken.toml:3: no TOML"
    assert list(broken.rows()) == ["acme/scenarios/broken.toml:3: no TOML"]


def test_a_failure_names_the_events_with_all_that_is_wrong() -> None:
    failed = reported(
        scenario(
            scripted(CREATED),
            scripted(CREATED, expect=["greet"], conversation="b"),
            scripted(CREATED, expect=[], conversation="c"),
        )
    )
    assert (failed.status, failed.title) == ("failed", "s (s)")
    assert failed.summary() == "event 3: greet started and was not expected"
    assert [row[:8] for row in failed.rows() if not row.startswith(" ")] == ["event 3:"]


def test_names_are_safe_to_print() -> None:
    assert "\x1b" not in reported(replace_name(scenario(scripted(CREATED)), "\x1b[2J")).title


def replace_name(each: Scenario, name: str) -> Scenario:
    return Scenario(id=each.id, name=name, events=each.events)
