"""The Python API as scripts use it: what is wrong is said in one line, and scenarios run by one call."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import oncue
from oncue import (
    ArgumentError,
    Event,
    Flow,
    Instance,
    OncueError,
    Participant,
    RuleError,
    Scenario,
    ScenarioEvent,
    SendMessage,
    Trigger,
    Workspace,
    WorkspaceConfig,
    compile_matcher,
    explain,
    load_workspace,
    run_scenario,
)

SAMPLE = Path(__file__).parents[1] / "sample_workspace"
SHOP = Instance(id="wa-shop", channel="whatsapp", name="Shop", external_ids=("+44",))
CONFIG = WorkspaceConfig(name="Small", instances=(SHOP,))
HELLO = Flow(
    id="hello",
    name="Hello",
    trigger=Trigger(event="conversation_created", channel="whatsapp", instance="wa-shop"),
    steps=(SendMessage(text="Hello"),),
)
STARTS = ScenarioEvent(event="conversation_created", instance="wa-shop", participant=Participant(type="contact"))
SMALL = Workspace.of(CONFIG, [HELLO])


def scripted(expect: tuple[str, ...] | None) -> Scenario:
    event = ScenarioEvent(event=STARTS.event, instance="wa-shop", participant=STARTS.participant, expect=expect)
    return Scenario(id="try", name="Try", events=(event,))


def test_external_ids_are_looked_up_by_match_and_explain() -> None:
    event = Event(event="conversation_created", instance="+44")
    assert compile_matcher(SMALL).match(event) == ("hello",)
    assert explain(HELLO, event, SMALL.config).matched


def test_a_workspace_has_what_a_folder_has_whatever_it_is_made_of() -> None:
    other = load_workspace(SAMPLE)
    flows, scenarios = list(other.flows.values()), list(other.scenarios.values())
    made = Workspace.of(other.config, reversed(flows), scenarios)
    assert made == other
    assert list(made.flows) == list(other.flows)
    assert Workspace.of(other.config, other.flows, other.scenarios) == other


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Workspace.of(CONFIG, [HELLO, HELLO]), ["flows", "'hello'", "more than once"]),
        (lambda: Workspace.of(CONFIG, {"x": HELLO}), ["flows", "'x'", "'hello'", "must agree"]),
        (lambda: Workspace.of(CONFIG, [{"id": "hello"}]), ["flows[1]", "found a table, expected a Flow"]),  # type: ignore[list-item]
        (lambda: Workspace.of(CONFIG, HELLO), ["flows", "expected a list of Flows"]),  # type: ignore[arg-type]
        (lambda: Workspace.of(CONFIG, "hello"), ["flows", "'hello'", "expected a list of Flows"]),  # type: ignore[arg-type]
        (lambda: Workspace.of(CONFIG, [], [HELLO]), ["scenarios[1]", "expected a Scenario"]),  # type: ignore[list-item]
        (lambda: Workspace.of({"name": "Small"}), ["config", "found a table", "WorkspaceConfig"]),  # type: ignore[arg-type]
        (lambda: Event(event="mesage_created"), ["event", "did you mean"]),  # type: ignore[arg-type]
        (lambda: Event(), ["event", "missing"]),  # type: ignore[call-arg]
        (lambda: Flow(id="Not An Id", name="x", trigger=HELLO.trigger), ["id", "Not An Id"]),
        (lambda: WorkspaceConfig(name="Twice", instances=(SHOP, SHOP)), ["'wa-shop'", "more than once"]),
    ],
)
def test_what_cannot_be_made_is_a_rule_error(make: Callable[[], object], words: list[str]) -> None:
    with pytest.raises(RuleError) as caught:
        make()
    assert isinstance(caught.value, OncueError)
    assert isinstance(caught.value, ValueError)
    assert all(word in str(caught.value) for word in words), str(caught.value)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: compile_matcher(SMALL).match({"event": "x"}), "match takes an Event, not a dict"),  # type: ignore[arg-type]
        (lambda: compile_matcher("shop"), r"compile_matcher takes a Workspace, not a str; load_workspace\(…\) makes"),  # type: ignore[arg-type]
        (lambda: explain(HELLO, {"event": "x"}, CONFIG), "a Flow, an Event and a WorkspaceConfig, not a dict"),  # type: ignore[arg-type]
        (lambda: explain(HELLO, Event(event="message_created"), SMALL), "not a Workspace"),  # type: ignore[arg-type]
        (lambda: run_scenario("try", SMALL), "run_scenario takes a Scenario and a Workspace, not a str"),  # type: ignore[arg-type]
        (lambda: run_scenario(scripted(None), CONFIG), "not a WorkspaceConfig"),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_the_wrong_type_is_said(call: Callable[[], object], words: str) -> None:
    with pytest.raises(ArgumentError, match=words) as caught:
        call()
    assert isinstance(caught.value, TypeError)


def test_a_scenario_runs_by_one_call() -> None:
    good = run_scenario(scripted(("hello",)), SMALL)
    assert (good.ok, good.checked, good.report()) == (True, True, "")
    assert good.events[0].effects.messages == ("Hello",)
    assert 'sent "Hello"' in good.transcript()
    bad = run_scenario(scripted(()), SMALL, compile_matcher(SMALL))
    assert not bad.ok
    assert "hello started and was not expected" in bad.report()
    assert not run_scenario(scripted(None), SMALL).checked


def test_a_report_names_what_is_not_known() -> None:
    missing = run_scenario(scripted(("helo",)), SMALL)
    assert not missing.ok
    assert "did you mean 'hello'?" in missing.report()


def test_all_scenarios_of_the_sample_run() -> None:
    workspace = oncue.load_workspace(SAMPLE)
    matcher = compile_matcher(workspace)
    for scenario in workspace.scenarios.values():
        result = run_scenario(scenario, workspace, matcher)
        assert result.ok, result.report()


def test_errors_and_values_survive_being_copied() -> None:
    for each in (SMALL, HELLO, compile_matcher(SMALL)):
        assert pickle.loads(pickle.dumps(each)) is not None
        assert copy.deepcopy(each) is not None
