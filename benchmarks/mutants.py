"""How long mutation testing takes, compared with running the scenarios once.

    python benchmarks/mutants.py [--flows 1000] [--scenarios 200] [--rounds 5] [--cascading 15]

Runs random scenarios that expect the flows that their events start, then tries every mutant. Prints the medians,
how many mutants are killed, and how many scenarios are run again, of those that a naive check would run: all
scenarios for each mutant, up to the first that kills it. Aim: a hundredth of the time of the naive check, which
is estimated from running all scenarios once. ``--cascading`` is the share of flows, in percent, that listen to flows
and nobody else, so that cascades come to their limit and most mutants of these flows are noticed by nobody.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from random import Random
from typing import Any

from workload import INSTANCES, make_workspace

from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation import mutation_testing
from oncue.simulation.intake import new_conversation
from oncue.simulation.mutation_testing import MutantResult, check_mutants
from oncue.simulation.random_events import random_event
from oncue.simulation.results import ScenarioResult
from oncue.simulation.runner import first_failure, run_scenario
from oncue.simulation.simulation import Simulation

EVENTS = 6


def make_scenario(number: int, workspace: Workspace, matcher: Matcher) -> Scenario:
    """A random conversation that expects the flows that its events start."""
    rng = Random(number)
    instance = workspace.config.by_id[rng.choice([name for names in INSTANCES.values() for name in names])]
    simulation, events = Simulation(workspace, matcher), []
    for _ in range(EVENTS):
        conversation = simulation.conversation_on(instance.id) or new_conversation("c-1", instance)
        happened = random_event(rng, conversation)
        event = ScenarioEvent(
            event=happened.event, instance=instance.id, participant=happened.participant, message=happened.message
        )
        (result,) = simulation.send(event)
        found = result.effects
        effects = ExpectedEffects(loops=found.loops, stopped=found.stopped) if found.loops or found.stopped else None
        events.append(replaced(event, expect=result.fired, expect_effects=effects))
    return Scenario(id=f"s-{number:04d}", name=f"Scenario {number}", events=tuple(events))


def with_cascades(workspace: Workspace, percent: int) -> Workspace:
    """The workspace in which so many of the flows on messages listen to flows, whatever the message."""
    rng = Random(5)
    for flow in list(workspace.flows.values()):
        if flow.trigger.event == "message_created" and rng.random() * 100 < percent / 0.6:
            trigger = replaced(flow.trigger, participant_types=frozenset({"flow"}), message_types=None)
            workspace = workspace.with_flow(replaced(flow, trigger=trigger))
    return workspace


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flows", type=int, default=1_000)
    parser.add_argument("--scenarios", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cascading", type=int, default=0)
    arguments = parser.parse_args()
    workspace = with_cascades(make_workspace(arguments.flows), arguments.cascading)
    matcher = compile_matcher(workspace)
    scenarios = [make_scenario(number, workspace, matcher) for number in range(arguments.scenarios)]

    results: list[ScenarioResult] = []
    mutants: list[MutantResult] = []

    def run_all() -> None:
        results[:] = [run_scenario(scenario, workspace, matcher) for scenario in scenarios]

    replayed = 0

    def counting(*arguments: Any) -> int | None:
        nonlocal replayed
        replayed += 1
        return first_failure(*arguments)

    vars(mutation_testing)["first_failure"] = counting

    def check() -> None:
        nonlocal replayed
        replayed = 0
        # A new matcher each time, so that no round profits from keys that an earlier one has matched.
        mutants[:] = check_mutants(workspace, compile_matcher(workspace), results)

    running = statistics.median(timed(run_all) for _ in range(arguments.rounds))
    checking = statistics.median(timed(check) for _ in range(arguments.rounds))
    place = {scenario.id: number for number, scenario in enumerate(scenarios, 1)}
    naive = sum(place[each.killed.scenario] if each.killed else len(scenarios) for each in mutants)
    killed = sum(each.killed is not None for each in mutants)
    estimate = naive * running / len(scenarios)
    print(f"{arguments.flows:,} flows, {len(scenarios):,} scenarios of {EVENTS} events")
    print(f"  running all scenarios once {running:>8.3f} s")
    print(f"  checking all mutants       {checking:>8.3f} s{checking / running:>8.1f} × running once")
    print(f"  naive check, estimated     {estimate:>8.3f} s{checking / estimate:>8.4f} of it is needed")
    print(f"  {len(mutants):,} mutants, {killed:,} killed; {replayed:,} of {naive:,} replays needed")


if __name__ == "__main__":
    main()
