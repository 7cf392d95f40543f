"""Every benchmark runs, on little. What it measures is for people to read, and is no test."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SAMPLE = BENCHMARKS.with_name("sample_workspace")
RUNS = {
    "count_flows.py": ([str(SAMPLE), str(SAMPLE / "events.jsonl")], "welcome-whatsapp"),
    "matching.py": (["--largest", "10", "--rounds", "1"], "units"),
    "phrases.py": (["--rounds", "1", "--messages", "5"], "in turn"),
    "loading.py": (["--flows", "10", "--rounds", "1"], "tomllib"),
    "analysis.py": (["--flows", "20", "--rounds", "1"], "difference"),
    "simulation.py": (["--events", "20", "--rounds", "1"], "matching"),
    "mutants.py": (["--flows", "20", "--scenarios", "3", "--rounds", "1"], "replays"),
    "recordings.py": (["--lines", "200", "--flows", "5", "--rounds", "1"], "peak memory"),
    "convert.py": (["--lines", "200", "--rounds", "1"], "peak memory"),
    "startup.py": (["--rounds", "1"], "python -c pass"),
}


@pytest.mark.parametrize("script", RUNS)
def test_it_runs(script: str) -> None:
    arguments, said = RUNS[script]
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout.casefold()


def test_all_of_them_are_tried() -> None:
    programs = {path.name for path in BENCHMARKS.glob("*.py") if "__main__" in path.read_text("utf-8")}
    assert RUNS.keys() == programs - {"hello.py"}
