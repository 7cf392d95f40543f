"""Which command runs, and what completion offers."""

import re
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from oncue import __version__
from oncue.cli.command_table import COMMANDS
from oncue.cli.group import oncue as group

from .conftest import Oncue


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "--help"]])
def test_version(oncue: Oncue, arguments: list[str]) -> None:
    assert oncue(*arguments) == (0, f"oncue {__version__}\n", "")


def test_help_names_every_command(oncue: Oncue) -> None:
    ran = oncue("--help")
    assert ran.status == 0
    assert ran.err == ""
    for name, text in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(text)}$", ran.out, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(oncue: Oncue, name: str) -> None:
    ran = oncue(name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: oncue {name} ")


def test_help_behind_a_workspace_is_that_of_oncue(oncue: Oncue, workspace: Path) -> None:
    assert oncue(workspace, "--help") == oncue("--help")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mtch"], "there is no command and no folder 'mtch'; did you mean 'match'? (see oncue --help)"),
        (["mtch", "a", "b"], "there is no command and no folder 'mtch'; did you mean 'match'? (see oncue --help)"),
        (
            ["xyz"],
            "there is no command and no folder 'xyz'; to make a workspace there, run: oncue init xyz (see",
        ),
        (["--vresion"], "no option '--vresion'; did you mean '--version'? (see oncue --help)"),
        (["--completion", "csh"], "--completion: 'csh' is not a known value; did you mean 'zsh'? (see oncue --help)"),
        (["match", "--evnt", "x"], "no option '--evnt'; did you mean '--event'? (see oncue match --help)"),
        (["match", "--explain=1"], "option '--explain' does not take a value"),
        (["match", "a", "b", "c"], "got unexpected extra argument (c) (see oncue match --help)"),
        (["schema"], "missing argument 'NAME' (see oncue schema --help)"),
        (
            ["\x1b[2Jx"],
            "there is no command and no folder '\\x1b[2Jx'; to make a workspace there, run: oncue init '␛[2Jx'",
        ),
    ],
)
def test_wrong_arguments_are_told_in_one_line(oncue: Oncue, arguments: list[str], message: str) -> None:
    ran = oncue(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith(f"oncue: {message}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script(oncue: Oncue, shell: str) -> None:
    ran = oncue("--completion", shell)
    assert ran.status == 0
    assert f"_ONCUE_COMPLETE={shell}_complete" in ran.out


@pytest.mark.parametrize(
    ("arguments", "incomplete", "some"),
    [
        ([], "m", "match"),
        ([], "--c", "--completion"),
        (["--completion"], "", "fish"),
        (["match", "--event"], "mess", "message_created"),
        (["match", "--participant"], "ac", "access_key"),
        (["match", "--message"], "g", "gif"),
        (["match", "--format"], "", "json"),
        (["match"], "--ex", "--explain"),
        (["schema"], "s", "scenario"),
    ],
)
def test_completion_offers(arguments: list[str], incomplete: str, some: str) -> None:
    found = BashComplete(group, {}, "oncue", "_ONCUE_COMPLETE").get_completions(arguments, incomplete)
    assert some in [item.value for item in found]
    assert all(item.value.startswith(incomplete) for item in found)


def test_completion_offers_folders_too() -> None:
    found = BashComplete(group, {}, "oncue", "_ONCUE_COMPLETE").get_completions([], "sam")
    assert [item.type for item in found] == ["dir"]
