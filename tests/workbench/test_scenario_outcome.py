from dataclasses import replace

import pytest
from tests.builders import CREATED, JANE, flow, message, removed, scenario, scripted, workspace

from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import ScenarioEvent
from oncue.matching.matcher import compile_matcher
from oncue.workbench.scenario_outcome import ScenarioOutcome, run_selected
from oncue.workbench.scenario_selection import all_scenarios

WHERE = workspace(flow("greet", "conversation_created"))
BROKEN = Problem("scenarios/broken.toml", "no TOML", Code.SYNTAX)


def outcome(*events: ScenarioEvent) -> ScenarioOutcome:
    where = replace(WHERE, scenarios={"s": scenario(*events)}, problems=(BROKEN,))
    return run_selected(all_scenarios(where)["s" if events else "broken"], where, compile_matcher(where))


@pytest.mark.parametrize(
    ("events", "status", "failed"),
    [
        ([scripted(CREATED, expect=["greet"])], "passed", []),
        ([scripted(CREATED, expect=[]), scripted(message(), expect=["greet"])], "failed", [1, 2]),
        ([scripted(removed(JANE))], "failed", [1]),
        ([scripted(CREATED, expect=["gone", "greet"])], "failed", [1]),
        ([], "error", []),
    ],
)
def test_how_it_ended(events: list[ScenarioEvent], status: str, failed: list[int]) -> None:
    ended = outcome(*events)
    assert ended.status == status
    assert [each.number for each in ended.failed_events] == failed


def test_failed_events_are_in_order_of_number_however_they_were_delivered() -> None:
    late = scripted(CREATED, expect=[], delivery="swapped")
    assert [each.number for each in outcome(late, scripted(CREATED, expect=["gone"])).failed_events] == [1, 2]


def test_problems_are_those_of_the_file_or_of_the_names_in_it() -> None:
    assert outcome().problems == (BROKEN,)
    assert [each.code for each in outcome(scripted(CREATED, expect=["gone", "greet"])).problems] == [Code.UNKNOWN_FLOW]
