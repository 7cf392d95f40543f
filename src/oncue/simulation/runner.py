"""Playing a scenario: every event with what it started, what it should have started, or why it cannot happen.

An event that cannot happen is reported and leaves the conversation as it was; the rest of the scenario is
played all the same. What comes of the events is put in the order in which flows hear of them.
"""

from collections.abc import Iterator
from datetime import datetime

from oncue.domain.checks import check_scenario
from oncue.domain.paths import scenario_file
from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.simulation import BEGIN, Simulation

__all__ = ["EventResult", "ScenarioResult", "iter_results", "run_scenario"]


def run_scenario(scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN) -> ScenarioResult:
    """Play the whole of ``scenario``. ``matcher`` is the one of ``workspace``."""
    simulation = simulation_for(scenario, workspace, matcher, start)
    events = tuple(_played(scenario, simulation))
    unknown = check_scenario(scenario, workspace.config, workspace.flows)
    file, installed = scenario_file(scenario.id), workspace.config.by_id
    refused = sorted(
        (each.number, each.refusal) for each in events if each.refusal and each.event.instance in installed
    )
    impossible = (Problem(file, reason, Code.IMPOSSIBLE_EVENT, ("events", number - 1)) for number, reason in refused)
    return ScenarioResult(scenario, events, (*unknown, *impossible), tuple(simulation.conversations.values()))


def iter_results(
    scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN
) -> Iterator[EventResult]:
    """Play ``scenario`` event by event, for callers that show progress or stop early."""
    return _played(scenario, simulation_for(scenario, workspace, matcher, start))


def simulation_for(scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN) -> Simulation:
    """An empty stage on which the events of ``scenario`` can be played."""
    return Simulation(workspace, matcher, (event.conversation for event in scenario.events), scenario.delivery, start)


def _played(scenario: Scenario, simulation: Simulation) -> Iterator[EventResult]:
    for scripted in scenario.events:
        yield from simulation.send(scripted)
    yield from simulation.flush()
