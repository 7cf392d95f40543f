"""How fast ``oncue match`` answers a recording, against a bare ``json.loads`` of the same lines.

    python benchmarks/recordings.py [--lines 200000] [--flows 20] [--rounds 7]

Writes a recording of that many events, one in ten with a name that is not ASCII, and measures, in this process and in
turns: ``json.loads`` of each line, from memory, and nothing else; and all that ``oncue match`` does between opening the
recording and closing ``/dev/null``, with an empty cache of answers: as text, with ``--format json``, and both with
``--explain`` for a tenth of the lines, as answers are long then. Start-up is not in it; `startup.py` measures that.
Prints the median of each as a ratio to the first, which is what carries over to another machine. Aims: text and JSON
at most 1.5.

A script of the Python API that counts flows (`count_flows.py`) is measured beside them, as a ratio to ``oncue match``
as text. Aim: at most 1.5.

Then it measures the peak memory of ``oncue match`` in a process of its own for a tenth of the lines and for all. Aim:
the same, within a tenth.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from count_flows import count_flows
from loading import make_workspace as write_workspace
from workload import make_events, make_workspace

from oncue.cli.commands.match import answer_recording
from oncue.cli.output.match_json import JsonAnswers
from oncue.cli.output.match_output import Answers
from oncue.cli.output.match_text import TextAnswers
from oncue.cli.stdout import Output
from oncue.domain.plain import as_plain
from oncue.domain.workspace import Workspace

NAMES = ("Jane Doe", "Ada Marshwick", "Tobias Fenwick", "Noor", "Marta Kowal", "Sam", "Lee", "Ali Veli", "Guest 17")
TEXTS = (
    "Is the blue boat free on Friday?",
    "Thanks!",
    "Yes, please.",
    "When do you open?",
    'He said "at noon" and left.',
    "We are 24, with a dog.",
    "Hello, this is about my order 4711",
    "Hi,\nwhat do you offer?",
)
AIM, SCRIPT_AIM, MEMORY_AIM = 1.5, 1.5, 1.1
SCRIPT = "count_flows.py"
WAYS: Mapping[str, Callable[[Workspace], Answers]] = {
    "text": lambda workspace: TextAnswers(workspace, explained=False),
    "json": lambda workspace: JsonAnswers(workspace, explained=False),
    "text, --explain": lambda workspace: TextAnswers(workspace, explained=True),
    "json, --explain": lambda workspace: JsonAnswers(workspace, explained=True),
}
# Not `ru_maxrss`: it begins with the memory of the process that started this one.
PEAK = """
import sys
from oncue.cli.main import main
try:
    main()
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


def recording(count: int) -> Iterator[bytes]:
    """The lines of a recording, the same each time."""
    random = Random(5)
    events = [as_plain(event) for event in make_events(min(count, 20_000))]
    for number in range(count):
        yield json.dumps(_complete(events[number % len(events)], number, random), ensure_ascii=False).encode() + b"\n"


def _complete(event: dict[str, Any], number: int, random: Random) -> dict[str, Any]:
    """``event`` with what matching does not look at."""
    name = "Jörg Müller" if number % 10 == 0 else random.choice(NAMES)
    at = f"2026-11-{1 + number // 10_000 % 30:02}T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    full = {
        **event,
        "conversation": f"c-{number // 7:05}",
        "participant": {**event["participant"], "id": f"p-{random.randrange(10_000):04}", "name": name},
        "at": at,
        "id": f"evt-{number:06}",
    }
    if "message" in event:
        full["message"] = {**event["message"], "text": random.choice(TEXTS)}
    return full


def answer(file: Path, answers: Answers) -> None:
    """Answer all of ``file`` into nowhere."""
    with file.open("rb") as stream, Path(os.devnull).open("wb") as nowhere, Output(nowhere, at_once=False) as output:
        assert answer_recording(stream, file.name, answers, output)


def loads(lines: list[bytes]) -> None:
    """What is measured against."""
    for line in lines:
        json.loads(line)


def measure_time(file: Path, flows: int, rounds: int) -> None:
    """Time each way in turns, and print medians and ratios."""
    lines, workspace = file.read_bytes().splitlines(), make_workspace(flows)
    few = file.with_name("tenth.jsonl")
    few.write_bytes(b"\n".join(lines[: len(lines) // 10]))
    gc.collect()
    gc.freeze()  # the lines are no garbage, and walking them would be measured
    seconds: dict[str, list[float]] = {"json.loads": [], **{way: [] for way in WAYS}, SCRIPT: []}
    folder = file.with_name("workspace")
    for _ in range(rounds):
        seconds["json.loads"].append(_timed(lambda: loads(lines)))
        for way, make in WAYS.items():
            explained = "--explain" in way
            taken = _timed(lambda make=make, source=few if explained else file: answer(source, make(workspace)))  # type: ignore[misc]
            seconds[way].append(taken * 10 if explained else taken)
        seconds[SCRIPT].append(_timed(lambda: count_flows(str(folder), str(file))))
    length = sum(map(len, lines)) / len(lines)
    print(f"{len(lines):,} lines of {length:.0f} bytes, {flows} flows, median of {rounds} rounds")
    for way, each in seconds.items():
        ratio = median(taken / least for taken, least in zip(each, seconds["json.loads"], strict=True))
        aim = f"   aim {AIM}" if way in ("text", "json") else ""
        print(f"  {way:16} {median(each) / len(lines) * 1e6:7.2f} µs a line   {ratio:6.2f} x json.loads{aim}")
    ratio = median(taken / least for taken, least in zip(seconds[SCRIPT], seconds["text"], strict=True))
    print(f"  {SCRIPT} takes {ratio:.2f} x oncue match as text   aim {SCRIPT_AIM}")


def measure_memory(folder: Path, file: Path) -> None:
    """Print the peak memory for a tenth of the lines of ``file`` and for all."""
    for style in ("text", "json"):
        few, many = (
            peak("match", [folder / "workspace", each, "--format", style]) for each in (folder / "tenth.jsonl", file)
        )
        print(
            f"peak memory, {style}: {few:.1f} MB for a tenth of the lines, {many:.1f} MB for all"
            f"   {many / few:.2f} x   aim {MEMORY_AIM}"
        )


def peak(name: str, arguments: list[object]) -> float:
    """The peak memory in MB of the command ``name``, in a process of its own."""
    command = [sys.executable, "-c", PEAK, name, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return int(done.stderr.split()[-1]) / 1024


def _timed(run: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    run()
    return perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--flows", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary, "recording.jsonl")
        file.write_bytes(b"".join(recording(options.lines)))
        write_workspace(Path(temporary, "workspace"), options.flows)
        measure_time(file, options.flows, options.rounds)
        if Path("/proc/self/status").exists():
            measure_memory(Path(temporary), file)
        else:
            print("peak memory: not measured, there is no /proc")


if __name__ == "__main__":
    main()
