"""docs/coverage-and-diff.md is so: its examples print what it says, and it knows every key of every format."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oncue.analysis.coverage import LEVELS
from oncue.cli.diagnostics import guarded
from oncue.cli.main import run
from oncue.cli.output.compared import MOST_GROUPS
from oncue.cli.output.coverage_text import GLYPHS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/coverage-and-diff.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ oncue (.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
FILES = dict(re.findall(r"^`(tour/[\w/-]+\.toml)`\n\n```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COVERAGE, GAPS, DIFF, GRAPH = re.findall(r"^```\n(\{(?:.*\n)*?)```$", PAGE, re.MULTILINE)
WORKFLOW = re.findall(r"^```yaml\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.fixture(autouse=True)
def _tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample workspace, and a copy of it with what the page changes in it."""
    for name in ("sample_workspace", "tour"):
        shutil.copytree(ROOT / "sample_workspace", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for file, text in FILES.items():
        Path(file).write_text(text, encoding="utf-8")


def printed(command: str, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    guarded(lambda: run(shlex.split(command)))
    out, err = capsysbinary.readouterr()
    return (out + err).decode()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 6
    assert len(FILES) == 1


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_examples(capsysbinary: pytest.CaptureFixture[bytes], command: str, output: str) -> None:
    shown, cut, _ = output.partition("…\n")
    found = printed(command, capsysbinary)
    assert found.startswith(shown)
    assert cut or found == shown


def keys_of(value: Any) -> Iterator[str]:
    """Every key in a JSON value, but those of events and conversations, which are documented elsewhere."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            if key not in ("event", "conversation"):
                yield from keys_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys_of(part)


@pytest.mark.parametrize(
    ("command", "blocks"),
    [
        ("coverage sample_workspace", [COVERAGE]),
        ("coverage sample_workspace --gaps", [GAPS]),
        ("diff sample_workspace tour", [DIFF, GAPS]),
        ("graph sample_workspace", [GRAPH]),
    ],
)
def test_every_key_of_the_json_is_there(
    capsysbinary: pytest.CaptureFixture[bytes], command: str, blocks: list[str]
) -> None:
    Path("tour/flows/broken.toml").write_text("name =")
    found = json.loads(printed(f"{command} --format json", capsysbinary).splitlines()[0])
    keys, documented = set(keys_of(found)), set(re.findall(r'"(\w+)"', " ".join(blocks)))
    assert keys <= documented


def test_the_glyphs_are_explained() -> None:
    for level, meaning in LEVELS.items():
        assert f"| `{GLYPHS[level]}` {level} | {meaning}" in PAGE
    assert f"people are shown {MOST_GROUPS} groups" in PAGE


def test_the_workflow_uses_options_that_exist(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (workflow,) = WORKFLOW
    (command,) = re.findall(r"run: oncue (diff .*) > diff\.md", workflow)
    arguments = shlex.split(command.replace("git:origin/main", "sample_workspace").replace(" flows", " tour"))
    assert guarded(lambda: run(arguments)) == 0
    assert capsysbinary.readouterr().out.startswith(b"## Flows that events start\n")
