"""How fast a workspace loads, against a bare parse of the same files.

    python benchmarks/loading.py [--flows 1000 10000] [--rounds 7]

Writes that many flow files of about 25 lines into a temporary folder and measures, in turns: reading and parsing
each with the standard library's ``tomllib`` and nothing else; `oncue.storage.loader.load` of the folder; and the
same load again when nothing changed. Prints the median of each as a ratio to the first, which is what carries
over to another machine. Aims: cold at most 0.45, unchanged at most 0.10.
"""

import argparse
import gc
import random
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.storage.loader import Loaded, load

CHANNELS = ("whatsapp", "sms", "email", "messenger", "telegram", "live_chat")


def make_workspace(folder: Path, flows: int) -> None:
    """A workspace of ``flows`` flows, the same each time."""
    chance = random.Random(1)
    (folder / "flows").mkdir(parents=True)
    instances = (
        f'[[instances]]\nid = "{channel}-{number}"\nchannel = "{channel}"\nname = "{channel} {number}"\n'
        for channel in CHANNELS
        for number in range(4)
    )
    (folder / "workspace.toml").write_text('name = "Benchmark"\n\n' + "\n".join(instances))
    for number in range(flows):
        (folder / "flows" / f"flow-{number:05}.toml").write_text(_flow(number, chance))


def _flow(number: int, chance: random.Random) -> str:
    channel = chance.choice(CHANNELS)
    participants = chance.sample(list(PARTICIPANT_TYPES), chance.randint(1, 3))
    messages = chance.sample(list(MESSAGE_TYPES), chance.randint(1, 4))
    return f"""\
# Written by a person, who explains what it is for.
name = "Flow {number} on {channel}"
description = "Answers what customers ask most, number {number}."
enabled = true
tags = ["support", "team-{number % 7}"]

[trigger]
event = "message_created"
channel = "{channel}"
instance = "{channel}-{number % 4}"
participant_types = {participants!r}
message_types = {messages!r}

[[steps]]
type = "send_message"
text = "Hello {{{{participant.name}}}}, thank you for your message. We answer within {number % 24} hours."

[[steps]]
type = "assign_agent"
agent = "agent-{number % 50}"

[[steps]]
type = "add_note"
text = "Assigned by flow {number}."
""".replace("'", '"')


def bare_parse(folder: Path) -> list[dict[str, object]]:
    """What is measured against: read and parse every flow file."""
    return [tomllib.loads(path.read_bytes().decode()) for path in (folder / "flows").iterdir()]


def measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of each way in each round, in turns."""
    loaded: list[Loaded] = [load(folder)]
    ways: dict[str, Callable[[], object]] = {
        "bare tomllib": lambda: bare_parse(folder),
        "load, cold": lambda: load(folder),
        "load, unchanged": lambda: load(folder, loaded[0]),
    }
    time.sleep(0.1)  # so that the files are older than a tick of the clock
    loaded[0] = load(folder)
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, run in ways.items():
            gc.collect()
            begin = time.perf_counter()
            run()
            seconds[way].append(time.perf_counter() - begin)
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flows", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for flows in options.flows:
        with tempfile.TemporaryDirectory() as temporary:
            make_workspace(Path(temporary) / "workspace", flows)
            seconds = measure(Path(temporary) / "workspace", options.rounds)
        bare = statistics.median(seconds["bare tomllib"])
        print(f"{flows:,} flows, median of {options.rounds} rounds")
        for way, each in seconds.items():
            median = statistics.median(each)
            print(f"  {way:16} {median / flows * 1e6:8.1f} µs a file   {median / bare:6.3f} x bare tomllib")


if __name__ == "__main__":
    main()
