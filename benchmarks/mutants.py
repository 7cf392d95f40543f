"""How long it takes to find what scenarios leave untested, beside playing the scenarios once.

    python benchmarks/mutants.py [--flows 1000] [--scenarios 200] [--rounds 5]

Plays random scenarios that expect what their events start, then checks every mutant. Prints the medians, what is
noticed, and how many of the replays that a naive check would need are needed: all scenarios for each mutant, up
to the first that notices. Aim: a hundredth of the naive check, whose duration is estimated from playing all
scenarios once.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from workload import INSTANCES, make_workspace

from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation import mutants
from oncue.simulation.cascade import new_conversation
from oncue.simulation.random_events import random_event
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import iter_results as replay
from oncue.simulation.runner import run_scenario
from oncue.simulation.simulation import Simulation

EVENTS = 6


def make_scenario(number: int, workspace: Workspace, matcher: Matcher) -> Scenario:
    """A random conversation that expects what its events start."""
    chance = Random(number)
    instance = workspace.config.by_id[chance.choice([name for names in INSTANCES.values() for name in names])]
    simulation, events = Simulation(workspace, matcher), []
    for _ in range(EVENTS):
        conversation = simulation.conversation_on(instance.id) or new_conversation("c-1", instance)
        event = random_event(chance, conversation)
        scripted = ScenarioEvent(
            event=event.event, instance=instance.id, participant=event.participant, message=event.message
        )
        (result,) = simulation.send(scripted)
        events.append(replaced(scripted, expect=result.fired))
    return Scenario(id=f"s-{number:04d}", name=f"Scenario {number}", events=tuple(events))


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
    arguments = parser.parse_args()
    workspace = make_workspace(arguments.flows)
    matcher = compile_matcher(workspace)
    scenarios = [make_scenario(number, workspace, matcher) for number in range(arguments.scenarios)]

    played: list[ScenarioResult] = []
    results: list[mutants.MutantResult] = []

    def play_all() -> None:
        played[:] = [run_scenario(scenario, workspace, matcher) for scenario in scenarios]

    replayed = 0

    def counting(*arguments: Any) -> Iterator[EventResult]:
        nonlocal replayed
        replayed += 1
        return replay(*arguments)

    vars(mutants)["iter_results"] = counting

    def check() -> None:
        nonlocal replayed
        replayed = 0
        # A matcher of its own each time, so that no round finds answers that an earlier one remembered.
        results[:] = mutants.check_mutants(workspace, compile_matcher(workspace), played)

    playing = statistics.median(timed(play_all) for _ in range(arguments.rounds))
    checking = statistics.median(timed(check) for _ in range(arguments.rounds))
    place = {scenario.id: number for number, scenario in enumerate(scenarios, 1)}
    naive = sum(place[each.killed.scenario] if each.killed else len(scenarios) for each in results)
    killed = sum(each.killed is not None for each in results)
    estimate = naive * playing / len(scenarios)
    print(f"{arguments.flows:,} flows, {len(scenarios):,} scenarios of {EVENTS} events")
    print(f"  playing all scenarios once {playing:>8.3f} s")
    print(f"  checking all mutants       {checking:>8.3f} s{checking / playing:>8.1f} × playing once")
    print(f"  naive check, estimated     {estimate:>8.3f} s{checking / estimate:>8.4f} of it is needed")
    print(f"  {len(results):,} mutants, {killed:,} noticed; {replayed:,} of {naive:,} replays needed")


if __name__ == "__main__":
    main()
