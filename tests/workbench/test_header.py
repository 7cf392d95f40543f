from dataclasses import replace

from tests import strategies

from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
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
    assert words(parts) == "● 1 unsaved  ! 1 problem  ✓ 8 ✗ 1"
    assert [part.command for part in parts] == ["app.review", "app.pane5", "app.scenarios"]


def test_scenarios_that_are_behind_and_none() -> None:
    assert words(scenario_parts(standings("passed", "passed", late=True))) == "✓ 2 …"
    assert scenario_parts(Standings()) == []
