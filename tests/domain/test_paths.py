"""A path in a workspace stands for an id, and an id for a path."""

import pytest
from hypothesis import given
from tests.strategies import flow_ids

from oncue.domain.paths import CONFIG_FILE, flow_file, id_of, is_of_flows, is_of_scenarios, scenario_file


@given(flow_ids)
def test_a_path_and_back(some_id: str) -> None:
    for file in (flow_file(some_id), scenario_file(some_id)):
        assert id_of(file) == some_id
    assert (is_of_flows(flow_file(some_id)), is_of_scenarios(flow_file(some_id))) == (True, False)
    assert (is_of_flows(scenario_file(some_id)), is_of_scenarios(scenario_file(some_id))) == (False, True)


@pytest.mark.parametrize(
    ("file", "flows", "scenarios"),
    [
        ("flows", True, False),
        ("flows/Not an id.TOML", True, False),
        ("scenarios", False, True),
        (CONFIG_FILE, False, False),
        ("flowsy/a.toml", False, False),
    ],
)
def test_what_lies_where(file: str, flows: bool, scenarios: bool) -> None:
    assert (is_of_flows(file), is_of_scenarios(file)) == (flows, scenarios)
