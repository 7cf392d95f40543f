"""What is not there is said, with what is there instead."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from oncue.errors import WorkspaceError
from oncue.storage.absence import advice_without_config, look_around, not_found
from oncue.storage.loader import load_workspace

NOTHING = ((), (), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shop"
    touch(made / "workspace.toml", 'name = "Shop"')
    return made


def touch(path: Path, content: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("name", ["flows", "scenarios"])
def test_where_was_looked_is_said(folder: Path, name: str) -> None:
    where = f"there are no {name} in {folder}/{name}, where files that end in .toml are looked for"
    assert not_found(folder, name, is_empty=True) == where
    (folder / name).mkdir()
    assert not_found(folder, name, is_empty=True) == where
    assert not_found(folder, name, is_empty=False) is None


@pytest.mark.parametrize(
    ("file", "advice"),
    [
        ("flows/team-a/welcome.toml", "folders below flows are not searched: move flows/team-a/welcome.toml up"),
        ("flows/a/b/c/x.toml", "folders below flows are not searched: move flows/a/b/c/x.toml up"),
        ("flows/welcome.toml.txt", "the ending is .toml: rename flows/welcome.toml.txt"),
        ("flows/welcome.TOML.TXT", "the ending is .toml: rename flows/welcome.TOML.TXT"),
        ("flows/welcome.yaml", "flows are TOML, in files that end in .toml: flows/welcome.yaml is not"),
        ("Flows/welcome.toml", "the folder is called flows: rename Flows"),
        ("flow/welcome.toml", "the folder is called flows: rename flow"),
    ],
)
def test_what_is_there_instead_is_said(folder: Path, file: str, advice: str) -> None:
    touch(folder / file)
    message = not_found(folder, "flows", is_empty=True)
    assert message is not None
    assert message.endswith(f"are looked for; {advice}")


def test_nothing_is_left_out_silently_beside_flows_that_are_read(folder: Path) -> None:
    touch(folder / "flows/welcome.toml")
    for file in ("flows/README.md", "flows/data.yaml", "flows/old/notes.md", "flows/.git/x.toml", "tests/x.toml"):
        touch(folder / file)
    assert not_found(folder, "flows", is_empty=False) is None
    for number in range(5):
        touch(folder / f"flows/team/{number}.toml")
    assert not_found(folder, "flows", is_empty=False) == (
        f"{folder}: not everything is read; folders below flows are not searched: "
        "move flows/team/0.toml, flows/team/1.toml, flows/team/2.toml and 2 more up"
    )


def test_links_in_circles_and_folders_that_cannot_be_read_are_nothing(folder: Path) -> None:
    (folder / "flows").mkdir()
    (folder / "flows/again").symlink_to(folder / "flows")
    touch(folder / "flows/closed/x.toml")
    (folder / "flows/closed").chmod(0)
    try:
        assert look_around(folder, "flows")[1:] == NOTHING or os.geteuid() == 0
    finally:
        (folder / "flows/closed").chmod(0o700)


@pytest.mark.parametrize(
    ("make", "where", "words"),
    [
        (lambda top: touch(top / "workspace.toml"), "flows", "the workspace is {top}; name that folder"),
        (lambda top: touch(top / "workspace.toml"), "flows/team", "the workspace is {top}; name that folder"),
        (lambda top: touch(top / "Workspace.toml"), "", "rename Workspace.toml to workspace.toml"),
        (lambda top: touch(top / "workspace.toml.txt"), "", "rename workspace.toml.txt to workspace.toml"),
        (lambda top: touch(top / "workspace.yaml"), "", "workspace.yaml is no TOML; write it as workspace.toml"),
        (lambda top: touch(top / "shop/workspace.toml"), "", "there is one in {top}/shop"),
        (lambda top: None, "flows", "a workspace is the folder around flows; to make one, run: oncue init {top}"),
        (lambda top: None, "", "to make one, run: oncue init {top}"),
        (lambda top: None, "team", "to make one, run: oncue init {top}/team"),
    ],
)
def test_a_folder_that_is_no_workspace_leads_to_one(
    tmp_path: Path, make: Callable[[Path], None], where: str, words: str
) -> None:
    (tmp_path / where).mkdir(parents=True, exist_ok=True)
    make(tmp_path)
    expected = words.format(top=tmp_path)
    assert advice_without_config(tmp_path / where) == expected
    with pytest.raises(WorkspaceError) as caught:
        load_workspace(tmp_path / where)
    assert caught.value.hint == expected
