"""Files that the user names are written whole, and never over the workspace, whatever the path looks like."""

import os
from pathlib import Path

import pytest

from oncue.errors import OutputError
from oncue.storage.saving.outputs import check_outputs, content_of, places, write_output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    (folder / "flows").mkdir(parents=True)
    (folder / "workspace.toml").write_text('name = "Acme"\n')
    (folder / "flows/a.toml").write_text("")
    return folder


def test_files_of_the_workspace_are_refused_by_whatever_name(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    os.link(folder / "flows/a.toml", tmp_path / "hard.toml")
    for name in (
        folder / "workspace.toml",
        folder / "flows/a.toml",
        folder / "flows/new.json",
        folder / "scenarios/deep/new.json",
        tmp_path / "link/flows/../workspace.toml",
        tmp_path / "hard.toml",
    ):
        with pytest.raises(OutputError, match="belongs to the workspace; name a file elsewhere"):
            check_outputs([str(tmp_path / "fine"), str(name)], folder)
    check_outputs([str(tmp_path / "fine"), str(folder / "fine.json")], folder)


def test_many_files_are_checked_without_looking_at_the_workspace_for_each(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    from oncue.storage import files

    def find(where: Path, name: str) -> object:
        looked.append(name)
        return files.find(where, name)

    monkeypatch.setattr("oncue.storage.saving.outputs.find", find)
    check_outputs([str(tmp_path / f"{number}.json") for number in range(50)], folder)
    assert sorted(looked) == ["flows", "scenarios"]


def test_a_new_file_replaces_none_that_came_meanwhile(tmp_path: Path) -> None:
    write_output(str(tmp_path / "a/b.json"), b"1", new=True)
    with pytest.raises(OutputError, match="cannot be written"):
        write_output(str(tmp_path / "a/b.json"), b"2", new=True)
    assert content_of(str(tmp_path / "a/b.json")) == b"1"
    write_output(str(tmp_path / "a/b.json"), b"2")
    assert content_of(str(tmp_path / "a/b.json")) == b"2"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for act in (content_of, lambda name: write_output(name, b"")):
        for name in ("pipe", "."):
            with pytest.raises(OutputError, match="is not a file, so nothing is written there"):
                act(str(tmp_path / name))
    assert content_of(str(tmp_path / "missing")) is None


def test_names_that_mean_nothing_are_refused_in_words(tmp_path: Path) -> None:
    for name in ("a\0b", "~nobody-of-this-name/x", "x" * 5_000):
        with pytest.raises(OutputError, match="cannot be written: "):
            check_outputs([name], tmp_path)
        with pytest.raises(OutputError, match="cannot be written: "):
            write_output(name, b"")


def test_several_files_go_into_a_folder(tmp_path: Path) -> None:
    one, two = str(tmp_path / "a.json"), str(tmp_path)
    assert places({"x.json": "1"}, one, several=False) == {one: b"1"}
    assert places({"x.json": "1"}, two, several=False) == {str(tmp_path / "x.json"): b"1"}
    assert places({"x.json": "1"}, one, several=True) == {str(tmp_path / "a.json/x.json"): b"1"}
