"""How long commands and the app take to start, against the least that Python and Textual take.

    python benchmarks/startup.py [--rounds 15] [--flows 1000]
                                 [--harness tui_latency.py] [--app-rounds 3] [--ready Flows]
                                 [--keys NAME=KEYS] [--keys NAME=SETUP>KEYS]

Runs, in turns: ``python -c pass``, ``oncue --version`` and ``--help``, and each command on ``sample_workspace``, and
prints the median of each as a ratio to the first, which is what carries over to another machine. The ratio is taken
in each round, of neighbours in time. Aim: at most 10.

With ``--harness``, a program that measures terminal apps from outside in a pseudo-terminal, it then runs, in turns:
the bare app of `hello.py`, oncue on ``sample_workspace`` and oncue on a generated workspace, each to its first
complete paint (``--ready`` is on the screen), and times keys: moving focus, against the bare app with two fields,
and every ``--keys`` (repeatable; SETUP is pressed first and not timed). Without, this part is skipped.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loading import make_workspace

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample_workspace"
ONCUE = Path(sys.executable).with_name("oncue")
EVENT = ["--event", "message_created", "--participant", "contact", "--message", "text"]
FOCUS = "tab,shift+tab"

COMMANDS: Mapping[str, list[str]] = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "oncue --version": [str(ONCUE), "--version"],
    "oncue --help": [str(ONCUE), "--help"],
    "oncue match": [str(ONCUE), "match", str(SAMPLE), *EVENT],
    "oncue match, json": [str(ONCUE), "match", str(SAMPLE), *EVENT, "--format", "json"],
    "oncue simulate": [str(ONCUE), "simulate", str(SAMPLE), "kiosk-visit"],
    "oncue test": [str(ONCUE), "test", str(SAMPLE)],
    "oncue schema": [str(ONCUE), "schema", "flow"],
}
COMMAND_AIM = 10
APP_AIM = 1.7
FOCUS_AIM = 1.0


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--flows", type=int, default=1_000, help="flows of the generated workspace")
    parser.add_argument("--harness", type=Path)
    parser.add_argument("--app-rounds", type=int, default=3)
    parser.add_argument("--ready", default="Flows", help="text that says that the app is ready")
    parser.add_argument("--keys", action="append", default=[], metavar="NAME=[SETUP>]KEYS")
    options = parser.parse_args()
    measure_commands(options.rounds)
    if options.harness is None or not options.harness.exists():
        print(f"\napp: skipped, no harness at {options.harness}; give one with --harness")
    else:
        measure_app(options)


def measure_commands(rounds: int) -> None:
    """Time each command in turns, and print the medians and their ratios to the first."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
            if done.returncode:
                sys.exit(f"{shlex.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
            if number:  # the first round warms the caches
                times[name].append(time.perf_counter() - start)
    floor = times["python -c pass"]
    print(f"{'command':18} {'ms':>7} {'least':>7} {'ratio':>6}   aim {COMMAND_AIM}")
    for name, taken in times.items():
        ratio = statistics.median(each / least for each, least in zip(taken, floor, strict=True))
        print(f"{name:18} {statistics.median(taken) * 1e3:7.1f} {min(taken) * 1e3:7.1f} {ratio:6.2f}")


def measure_app(options: argparse.Namespace) -> None:
    """Let the harness time the apps in turns, and print what it found beside the bare app."""
    with tempfile.TemporaryDirectory() as base:
        large = Path(base, "large")
        make_workspace(large, options.flows)
        suite = Path(base, "suite.toml")
        suite.write_text(_suite(options, large))
        command = [sys.executable, str(options.harness), "--suite", str(suite), "--burst", "0"]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    results = json.loads(done.stdout)["targets"]
    _print_app({result["label"]: result for result in results}, options.flows)


def _suite(options: argparse.Namespace, large: Path) -> str:
    hello = shlex.join([sys.executable, str(HERE / "hello.py")])
    sample, many = (shlex.join([str(ONCUE), str(folder)]) for folder in (SAMPLE, large))
    targets = [
        {"label": "hello", "command": hello, "ready": "Hello, world"},
        {"label": "sample", "command": sample, "ready": options.ready},
        {"label": "large", "command": many, "ready": options.ready},
        {"label": "hello: focus", "command": f"{hello} --inputs", "ready": "Hello, world", "keys": FOCUS},
    ]
    for name, keys in (("focus", FOCUS), *(pair.split("=", 1) for pair in options.keys)):
        setup, _, timed = keys.rpartition(">")
        for label, run in (("sample", sample), ("large", many)):
            target = {"label": f"{label}: {name}", "command": run, "ready": options.ready, "keys": timed}
            targets.append({**target, "setup_keys": setup} if setup else target)
    head = f'rounds = {options.app_rounds}\nbaseline = "hello"\n'
    return head + "".join("\n[[target]]\nstarts = 1\n" + _table(target) for target in targets)


def _table(target: Mapping[str, str]) -> str:
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in target.items())


def _print_app(results: Mapping[str, Any], flows: int) -> None:
    print(f"\n{'app':24} {'ready s':>8} {'CPU s':>8} {'key ms':>8} {'p95':>8} {'MB':>8}   (large: {flows:,} flows)")
    for label, result in results.items():
        head = result["headline"]
        names = ("ready_s", "startup_cpu_s", "key_quiet_ms", "key_quiet_p95_ms", "peak_rss_mb")
        print(f"{label:24} " + " ".join(f"{'-' if head[name] is None else head[name]:>8}" for name in names))
        if result["error"]:
            print(f"  failed: {result['error']}")
    print()
    _print_ratio(results, "sample", "hello", "ready_s", "first paint", APP_AIM)
    _print_ratio(results, "large", "hello", "ready_s", "first paint", APP_AIM)
    _print_ratio(results, "large", "hello", "startup_cpu_s", "CPU to first paint", APP_AIM)
    _print_ratio(results, "large", "hello", "peak_rss_mb", "peak memory", APP_AIM)
    _print_ratio(results, "sample: focus", "hello: focus", "key_quiet_ms", "moving focus", FOCUS_AIM)


def _print_ratio(results: Mapping[str, Any], label: str, floor: str, name: str, what: str, aim: float) -> None:
    ours, least = (results[each]["headline"][name] if each in results else None for each in (label, floor))
    ratio = f"{ours / least:.2f}" if ours and least else "not measured"
    print(f"{what + ', ' + label + ' / ' + floor:48} {ratio:>12}  aim {aim:g}")


if __name__ == "__main__":
    os.environ.pop("ONCUE_DEBUG", None)
    main()
