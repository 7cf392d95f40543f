"""How fast a whole workspace is analysed, against reading its files alone.

    python benchmarks/analysis.py [--flows 10000] [--rounds 5]

Writes that many flow files, half of them with conditions, on 50 instances into a temporary folder and measures, in
turns: reading and parsing each file with the standard library's ``tomllib`` and nothing else; then on the loaded
workspace the coverage with its regions, the matrices and gaps that are printed, the graph of causes, the first
overlaps of flows, the difference to a workspace in which one flow in ten is edited, with its groups and an event for
each of the largest, the one to a workspace without flows, all that
``oncue check`` finds, and what the edit of a single flow changes. Prints the
median of each as a ratio to the first, which is what carries over to another machine. Aims: all
of them at most 4, an edit at most 0.01.

Then the same workspace is written with its conditions, and the commands ``check``, ``coverage`` and ``diff`` are run on
it as anybody runs them, start-up, findings with their lines and printing included: the processor time of each, as a
ratio to a Python that does nothing but parse the same files. The aim is at most 4.
"""

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random

import loading

from oncue.analysis.coverage import LEVELS, coverage
from oncue.analysis.differences import difference, edit_changes
from oncue.analysis.gaps import gaps
from oncue.analysis.grid import Grid
from oncue.analysis.overlaps import overlaps
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.domain.workspace import Instance, Workspace
from oncue.linting.lint import lint
from oncue.storage.flow_text import flow_bytes
from oncue.storage.loader import load
from oncue.storage.saving.new_instances import instance_block
from oncue.workbench.cause_graph import CauseGraph
from oncue.workbench.coverage_matrix import Chosen, matrices

HOURS = Hours(id="office", timezone="Europe/Amsterdam", days=frozenset({"mon", "fri"}), from_="09:00", to="17:00")
SHOWN = 50
AIM = 4.0
"""How many times as long as reading its files alone a command may take."""

_PARSE = """
import pathlib, sys, tomllib
for path in pathlib.Path(sys.argv[1], "flows").iterdir():
    tomllib.loads(path.read_bytes().decode())
"""


def make_workspace(folder: Path, flows: int) -> Workspace:
    """A workspace of ``flows`` flows in ``folder``, on 50 instances; conditions are added to half of the flows."""
    loading.make_workspace(folder, flows)
    found = load(folder).workspace
    config = found.config
    more = [
        Instance(id=f"{channel}-{number}", channel=channel, name=f"{channel} {number}")
        for number in range(4, 9)
        for channel in loading.CHANNELS
    ]
    config = replaced(config, hours=(HOURS,), instances=(*config.instances, *more)[:50])
    chance = Random(5)
    return Workspace(config, {flow_id: _varied(flow, chance) for flow_id, flow in found.flows.items()})


def _varied(flow: Flow, chance: Random) -> Flow:
    when = None
    if chance.random() < 0.5:
        lines = {
            "text_any": (f"word{chance.randrange(500)}", f"word{chance.randrange(500)}*"),
            "text_none": (f"word{chance.randrange(500)}",),
            "responsible": chance.choice(("nobody", "somebody")),
            "during_hours": ("office",),
            "first_message": True,
            "labels": ("vip",),
            "once_per": "day",
        }
        chosen = chance.sample(list(lines), 3)
        when = When(**{key: lines[key] for key in chosen})  # type: ignore[arg-type]
    trigger = replaced(flow.trigger, instance=None) if chance.random() < 0.1 else flow.trigger
    return replaced(flow, trigger=trigger, when=when)


def edited(where: Workspace) -> Workspace:
    """A workspace in which one flow in ten is otherwise."""
    chance = Random(6)
    flows = {
        flow_id: _varied(flow, chance) if number % 10 == 0 else flow
        for number, (flow_id, flow) in enumerate(where.flows.items())
    }
    return Workspace(where.config, flows)


def whole_difference(old: Workspace, new: Workspace) -> None:
    """All that ``oncue diff`` says: the groups, and an event for each of the largest."""
    found = difference(old, new)
    for group in islice(found.groups(), SHOWN):
        found.group_region(group)


def whole_coverage(where: Workspace) -> None:
    """All that ``oncue coverage`` says: every level with its keys described."""
    found = coverage(where)
    for level in LEVELS:
        found.region(level)


def whole_matrix(where: Workspace) -> None:
    """All that ``oncue coverage`` prints: a matrix for each place, and each gap with an event that shows it."""
    found = coverage(where)
    matrices(found, Chosen(found.grid.places, tuple(EVENT_KINDS)))
    gaps(found, found.grid.keys)


def measure(folder: Path, flows: int, rounds: int) -> dict[str, list[float]]:
    """Seconds of each way in each round, in turns."""
    where = make_workspace(folder, flows)
    other, grid = edited(where), Grid(where.config)
    nothing = Workspace(where.config)
    first = next(iter(where.flows.values()))
    another = replaced(first, trigger=replaced(first.trigger, participant_types=None), when=When(text_any=("x",)))
    ways: dict[str, Callable[[], object]] = {
        "bare tomllib": lambda: loading.bare_parse(folder),
        "coverage": lambda: whole_coverage(where),
        "matrices and gaps": lambda: whole_matrix(where),
        "graph of causes": lambda: CauseGraph(where),
        "all checks": lambda: lint(where),
        "1,000 overlaps": lambda: list(islice(overlaps(where.flows.values(), grid), 1_000)),
        "difference, 10 %": lambda: whole_difference(where, other),
        "difference, all": lambda: whole_difference(nothing, where),
        "one edit": lambda: edit_changes(first, another, grid),
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, run in ways.items():
            gc.collect()
            begin = time.perf_counter()
            run()
            seconds[way].append(time.perf_counter() - begin)
    return seconds


def write(where: Workspace, folder: Path) -> None:
    """All of a workspace, as files."""
    hours = f'''id = "{HOURS.id}"
timezone = "{HOURS.timezone}"
days = {sorted(HOURS.days or ())}
from = "{HOURS.from_}"
to = "{HOURS.to}"
'''
    blocks = [f"[[hours]]\n{hours}", *map(instance_block, where.config.instances)]
    (folder / "flows").mkdir(parents=True)
    (folder / "workspace.toml").write_text('name = "Benchmark"\n\n' + "\n".join(blocks))
    for flow in where.flows.values():
        (folder / "flows" / f"{flow.id}.toml").write_bytes(flow_bytes(flow))


def measure_commands(folder: Path, flows: int, rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time that each command takes in each round, in turns."""
    old, new = folder / "old", folder / "new"
    where = make_workspace(folder / "generated", flows)
    write(edited(where), old)
    write(where, new)
    oncue = (sys.executable, "-m", "oncue")
    ways: dict[str, tuple[object, ...]] = {
        "parsing alone": (sys.executable, "-c", _PARSE, new),
        "oncue check": (*oncue, "check", new),
        "oncue coverage": (*oncue, "coverage", new),
        "oncue diff": (*oncue, "diff", old, new),
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, command in ways.items():
            seconds[way].append(_processor_time(list(map(str, command))))
    return seconds


def _processor_time(command: list[str]) -> float:
    begin = os.times()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    end = os.times()
    if done.returncode not in (0, 1):  # 1: there are findings
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    return end.children_user + end.children_system - begin.children_user - begin.children_system


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        seconds = measure(Path(temporary) / "workspace", options.flows, options.rounds)
        of_commands = measure_commands(Path(temporary) / "commands", options.flows, options.rounds)
    bare = statistics.median(seconds["bare tomllib"])
    print(f"{options.flows:,} flows on 50 instances, median of {options.rounds} rounds")
    for way, each in seconds.items():
        median = statistics.median(each)
        print(f"  {way:18} {median * 1e3:10.1f} ms   {median / bare:7.3f} x bare tomllib")
    alone = statistics.median(of_commands["parsing alone"])
    print(f"commands, processor time; the aim is at most {AIM:g} times that of reading the files alone")
    for way, each in of_commands.items():
        median = statistics.median(each)
        verdict = "" if median <= AIM * alone else "   above the aim"
        print(f"  {way:18} {median * 1e3:10.1f} ms   {median / alone:7.3f} x parsing alone{verdict}")


if __name__ == "__main__":
    main()
