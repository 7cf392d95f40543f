"""The sample workspace is what the documentation says it is: believable, complete, and right."""

from pathlib import Path

import pytest

from oncue import load_workspace
from oncue.domain.checks import check_flow, check_scenario
from oncue.domain.events import Event
from oncue.domain.placeholders import ATTRIBUTE, PLACEHOLDERS
from oncue.domain.problems import Code
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import STEP_TYPES
from oncue.domain.values import fields_of, replaced
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS
from oncue.domain.workspace import Workspace
from oncue.linting.lint import lint
from oncue.matching.matcher import compile_matcher
from oncue.simulation.mutation_testing import check_mutants
from oncue.simulation.observed import Observed
from oncue.simulation.runner import run_scenario
from oncue.simulation.trace import Loop, every_trace
from oncue.storage.findings import findings_in
from oncue.storage.recorded_event import RecordedEvent
from oncue.storage.recordings import read_events

FOLDER = Path(__file__).parents[1] / "sample_workspace"
WORKSPACE = load_workspace(FOLDER)
MATCHER = compile_matcher(WORKSPACE)
FLOWS, CONFIG = WORKSPACE.flows, WORKSPACE.config
SCENARIOS = list(WORKSPACE.scenarios.values())


def events() -> list[Event]:
    with (FOLDER / "events.jsonl").open("rb") as lines:
        found = list(read_events(lines, "events.jsonl"))
    assert all(isinstance(each, RecordedEvent) for each in found)
    return [each.as_event() for each in found if isinstance(each, RecordedEvent)]


def loops(workspace: Workspace, scenario: Scenario) -> list[Loop]:
    result = run_scenario(scenario, workspace, compile_matcher(workspace))
    return [loop for trace in result.traces for each in every_trace(trace) for loop in each.loops]


def test_it_is_large_enough_to_show_everything() -> None:
    assert len(CONFIG.installed_channels) >= 5
    assert len(CONFIG.instances) >= 10
    assert len(FLOWS) >= 15
    assert len(SCENARIOS) >= 4
    assert {flow.trigger.event for flow in FLOWS.values()} == set(EVENT_KINDS)
    assert {step.type for flow in FLOWS.values() for step in flow.steps} == set(STEP_TYPES)
    assert {flow.trigger.instance is None for flow in FLOWS.values()} == {True, False}
    assert [flow.id for flow in FLOWS.values() if not flow.enabled] == ["checkout-menu-reminder"]


def test_the_linter_finds_what_is_shown_on_purpose() -> None:
    found = [each.problem for each in findings_in(FOLDER, lint(WORKSPACE))]
    assert [(each.code, each.file) for each in found] == [
        (Code.LOOP, "flows/messenger-away.toml"),
        (Code.DOUBLE_REPLY, "flows/sms-us-keywords.toml"),
    ]


def test_nothing_is_wrong_with_it() -> None:
    assert WORKSPACE.problems == ()
    assert not [problem for flow in FLOWS.values() for problem in check_flow(flow, CONFIG)]
    assert not [
        problem for scenario in SCENARIOS for problem in check_scenario(scenario, WORKSPACE.config, WORKSPACE.flows)
    ]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_scenarios_expect_what_happens(scenario: Scenario) -> None:
    result = run_scenario(scenario, WORKSPACE, MATCHER)
    assert result.problems == ()
    assert [each.fired for each in result.events] == [each.expected or () for each in result.events]
    assert result.ok
    assert bool(loops(WORKSPACE, scenario)) == (scenario.id == "messenger-away-loop")


def test_one_loop_is_cut_and_mended_by_what_its_file_says() -> None:
    (loop,) = loops(WORKSPACE, WORKSPACE.scenarios["messenger-away-loop"])
    assert loop.ring == ("messenger-away", "messenger-away")
    flow = FLOWS["messenger-away"]
    narrowed = replaced(flow.trigger, participant_types=frozenset({"contact"}))
    mended = WORKSPACE.with_flow(replaced(flow, trigger=narrowed))
    assert loops(mended, WORKSPACE.scenarios["messenger-away-loop"]) == []


def test_every_event_of_every_scenario_is_checked() -> None:
    assert all(event.checked for scenario in SCENARIOS for event in scenario.events)


def test_the_disabled_flow_would_loop() -> None:
    woken = WORKSPACE.with_flow(replaced(FLOWS["checkout-menu-reminder"], enabled=True))
    found = loops(woken, WORKSPACE.scenarios["checkout-menu"])
    assert {"checkout-offer-menu", "checkout-menu-reminder"} <= {name for loop in found for name in loop.ring}


def test_the_captured_events() -> None:
    captured = events()
    assert len(captured) == 200
    assert len({event.id for event in captured}) == 200
    times = [event.at for event in captured if event.at]
    assert times == sorted(times)
    for unknown in ("channel", "instance", "participant_type", "message_type"):
        stated = [event for event in captured if unknown != "message_type" or event.event == "message_created"]
        assert 2 <= sum(getattr(event.key, unknown) is None for event in stated) <= 25
    assert any(event.instance not in CONFIG.by_id for event in captured if event.instance)
    assert any(event.channel not in CONFIG.installed_channels for event in captured if event.channel)


def test_the_captured_events_start_every_enabled_flow() -> None:
    """Read in order; what depends on labels, attributes and who is responsible may start, as no recording says."""
    observed, started, possible = Observed(WORKSPACE), set[str](), set[str]()
    for event in events():
        decision = MATCHER.decide(event, observed.known(event))
        observed.decided(event, decision)
        started.update(decision.runs)
        possible.update(decision.depends)
    assert started | possible == {flow.id for flow in FLOWS.values() if flow.enabled}
    assert possible - started == {"campaign-reply", "chat-wants-person", "shop-quote-answered", "shop-quote-sent"}


def test_conditions_of_many_kinds_are_in_use() -> None:
    used = {key for flow in FLOWS.values() if flow.when for key in flow.when.lines}
    assert {"text_any", "text_none", "attributes", "responsible", "absent", "labels", "without_labels"} <= used
    assert {"outside_hours", "once_per", "cooldown"} <= used
    assert [hours.id for hours in CONFIG.hours] == ["harbour"]


def test_the_known_double_reply() -> None:
    doubled = {MATCHER.match(event) for event in events() if len(MATCHER.match(event)) > 1}
    assert doubled == {("sms-opening-hours", "sms-us-keywords")}


def test_the_scenarios_test_the_triggers() -> None:
    results = [run_scenario(scenario, WORKSPACE, MATCHER) for scenario in SCENARIOS]
    mutants = list(check_mutants(WORKSPACE, MATCHER, results))
    assert sum(each.killed is not None for each in mutants) >= 0.9 * len(mutants)


def test_the_scenarios_show_what_there_is() -> None:
    played = [event for scenario in SCENARIOS for event in scenario.events]
    assert {event.delivery or "once" for event in played} == set(DELIVERIES)
    effects = [fields_of(event.expect_effects) for event in played if event.expect_effects]
    assert {key for each in effects for key, value in each.items() if value is not None} == {
        "messages", "notes", "assignee", "labels", "closed", "loops"
    }  # fmt: skip
    assert any(event.conversation for event in played)
    assert any(event.expect_refusal for event in played)
    assert any(event.participant and event.participant.id and not event.participant.name for event in played)
    texts = str(list(FLOWS.values()))
    unused = {name for name in PLACEHOLDERS if f"{{{{{name}}}}}" not in texts}
    assert unused == {ATTRIBUTE}
    assert "{{contact.campaign}}" in texts
    assert {instance.flows_write_as for instance in CONFIG.instances} == {"flow", "bot"}
    assert any(event.after for event in played)
    assert any(event.at for event in played)
