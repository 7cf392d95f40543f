"""Run a scenario: send all its events through a simulation and collect the results.

An event that cannot happen is reported and leaves the conversation as it was; the rest of the scenario is run all
the same. Results are in the order in which the events were delivered.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter

from oncue.domain.checks import check_scenario
from oncue.domain.conversations import Conversation
from oncue.domain.paths import scenario_file
from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.clock import BEGIN
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.simulation import Simulation


def run_scenario(scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN) -> ScenarioResult:
    """Run the whole of ``scenario``. ``matcher`` is the one of ``workspace``."""
    simulation = _simulation_for(scenario, workspace, matcher, start)
    return scenario_result(scenario, workspace, _results(scenario, simulation), simulation.conversations.values())


def scenario_result(
    scenario: Scenario,
    workspace: Workspace,
    results: Iterable[EventResult],
    conversations: Iterable[Conversation] = (),
) -> ScenarioResult:
    """The result of ``scenario`` from those of all its events; ``conversations`` as they are at the end."""
    events = tuple(sorted(results, key=attrgetter("turn")))
    unknown = check_scenario(scenario, workspace.config, workspace.flows)
    file, installed = scenario_file(scenario.id), workspace.config.by_id
    refused = sorted(
        (each.number, each.refusal)
        for each in events
        if each.refusal and not each.ok and each.event.instance in installed
    )
    impossible = (Problem(file, reason, Code.IMPOSSIBLE_EVENT, ("events", number - 1)) for number, reason in refused)
    return ScenarioResult(scenario, events, (*unknown, *impossible), tuple(conversations))


def iter_results(
    scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN
) -> Iterator[EventResult]:
    """Run ``scenario`` event by event, for callers that stop early. Each result comes when it is complete."""
    return _results(scenario, _simulation_for(scenario, workspace, matcher, start))


def first_failure(scenario: Scenario, workspace: Workspace, matcher: Matcher) -> int | None:
    """The number of the first event, in the order of delivery, that is not as expected.

    An event whose flows wait is complete after others that were delivered later, so the first result that fails need
    not be the one. It is when everything that happened before it is complete.
    """
    seen: set[int] = set()
    first: EventResult | None = None
    for each in iter_results(scenario, workspace, matcher):
        seen.add(each.turn)
        seen.update(later.turn for later in each.later)
        if not each.ok and (first is None or each.turn < first.turn):
            first = each
        if first is not None and seen.issuperset(range(1, first.turn)):
            break
    return first.number if first is not None else None


def _simulation_for(scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime) -> Simulation:
    return Simulation(workspace, matcher, (event.conversation for event in scenario.events), scenario.delivery, start)


def _results(scenario: Scenario, simulation: Simulation) -> Iterator[EventResult]:
    for event in scenario.events:
        yield from (each for each in simulation.send(event) if not each.waits)
    yield from (each for each in simulation.finish() if not each.waits)
