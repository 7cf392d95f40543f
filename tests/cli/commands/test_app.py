"""Opening the app: what has to be right before the screen is taken. The app itself is a stand-in here."""

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from tests.cli.conftest import Oncue

from oncue.cli.command_table import COMMANDS
from oncue.cli.commands import app
from oncue.errors import WorkspaceError
from oncue.text import listed


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that the app was opened on, in a terminal; it returns 7."""
    folders: list[Path] = []
    stand_in = ModuleType("oncue.tui.app")

    def run(folder: Path, settled: Callable[[], None] | None = None) -> int:
        folders.append(folder)
        return 7

    stand_in.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "oncue.tui.app", stand_in)
    monkeypatch.setattr(app, "_is_terminal", lambda name: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    return folders


def test_opens_on_the_folder_and_passes_its_status_on(oncue: Oncue, workspace: Path, opened: list[Path]) -> None:
    assert oncue(workspace) == (7, "", "")
    assert opened == [workspace]


def test_opens_on_the_current_folder(
    oncue: Oncue, workspace: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    assert oncue().status == 7
    assert opened == [workspace]


@pytest.mark.parametrize(("name", "argument"), [("match", "./match"), ("-odd", "--")])
def test_a_folder_named_like_something_else(
    oncue: Oncue, workspace: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch, name: str, argument: str
) -> None:
    monkeypatch.chdir(workspace.parent)
    folder = workspace.rename(workspace.parent / name)
    assert oncue(*([argument, name] if argument == "--" else [argument])).status == 7
    assert opened == [folder]


def test_a_folder_that_is_no_workspace(oncue: Oncue, tmp_path: Path, opened: list[Path]) -> None:
    hint = f"to make one, run: oncue init {tmp_path}"
    message = f"{tmp_path}: there is no workspace.toml, so this is no workspace ({hint})"
    assert oncue(tmp_path) == (2, "", f"oncue: {message}\n")
    assert opened == []


def test_a_file_is_no_workspace(oncue: Oncue, workspace: Path, opened: list[Path]) -> None:
    file = workspace / "workspace.toml"
    assert oncue(file) == (2, "", f"oncue: {file}: this is a file; a workspace is a folder\n")


def test_an_error_of_the_app_is_one_line(
    oncue: Oncue, workspace: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path, settled: object) -> int:
        raise WorkspaceError(str(folder), "it is gone")

    monkeypatch.setattr(sys.modules["oncue.tui.app"], "run", fail)
    assert oncue(workspace) == (2, "", f"oncue: {workspace}: it is gone\n")


@pytest.mark.parametrize(
    ("terminals", "missing"),
    [
        ({"stdin"}, "stderr is not"),
        ({"stderr"}, "stdin is not"),
        (set(), "stdin and stderr are not"),
    ],
)
def test_without_a_terminal(
    oncue: Oncue,
    workspace: Path,
    opened: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    terminals: set[str],
    missing: str,
) -> None:
    monkeypatch.setattr(app, "_is_terminal", lambda name: name in terminals)
    instead = f"without one there are {listed([f'oncue {name}' for name in COMMANDS])}"
    assert oncue(workspace) == (2, "", f"oncue: the app needs a terminal, and {missing}; {instead}\n")
    assert opened == []


def test_on_a_dumb_terminal(oncue: Oncue, workspace: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    ran = oncue(workspace)
    assert ran.status == 2
    assert "TERM=dumb" in ran.err
    assert opened == []


def test_a_folder_inside_a_workspace_opens_the_workspace(
    oncue: Oncue, workspace: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "flows")
    assert oncue().status == 7
    assert oncue(workspace / "flows").status == 7
    assert opened == [workspace, workspace]


@pytest.mark.parametrize("wanted", [True, False])
def test_an_empty_folder_may_become_a_workspace(
    oncue: Oncue, tmp_path: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    monkeypatch.setattr(app, "_wanted", lambda _folder: wanted)
    folder = tmp_path / "new"
    folder.mkdir()
    oncue(folder)
    assert opened == ([folder] if wanted else [])
    assert (folder / "workspace.toml").is_file() is wanted


@pytest.mark.parametrize(("answer", "wanted"), [("y\n", True), ("n\n", False), ("", False)])
def test_only_a_yes_makes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, wanted: bool
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert app._wanted(tmp_path) is wanted
    assert "Make one there? [y/N]" in capsys.readouterr().err
