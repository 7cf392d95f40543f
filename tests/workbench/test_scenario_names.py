"""The name of a new scenario."""

import pytest
from tests import strategies

from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.workbench.scenario_names import problem_with_name

WORKSPACE = Workspace(strategies.CONFIG, {}, {"late": Scenario(id="late", name="A late message", events=())})


@pytest.mark.parametrize("name", ["Another one", "late", "A late message, twice"])
def test_any_other_name_will_do(name: str) -> None:
    assert problem_with_name(name, WORKSPACE) is None


@pytest.mark.parametrize("name", ["A late message", " a LATE message "])
def test_no_two_scenarios_have_one_name(name: str) -> None:
    assert problem_with_name(name, WORKSPACE) == "scenarios/late.toml has that name already"


@pytest.mark.parametrize("name", ["", "  "])
def test_there_has_to_be_a_name(name: str) -> None:
    assert problem_with_name(name, WORKSPACE) == "a scenario needs a name"
