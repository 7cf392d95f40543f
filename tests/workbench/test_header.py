from dataclasses import replace

from tests import strategies

from oncue.domain.problems import Code, Problem, Severity
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench.findings import Findings
from oncue.workbench.header import (
    Part,
    Repository,
    left_parts,
    right_parts,
    scenario_parts,
    width_of_parts,
)
from oncue.workbench.scenario_outcome import Status
from oncue.workbench.scenario_standings import Standing, Standings
from oncue.workbench.state import State

EIGHT: tuple[Status, ...] = ("passed",) * 8


def words(parts: list[Part]) -> str:
    return "  ".join("".join(text for text, _ in part.spans) for part in parts)


def test_which_workspace_and_branch_this_is() -> None:
    assert words(left_parts("Acme", None)) == "Acme"
    assert words(left_parts("Acme", Repository("main", 3))) == "Acme  main 3 changed"
    assert words(left_parts("Acme", Repository("main"))) == "Acme  main"
    assert width_of_parts(left_parts("Acme", Repository("main"))) == 10


def standings(*statuses: Status, late: bool = False) -> Standings:
    return Standings({f"s{at}": Standing(f"s{at}", "", status) for at, status in enumerate(statuses)}, late=late)


def test_how_everything_stands_and_where_it_leads() -> None:
    workspace, flow_id = edits.new_flow(Workspace(strategies.CONFIG, {}))
    state = State.start(Session.start(workspace, flow_id))
    assert words(right_parts(state)) == "saved"
    wrong = edits.set_instance(workspace, flow_id, "gone")
    state = state.after(state.session.edit("x", wrong, [flow_id]))
    parts = right_parts(replace(state, standings=standings(*EIGHT, "failed")))
    assert words(parts) == "● 1 unsaved  ! 1 error  ✓ 8 ✗ 1"
    assert [part.command for part in parts] == ["app.review", "app.pane5", "app.scenarios"]


def test_errors_and_warnings_are_told_apart_and_hints_left_out() -> None:
    def problem(severity: Severity) -> Problem:
        return Problem("flows/a.toml", "", Code.LOOP, severity=severity)

    found = Findings((problem("error"), problem("warning"), problem("warning"), problem("hint")))
    state = replace(State.start(Session.start(Workspace(strategies.CONFIG, {}))), findings=found)
    assert words(right_parts(state)) == "saved  ! 1 error  ▲ 2 warnings"
    late = right_parts(replace(state, findings=found.delayed()))
    assert words(late) == "saved  ! 1 error  ▲ 2 warnings  checking …"
    assert {role for part in late for _, role in part.spans} == {"muted"}
    assert words(right_parts(replace(state, findings=Findings((problem("hint"),))))) == "saved"


def test_scenarios_that_are_behind_and_none() -> None:
    assert words(scenario_parts(standings("passed", "passed", late=True))) == "✓ 2 …"
    assert scenario_parts(Standings()) == []
