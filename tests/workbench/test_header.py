from tests import strategies

from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench.header import (
    Part,
    Repository,
    Scenarios,
    left_parts,
    right_parts,
    scenario_parts,
    width_of_parts,
)
from oncue.workbench.state import State


def words(parts: list[Part]) -> str:
    return "  ".join("".join(text for text, _ in part.spans) for part in parts)


def test_which_workspace_and_branch_this_is() -> None:
    assert words(left_parts("Acme", None)) == "Acme"
    assert words(left_parts("Acme", Repository("main", 3))) == "Acme  main 3 changed"
    assert words(left_parts("Acme", Repository("main"))) == "Acme  main"
    assert width_of_parts(left_parts("Acme", Repository("main"))) == 10


def test_how_everything_stands_and_where_it_leads() -> None:
    workspace, flow_id = edits.new_flow(Workspace(strategies.CONFIG, {}))
    state = State.start(Session.start(workspace, flow_id))
    assert words(right_parts(state, None)) == "saved"
    wrong = edits.set_instance(workspace, flow_id, "gone")
    parts = right_parts(state.after(state.session.edit("x", wrong, [flow_id])), Scenarios(8, 1))
    assert words(parts) == "● 1 unsaved  ! 1 problem  ✓ 8 ✗ 1"
    assert [part.command for part in parts] == ["app.review", "app.pane5", "app.scenarios"]


def test_scenarios_that_are_behind_and_none() -> None:
    assert words(scenario_parts(Scenarios(2, 0, late=True))) == "✓ 2 …"
    assert scenario_parts(Scenarios(0, 0)) == []
    assert scenario_parts(None) == []
