"""What matching costs, from 10 to 100,000 flows: run with ``python benchmarks/matching.py``.

Matching a key that was met before is measured in units: one unit is a look-up of the same tuple of five strings in
a dictionary, timed in the same process, before and after what it is compared with. The speed of a shared machine
changes by a factor of two at any time, but the ratio of two neighbouring measurements hardly changes. Each ratio is
the median of its rounds. Other rows are the best of their rounds, because other processes can only make them
slower; run the benchmark again if an aim is narrowly missed. Time is CPU time. Every tier is checked against the
predicate first. Flows with phrases come last, as ``benchmarks/phrases.py`` measures them.
"""

import argparse
import gc
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import process_time

from phrases import show_phrases
from workload import every_key, make_events, make_workspace

from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.explain import explain
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.matching.semantics import matches

TIERS = (10, 100, 1_000, 10_000, 100_000)
MICRO, MILLI = 1e6, 1e3
NAIVE_SECONDS = 1.0
"""How long the naive loop may run for each tier."""


def main() -> None:
    """Measure every tier and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=TIERS[-1], help="leave out tiers with more flows")
    parser.add_argument("--rounds", type=int, default=11, help="rounds of the rows in units")
    options = parser.parse_args()
    tiers = [tier for tier in TIERS if tier <= options.largest]
    events = make_events(20_000)
    largest = make_workspace(tiers[-1])
    workspaces = [first(largest, tier) for tier in tiers]
    gc.collect()
    gc.freeze()  # or the time to walk the workload would be measured
    matchers = [compile_matcher(workspace) for workspace in workspaces]
    for workspace, matcher in zip(workspaces, matchers, strict=True):
        check(workspace, matcher, events)
    rows: dict[str, list[float]] = hot(matchers, events, options.rounds)
    for workspace, matcher in zip(workspaces, matchers, strict=True):
        for name, figure in cold(workspace, matcher, events).items():
            rows.setdefault(name, []).append(figure)
    rows["naive loop, units"] = [us * 1e3 / rows["1 unit, ns"][n] for n, us in enumerate(rows["naive loop, us"])]
    show(tiers, rows)
    print()
    show_phrases()


def first(workspace: Workspace, count: int) -> Workspace:
    """``workspace`` with its first ``count`` flows."""
    return Workspace(workspace.config, dict(list(workspace.flows.items())[:count]))


def check(workspace: Workspace, matcher: Matcher, events: Sequence[Event]) -> None:
    """Compare matcher and predicate on some events, fewer for more flows."""
    for event in events[: min(300, 1_000_000 // len(workspace.flows))]:
        assert matcher.match(event) == naive(workspace, event.key)


def naive(workspace: Workspace, key: EventKey) -> tuple[str, ...]:
    """The same answer without a matcher."""
    return tuple(flow.id for flow in workspace.flows.values() if matches(flow, key, workspace.config))


def hot(matchers: Sequence[Matcher], events: Sequence[Event], rounds: int) -> dict[str, list[float]]:
    """The cost of keys that were met before. All tiers and rows take turns."""
    keys = [tuple(event.key) for event in events]
    tables = [{key: matcher.match_key(key) for key in keys} for matcher in matchers]
    units: list[list[float]] = [[] for _ in matchers]
    by_key: list[list[float]] = [[] for _ in matchers]
    by_event: list[list[float]] = [[] for _ in matchers]
    for _ in range(rounds):
        for n, (matcher, table) in enumerate(zip(matchers, tables, strict=True)):
            before = look_ups(table, keys)
            match_key = calls(matcher.match_key, keys)
            between = look_ups(table, keys)
            match = calls(matcher.match, events)
            after = look_ups(table, keys)
            units[n] += (before, between, after)
            by_key[n].append(match_key / ((before + between) / 2))
            by_event[n].append(match / ((between + after) / 2))
    return {
        "1 unit, ns": [median(each) * 1e9 for each in units],
        "match_key, units": [median(each) for each in by_key],
        "match(event), units": [median(each) for each in by_event],
    }


def look_ups(table: dict[tuple[str | None, ...], tuple[str, ...]], keys: Sequence[tuple[str | None, ...]]) -> float:
    """Seconds for one look-up."""
    started = process_time()
    for key in keys:
        table[key]
    return (process_time() - started) / len(keys)


def calls(function: Callable[..., object], arguments: Sequence[object]) -> float:
    """Seconds for one call with one of the ``arguments``."""
    started = process_time()
    for argument in arguments:
        function(argument)
    return (process_time() - started) / len(arguments)


def cold(workspace: Workspace, matcher: Matcher, events: Sequence[Event]) -> dict[str, float]:
    """The cost of everything else, for one tier."""
    size, keys = len(workspace.flows), every_key()
    flows = list(workspace.flows.values())[:2_000]
    pairs = [(flows[n % len(flows)], event) for n, event in enumerate(events[:2_000])]
    sample = keys[:500]
    for key in keys:
        matcher.match_key(key)
    return {
        "naive loop, us": naive_cost(workspace, events) * MICRO,
        "first sight of a key, us": best(5, lambda: first_sight(workspace, keys)) * MICRO,
        "build, us a flow": best(5, lambda: build(workspace)) / size * MICRO,
        "edit visible, ms": best(9, lambda: edit(workspace, matcher)) * MILLI,
        "explain one flow, us": best(40, lambda: explaining(pairs, workspace.config)) * MICRO,
        "misses, us": best(9, lambda: calls(matcher.misses, sample)) * MICRO,
        "index, bytes a flow": allocated(lambda: compile_matcher(workspace)) / size,
        "every answer, MB": allocated(lambda: filled(workspace, keys)) / 1e6,
    }


def best(rounds: int, measure: Callable[[], float]) -> float:
    """The smallest of several measurements."""
    return min(measure() for _ in range(rounds))


def naive_cost(workspace: Workspace, events: Iterable[Event]) -> float:
    """Seconds for one event, the mean of as many events as fit into the time."""
    started, count = process_time(), 0
    for event in events:
        naive(workspace, event.key)
        count += 1
        if process_time() - started > NAIVE_SECONDS:
            break
    return (process_time() - started) / count


def first_sight(workspace: Workspace, keys: Sequence[EventKey]) -> float:
    """Seconds for a key that is new to the matcher, the mean of all keys."""
    return calls(compile_matcher(workspace).match_key, keys)


def build(workspace: Workspace) -> float:
    """Seconds to compile the whole workspace."""
    started = process_time()
    compile_matcher(workspace)
    return process_time() - started


def edit(workspace: Workspace, matcher: Matcher) -> float:
    """Seconds from an edit of one trigger to its first answer, in the largest bucket, with every key met before."""
    flow = next(f for f in workspace.flows.values() if f.enabled and f.trigger.event == "message_created")
    key = EventKey("message_created", flow.trigger.channel, flow.trigger.instance, "contact", "text")
    edited = replaced(flow, trigger=replaced(flow.trigger, participant_types=["contact"], message_types=["text"]))
    started = process_time()
    after = workspace.with_flow(edited)
    answer = matcher.updated(workspace.flows, after.flows, [flow.id]).match_key(key)
    seconds = process_time() - started
    assert flow.id in answer
    return seconds


def explaining(pairs: Sequence[tuple[Flow, Event]], config: WorkspaceConfig) -> float:
    """Seconds to explain one flow."""
    started = process_time()
    for flow, event in pairs:
        explain(flow, event, config)
    return (process_time() - started) / len(pairs)


def filled(workspace: Workspace, keys: Sequence[EventKey]) -> Matcher:
    """A matcher that has met every key."""
    matcher = compile_matcher(workspace)
    for key in keys:
        matcher.match_key(key)
    return matcher


def allocated(make: Callable[[], Matcher]) -> float:
    """Bytes of memory that the result of ``make`` keeps."""
    tracemalloc.start()
    kept = make()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size


# An aim: the row, the figure that is taken from it, its limit, and a description.
Aim = tuple[str, Callable[[Sequence[int], Sequence[float]], float], float, str]


def at(tier: int) -> Callable[[Sequence[int], Sequence[float]], float]:
    """A function that takes the figure of one tier."""
    return lambda tiers, row: row[tiers.index(tier)]


AIMS: tuple[Aim, ...] = (
    ("match(event), units", lambda _, row: max(row), 2.2, "at most 2.2 units at every size"),
    ("match_key, units", lambda _, row: max(row), 2.0, "at most 2 units at every size"),
    ("match(event), units", lambda _, row: row[-1] / row[0], 1.3, "100,000 flows at most 1.3 times 10 flows"),
    ("first sight of a key, us", at(10_000), 5.0, "at most 5 us at 10,000 flows"),
    ("build, us a flow", at(100_000), 6.0, "at most 6 us a flow at 100,000 flows"),
    ("edit visible, ms", at(100_000), 50.0, "at most 50 ms at 100,000 flows"),
    ("explain one flow, us", lambda _, row: max(row), 1.2, "about 1 us (1.2 at most)"),
    ("misses, us", lambda _, row: max(row), 10.0, "at most 10 us at every size"),
)


def show(tiers: Sequence[int], rows: dict[str, list[float]]) -> None:
    """Print the table, then the aims."""
    print(f"{'flows':<26}" + "".join(f"{tier:>12,}" for tier in tiers))
    for name, row in rows.items():
        print(f"{name:<26}" + "".join(f"{figure:>12,.{2 if figure < 1000 else 0}f}" for figure in row))
    print()
    for name, figure_of, limit, words in AIMS:
        try:
            figure = figure_of(tiers, rows[name])
        except ValueError:
            continue
        print(f"{'ok  ' if figure <= limit else 'OVER'} {name.split(',')[0]:<24} {figure:>8.2f}   aim: {words}")


if __name__ == "__main__":
    main()
