"""What git knows of a workspace; everything works without it."""

import subprocess
from pathlib import Path

import pytest

from oncue.storage.git_status import git_folder, read_git, signature


def git(folder: Path, *words: str) -> None:
    own = ("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", *words)
    subprocess.run(own, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository/workspace"
    folder.mkdir(parents=True)
    git(folder.parent, "init", "-b", "trunk")
    (folder / "workspace.toml").write_text("name = 'x'\n")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "One")
    return folder


def test_the_branch_and_the_changes_of_the_workspace_alone(repository: Path) -> None:
    own = git_folder(repository)
    assert own is not None
    assert read_git(repository, own) == ("trunk", 0)
    (repository / "workspace.toml").write_text("name = 'y'\n")
    (repository / "new one.toml").write_text("")
    (repository.parent / "beside.toml").write_text("")
    assert read_git(repository, own) == ("trunk", 2)


def test_looking_writes_nothing_and_a_commit_is_noticed(repository: Path) -> None:
    own = git_folder(repository)
    assert own is not None
    before = signature(own)
    read_git(repository, own)
    assert signature(own) == before
    (repository / "workspace.toml").write_text("name = 'y'\n")
    git(repository, "commit", "-am", "Two")
    assert signature(own) != before


def test_a_commit_that_is_no_branch_and_a_work_tree(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", str(tmp_path / "tree"), "-b", "other")
    own = git_folder(tmp_path / "tree/workspace")
    assert own is not None
    assert read_git(tmp_path / "tree/workspace", own) == ("other", 0)
    git(repository, "checkout", "--detach")
    own = git_folder(repository)
    assert own is not None
    state = read_git(repository, own)
    assert state is not None
    assert len(state.branch) == 8


def test_without_git_and_without_a_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = git_folder(repository)
    assert own is not None
    monkeypatch.setenv("PATH", "")
    assert read_git(repository, own) == ("trunk", None)
    (own / "HEAD").unlink()
    assert read_git(repository, own) is None
    assert git_folder(Path("/")) is None
