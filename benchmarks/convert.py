"""How fast ``oncue convert`` is, against a bare ``json.loads`` of the same lines.

    python benchmarks/convert.py [--lines 1000000] [--rounds 3]

Writes a capture for each provider, and one of all of them mixed, and measures, in this process and in turns:
``json.loads`` of each line, from memory, and nothing else; and all that ``oncue convert`` does between opening the
capture and closing ``/dev/null``. It is the time of the processor that counts, and the median of the ratios to the
first is what carries over to another machine. A form-encoded capture is measured against `urllib.parse.parse_qsl`.
Aim: at most 2.

Then it measures the peak memory of ``oncue convert --dedupe`` in a process of its own for half of the mixed lines and
for all. Aim: the same, within a tenth, once as many events were read as are remembered for ``--dedupe``.
"""

import argparse
import gc
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import parse_qsl, urlencode

from captures import SAMPLES
from recordings import peak

from oncue.cli.output.conversion import Conversion
from oncue.cli.stdout import Output
from oncue.storage.capture_files import chunks_of
from oncue.storage.captures import Capture

AIM, MEMORY_AIM = 2.0, 1.1


def capture(provider: str, count: int) -> Iterator[bytes]:
    """The lines of a capture of ``provider``, each with ids of its own; of all in turns if it is ``mixed``."""
    providers = [name for name in SAMPLES if name != "twilio-form"] if provider == "mixed" else [provider]
    texts = [
        urlencode(payload) if name == "twilio-form" else json.dumps(payload)
        for name in providers
        for payload in SAMPLES[name]
    ]
    for number in range(count):
        yield texts[number % len(texts)].replace("NUMBER", f"{number:07}").encode() + b"\n"


def convert(file: Path) -> None:
    """Convert all of ``file`` into nowhere."""
    conversion = Conversion(None, False, None)
    with file.open("rb") as stream, Path(os.devnull).open("wb") as nowhere, Output(nowhere, at_once=False) as output:
        for line in conversion.lines(Capture().read(chunks_of(stream), file.name), print):
            output.write(line)
    assert conversion.readable


def _bare(provider: str) -> Callable[[str], Any]:
    return parse_qsl if provider == "twilio-form" else json.loads


def measure_time(folder: Path, provider: str, count: int, rounds: int) -> None:
    """Time both in turns, and print medians and the ratio."""
    file = folder / f"{provider}.jsonl"
    file.write_bytes(b"".join(capture(provider, count)))
    lines = file.read_text(encoding="utf-8").splitlines()
    read = _bare(provider)
    gc.collect()
    gc.freeze()  # the lines are no garbage, and walking them would be measured
    bare, own = [], []
    for _ in range(rounds):
        bare.append(_timed(lambda: [read(line) for line in lines] and None))
        own.append(_timed(lambda: convert(file)))
    gc.unfreeze()
    length, ratio = sum(map(len, lines)) / count, median(a / b for a, b in zip(own, bare, strict=True))
    print(
        f"  {provider:14} {length:6.0f} bytes  {count / median(own):10,.0f} lines/s"
        f"  {ratio:5.2f} x {read.__name__}   aim {AIM}"
    )


def measure_memory(folder: Path, count: int) -> None:
    """Print the peak memory for a part of the mixed lines and for all."""
    sizes = []
    for part in (count // 2, count):
        file = folder / "memory.jsonl"
        with file.open("wb") as stream:
            stream.writelines(capture("mixed", part))
        sizes.append(peak("convert", [file, "--dedupe"]))
    few, many = sizes
    ratio = f"{many / few:.2f} x   aim {MEMORY_AIM}"
    print(f"peak memory: {few:.1f} MB for half of the lines, {many:.1f} MB for all   {ratio}")


def _timed(run: Callable[[], object]) -> float:
    gc.collect()
    started = process_time()
    run()
    return process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        print(f"{options.lines:,} lines of each provider, median of {options.rounds} rounds")
        for provider in (*SAMPLES, "mixed"):
            measure_time(folder, provider, max(options.lines // (1 if provider == "mixed" else 10), 10), options.rounds)
        if Path("/proc/self/status").exists():
            measure_memory(folder, options.lines)
        else:
            print("peak memory: not measured, there is no /proc")


if __name__ == "__main__":
    main()
