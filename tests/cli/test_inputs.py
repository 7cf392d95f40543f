"""Files that the command line names: what is wrong with them is said alike by every command."""

from pathlib import Path

import click
import pytest
from tests.cli.conftest import Oncue

from oncue.cli.diagnostics import UsageError
from oncue.cli.inputs import FILE, FOLDER, check_there, content_of, is_file, is_folder

MISSING = [
    ["check", "gone"],
    ["match", "gone", "--event", "message_created"],
    ["match", "gone", "events.jsonl"],
    ["simulate", "gone", "x"],
    ["coverage", "gone"],
    ["graph", "gone"],
    ["export", "gone", "--to", "json"],
    ["convert", "events.jsonl", "--workspace", "gone"],
]
FILES = [
    ["match", ".", "{file}"],
    ["import", "json", "{file}"],
    ["import", "chatwoot", "{file}", "."],
    ["import", "chatwoot", "events.jsonl", "--map", "{file}"],
    ["export", "--to", "json", "--map", "{file}"],
]
FILES_OR_FOLDERS = [
    ["match", "{file}"],
    ["match", ".", "{file}", "--from", "slack"],
    ["simulate", "{file}"],
    ["simulate", ".", "{file}"],
    ["simulate", ".", "{file}", "--from", "slack"],
    ["test", "{file}"],
    ["test", ".", "{file}"],
    ["convert", "{file}"],
]


@pytest.fixture(autouse=True)
def inside(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    (workspace / "events.jsonl").write_text("[]\n", encoding="utf-8")


def named(arguments: list[str], file: str) -> list[str]:
    return [each.replace("{file}", file) for each in arguments]


@pytest.mark.parametrize("arguments", MISSING)
def test_a_workspace_that_is_not_there(oncue: Oncue, arguments: list[str]) -> None:
    assert oncue(*arguments) == (2, "", "oncue: gone: there is no such folder (run: oncue init gone)\n")


@pytest.mark.parametrize("arguments", [["diff", "gone"], *(each for each in MISSING if each[2:3] != ["--event"])])
def test_a_file_where_a_workspace_should_be(oncue: Oncue, arguments: list[str]) -> None:
    Path("gone").write_text("", encoding="utf-8")
    assert oncue(*arguments) == (2, "", "oncue: gone: this is a file; a workspace is a folder\n")


@pytest.mark.parametrize("arguments", [["diff", "gone"], ["diff", ".", "gone"]])
def test_a_version_that_is_not_there(oncue: Oncue, arguments: list[str]) -> None:
    line = "oncue: gone: there is no such folder (a revision of git is written git:gone)\n"
    assert oncue(*arguments) == (2, "", line)


@pytest.mark.parametrize("arguments", FILES)
def test_a_file_that_is_not_there(oncue: Oncue, arguments: list[str]) -> None:
    assert oncue(*named(arguments, "a/gone.json")) == (2, "", "oncue: a/gone.json: there is no such file\n")


@pytest.mark.parametrize("arguments", FILES)
def test_a_folder_where_a_file_should_be(oncue: Oncue, arguments: list[str]) -> None:
    assert oncue(*named(arguments, "flows")) == (2, "", "oncue: flows: this is a folder; expected a file\n")


@pytest.mark.parametrize("arguments", FILES_OR_FOLDERS)
def test_neither_a_file_nor_a_folder(oncue: Oncue, arguments: list[str]) -> None:
    assert oncue(*named(arguments, "a/gone.json")) == (2, "", "oncue: a/gone.json: there is no such file or folder\n")


@pytest.mark.parametrize("arguments", [*FILES, *(each for each in FILES_OR_FOLDERS if each[0] != "test")])
def test_a_file_that_may_not_be_read(oncue: Oncue, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the system is asked for nothing here."""

    def refuse(path: Path, *others: object, **named: object) -> object:
        if path.name != "secret.json":
            return opened(path, *others, **named)  # type: ignore[call-overload]
        raise PermissionError(13, "Permission denied", str(path))

    Path("secret.json").write_text("[]", encoding="utf-8")
    opened = Path.open
    monkeypatch.setattr(Path, "open", refuse)
    line = "oncue: secret.json: the file cannot be read: permission denied\n"
    assert oncue(*named(arguments, "secret.json")) == (2, "", line)


def test_what_is_there_is_read() -> None:
    Path("a.json").write_bytes(b"{}")
    assert content_of("a.json") == b"{}"


def test_stdin_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UsageError, match="stdin is closed; there is nothing to read"):
        content_of("-")


def test_a_name_that_is_none() -> None:
    with pytest.raises(UsageError, match="the file cannot be read: embedded null byte"):
        content_of("a\0b")
    assert (is_file("a\0b"), is_folder("a\0b")) == (False, False)


def test_places_that_may_not_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    assert (is_file("workspace.toml"), is_folder("flows")) == (True, True), "pathlib is not asked, which would raise"
    with pytest.raises(UsageError, match="flows: the file or folder cannot be read: permission denied"):
        check_there("flows")


def test_paths_are_taken_as_they_were_typed() -> None:
    context, parameter = click.Context(click.Command("x")), click.Argument(["path"])
    assert FILE.convert("~/gone", parameter, context) == "~/gone"
    assert FOLDER.convert("workspace.toml", parameter, context) == "workspace.toml"
    assert [path.shell_complete(context, parameter, "f")[0].type for path in (FILE, FOLDER)] == ["file", "dir"]
