"""docs/scenarios.md is so: its scenarios are played as it says, and it knows every key of every format."""

import dataclasses
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from oncue.cli.diagnostics import guarded
from oncue.cli.main import run
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.vocabulary import DELIVERIES
from oncue.simulation.transcript import LineKind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(scenarios/[\w-]+\.toml)`\n\n```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"^```console\n\$ oncue (.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
SHELL = re.findall(r"^```sh\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
SIMULATED, TESTED = re.findall(r"^```\n(\{(?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample workspace with the first scenario of the page."""
    shutil.copytree(ROOT / "sample_workspace", tmp_path / "sample")
    monkeypatch.chdir(tmp_path / "sample")
    add(next(iter(FILES)))
    return tmp_path / "sample"


def add(file: str) -> None:
    Path(file).write_text(FILES[file], encoding="utf-8")


def printed(command: str, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    guarded(lambda: run(shlex.split(command)))
    out, err = capsysbinary.readouterr()
    return re.sub(r" in \d+\.\d\d s$", " in 0.03 s", (out + err).decode(), flags=re.MULTILINE)


def keys_of(value: Any) -> Iterator[str]:
    """Every key in a JSON value, but those of events and clauses, which are documented elsewhere."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            if key not in ("event", "clauses", "edits", "participants", "attributes", "transcript"):
                yield from keys_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys_of(part)


def test_there_are_examples() -> None:
    assert len(FILES) == 2
    assert len(EXAMPLES) == 3


def test_the_first_file_has_every_key() -> None:
    values = tomllib.loads(next(iter(FILES.values())))
    events = [key for event in values["events"] for key in event]
    effects = [key for event in values["events"] for key in event.get("expect_effects", {})]
    for kind, keys in ((Scenario, [*values, "id"]), (ScenarioEvent, events), (ExpectedEffects, effects)):
        assert {each.name for each in dataclasses.fields(kind)} == set(keys)


def test_the_words_are_those_of_the_vocabulary() -> None:
    kinds = next(sentence for sentence in PAGE.replace("\n", " ").split(". ") if "Their `kind` is" in sentence)
    assert re.findall(r"`(\w+)`", kinds.partition(";")[0])[1:] == list(get_args(LineKind))
    assert all(f"`{delivery}`" in PAGE for delivery in DELIVERIES)
    assert " or ".join((", ".join(f'"{each}"' for each in list(DELIVERIES)[:-1]), '"late"')) in SIMULATED


def test_the_examples(workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for command, output in EXAMPLES:
        if "night-shift" in command:
            add("scenarios/night-shift.toml")
        assert printed(command, capsysbinary) == output


def test_the_other_commands(workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    add("scenarios/night-shift.toml")
    for command in SHELL[0].splitlines():
        assert re.search(r"^\d scenarios?: \d", printed(command.removeprefix("oncue "), capsysbinary), re.MULTILINE)


def test_the_commands_for_ci(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.parent)
    workspace.rename("flows")
    commands = re.findall(r"oncue (test flows --junit oncue.xml)$", PAGE, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        assert "16 passed" in printed(command, capsysbinary)
        Path("oncue.xml").unlink()


def test_mutation_testing_of_the_sample_workspace(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "sample_workspace")
    found = printed("test --mutate", capsysbinary)
    (shown,) = re.findall(r"^```text\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
    for part in shown.split("…\n"):
        assert part in found


@pytest.mark.parametrize(("command", "shown"), [("simulate night-shift", SIMULATED), ("test", TESTED)])
def test_the_keys_of_json(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes], command: str, shown: str
) -> None:
    add("scenarios/night-shift.toml")
    found = json.loads(printed(f"{command} --format json", capsysbinary))
    documented = set(re.findall(r'"(\w+)"', f"{shown} {SIMULATED}" if command == "test" else shown))
    assert set(keys_of(found)) <= documented
    assert {key for key in documented if f'"{key}":' in shown} <= set(keys_of(found)) | {"transcript"}
