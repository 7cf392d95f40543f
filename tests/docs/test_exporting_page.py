"""docs/exporting.md: its examples print what it says, and it names every target and table."""

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.conftest import Oncue
from tests.cli.conftest import oncue as oncue  # the fixture

from oncue.exporters.names import TABLES
from oncue.exporters.registry import TARGETS

PAGE = (Path(__file__).parents[2] / "docs/exporting.md").read_text(encoding="utf-8")


def test_every_target_has_its_section_in_order_of_the_targets() -> None:
    assert re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE) == list(TARGETS)


def test_every_table_of_a_map_is_named() -> None:
    rows = PAGE.partition("| table | has |")[2].partition("\n\n")[0]
    assert re.findall(r"`\[(\w+)\]`", rows) == list(TABLES)


def test_the_examples(oncue: Oncue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    oncue("init", "my-flows")
    for name, content in re.findall(r"^`([\w/.-]+\.toml)`\n\n```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        Path(name).write_text(content, encoding="utf-8")
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        for command, output in re.findall(r"^\$ oncue (.*)\n((?:[^$].*\n)*)", block, re.MULTILINE):
            ran = oncue(*shlex.split(command))
            shown, cut, _ = output.partition("…\n") if output.endswith("\n…\n") else (output, "", "")
            printed = ran.out + ran.err
            assert printed.startswith(shown), command
            assert cut or printed == shown, command
