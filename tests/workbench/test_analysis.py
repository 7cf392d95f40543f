"""Problems are looked for only where an edit can have made or mended some."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies

from oncue.domain.checks import check_scenario
from oncue.domain.flows import Flow
from oncue.domain.problems import Problem
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench import analysis
from oncue.workbench.analysis import Analysis


def flow(flow_id: str) -> Flow:
    return Flow(id=flow_id, name=flow_id, trigger=Trigger(event="conversation_created", channel="whatsapp"))


def scenario(scenario_id: str, *expect: str, instance: str = "wa-1") -> Scenario:
    event = ScenarioEvent(event="conversation_created", instance=instance, expect=expect)
    return Scenario(id=scenario_id, name=scenario_id, events=(event,))


def workspace(flows: list[str], *scenarios: Scenario) -> Workspace:
    return Workspace(strategies.CONFIG, {each: flow(each) for each in flows}, {each.id: each for each in scenarios})


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of scenarios that are checked."""
    ids: list[str] = []

    def check(scenario: Scenario, config: WorkspaceConfig, flow_ids: Collection[str]) -> tuple[Problem, ...]:
        ids.append(scenario.id)
        return check_scenario(scenario, config, flow_ids)

    monkeypatch.setattr(analysis, "check_scenario", check)
    return ids


def edited(before: Analysis, after: Workspace) -> Analysis:
    return before.after(before.session.edit("x", after, before.session.workspace.flows.keys() | after.flows.keys()))


def test_typing_checks_no_scenario(checked: list[str]) -> None:
    before = Analysis.start(Session.start(workspace(["a"], scenario("one", "a"), scenario("two", "gone"))))
    assert sorted(checked) == ["one", "two"]
    checked.clear()
    after = edited(before, edits.set_name(before.session.workspace, "a", "Another"))
    assert checked == []
    assert after.problems == before.problems


def test_a_flow_that_goes_spoils_the_scenarios_that_expect_it(checked: list[str]) -> None:
    start = workspace(["a", "b"], scenario("one", "a"), scenario("two", "b"), scenario("three"))
    before = Analysis.start(Session.start(start))
    assert before.problems == ()
    checked.clear()
    after = edited(before, edits.delete_flow(start, "a"))
    assert checked == ["one"]
    assert [problem.file for problem in after.problems] == ["scenarios/one.toml"]
    mended = edited(after, edits.rename_flow(after.session.workspace, "b", "a"))
    assert [problem.file for problem in mended.problems] == ["scenarios/two.toml"]


def test_a_flow_that_comes_can_be_the_nearer_hint() -> None:
    start = workspace(["zzz"], scenario("one", "welcome"))
    before = Analysis.start(Session.start(start))
    after = edited(before, start.with_flow(flow("welcomes")))
    assert "did you mean 'welcomes'?" in after.problems[0].message


def test_scenarios_that_come_change_or_go_are_checked(checked: list[str]) -> None:
    start = workspace(["a"], scenario("one", "a"), scenario("two", "gone"))
    before = Analysis.start(Session.start(start))
    checked.clear()
    fresh = workspace([], start.scenarios["one"], scenario("three", instance="nowhere"))
    fresh = Workspace(fresh.config, start.flows, fresh.scenarios)
    after = before.after(before.session.reloaded(fresh))
    assert checked == ["three"]
    assert [problem.file for problem in after.problems] == ["scenarios/three.toml"]


ids = st.sampled_from(["a", "b", "ab", "c"])
scenarios = st.builds(
    lambda scenario_id, expect, instance: scenario(scenario_id, *expect, instance=instance),
    st.sampled_from(["one", "two"]),
    st.lists(ids, max_size=2, unique=True),
    st.sampled_from(["wa-1", "gone"]),
)
workspaces = st.builds(
    lambda flows, found: workspace(sorted(flows), *found), st.lists(ids, unique=True), st.lists(scenarios, max_size=2)
)


@settings(max_examples=100, deadline=None)
@given(st.lists(workspaces, min_size=2, max_size=4))
def test_what_is_kept_is_what_would_be_found_anew(steps: list[Workspace]) -> None:
    now = Analysis.start(Session.start(steps[0]))
    for step in steps[1:]:
        now = now.after(now.session.reloaded(step))
        assert now.problems == Analysis.start(Session.start(step)).problems
