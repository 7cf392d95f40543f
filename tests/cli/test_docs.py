"""docs/commands.md names every command, option, value and exit status, and its examples do what it says."""

import re
import shlex
from pathlib import Path

import click
import pytest

from oncue.cli.command_table import COMMANDS
from oncue.cli.exit_status import Exit
from oncue.cli.group import oncue as group
from oncue.cli.options import OneOf

from .conftest import Oncue

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
SECTIONS = dict(zip(*[iter(re.split(r"^## `oncue ([a-z]+|\[).*`$", DOCS, flags=re.MULTILINE)[1:])] * 2, strict=True))
EXAMPLES = re.findall(r"^```console\n\$ oncue (.*)\n((?:.*\n)*?)```$", DOCS, re.MULTILINE)


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(group)
    found = [(name, group.get_command(context, name)) for name in COMMANDS]
    return [("[", group), *((name, command) for name, command in found if command)]


def test_every_command_has_its_section() -> None:
    assert list(SECTIONS) == [name for name, _ in commands()]


@pytest.mark.parametrize(
    ("section", "parameter"), [(name, each) for name, command in commands() for each in command.params], ids=str
)
def test_every_option_and_value_is_there(section: str, parameter: click.Parameter) -> None:
    text = SECTIONS[section]
    if isinstance(parameter, click.Option):
        assert any(f"`{option}" in text for option in parameter.opts)
    for value in parameter.type.meanings if isinstance(parameter.type, OneOf) else ():
        assert f"`{value}`" in text


def test_no_option_is_there_that_is_gone() -> None:
    known = {option for _, command in commands() for each in command.params for option in each.opts}
    assert set(re.findall(r"^\| `(--[a-z-]+)", DOCS, re.MULTILINE)) <= known


def test_every_exit_status_is_there() -> None:
    assert re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE) == [str(int(status)) for status in Exit]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_examples(oncue: Oncue, monkeypatch: pytest.MonkeyPatch, command: str, output: str) -> None:
    monkeypatch.chdir(ROOT)
    ran = oncue(*shlex.split(command))
    shown, cut, _ = output.partition("…\n")
    assert (ran.out + ran.err).startswith(shown)
    assert cut or ran.out + ran.err == shown
