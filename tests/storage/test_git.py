"""What ``git:REV`` names, and what is said where it names nothing."""

import os
import subprocess
from pathlib import Path

import pytest

from oncue.errors import WorkspaceError
from oncue.storage.git import Repository, Revision, parse_revision, refs


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=Jane", "-c", "user.email=jane@example.org", "-c", "commit.gpgsign=false"]
    settings += ["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    ran = subprocess.run(
        ["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, check=True, env=environment
    )
    return ran.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a workspace in ``bots/support`` and one at its top."""
    for folder in ("", "bots/support/"):
        (tmp_path / folder / "flows").mkdir(parents=True)
        (tmp_path / folder / "workspace.toml").write_text('name = "Acme"\n')
        (tmp_path / folder / "flows/a.toml").write_text("x")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def message(folder: Path, text: str) -> str:
    revision = parse_revision(text)
    assert revision is not None
    with pytest.raises(WorkspaceError) as caught:
        Repository(str(folder), revision).files(("flows",))
    return str(caught.value)


def files(folder: Path, text: str) -> list[str]:
    revision = parse_revision(text)
    assert revision is not None
    return sorted(Repository(str(folder), revision).files(("flows",)))


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("git:HEAD", Revision("HEAD", None)),
        ("git:origin/main", Revision("origin/main", None)),
        ("git:HEAD:", Revision("HEAD", "")),
        ("git:HEAD~2:a/b:c", Revision("HEAD~2", "a/b:c")),
        ("git:HEAD@{2026-01-01 10:00}:a", Revision("HEAD@{2026-01-01 10:00}", "a")),
        ("git:", Revision("", None)),
        ("./git:x", None),
        ("flows", None),
    ],
)
def test_what_is_named(text: str, revision: Revision | None) -> None:
    assert parse_revision(text) == revision


@pytest.mark.parametrize(
    "text", ["git:HEAD", "git:main", "git:HEAD:./", "git:HEAD:bots/support", "git:HEAD:../support"]
)
def test_the_folder_is_found(repository: Path, text: str) -> None:
    assert files(repository / "bots/support", text) == ["flows/a.toml", "workspace.toml"]


def test_what_was_is_read_and_not_what_is(repository: Path) -> None:
    (repository / "flows/a.toml").write_text("y")
    revision = Revision("HEAD", None)
    found = Repository(str(repository), revision)
    blob = found.files(("flows",))["flows/a.toml"]
    assert found.contents([blob, blob]) == {blob.object: b"x"}
    assert blob.size == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("git:", "git:: name a revision, such as git:HEAD or git:origin/main"),
        ("git:mian", "git:mian: there is no revision 'mian' in this repository; did you mean 'main'?"),
        (
            "git:--upload-pack=x",
            "there is no revision '--upload-pack=x' in this repository; expected one of: HEAD, main",
        ),
        (
            "git:HEAD:bots",
            "there is no workspace.toml, so this is no workspace (there is one at git:HEAD:, git:HEAD:bots/",
        ),
        ("git:HEAD:nix", "there is no 'nix' in HEAD (there is one at git:HEAD:, git:HEAD:bots/support)"),
        ("git:HEAD:workspace.toml", "'workspace.toml' is no folder in HEAD"),
    ],
)
def test_what_is_not_there(repository: Path, text: str, words: str) -> None:
    assert words in message(repository, text)


def test_no_repository(tmp_path: Path) -> None:
    assert message(tmp_path, "git:HEAD") == f"git:HEAD: {tmp_path} is in no git repository"
    assert message(tmp_path / "nix", "git:HEAD").endswith("nix is no folder, so it is in no git repository")
    assert refs(str(tmp_path)) == []


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert message(repository, "git:HEAD") == "git:HEAD: git is not installed, or not on the PATH"
    assert refs(str(repository)) == []


def test_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert message(tmp_path, "git:HEAD").endswith(
        "there is no revision 'HEAD' in this repository; there is no commit yet"
    )


def test_a_shallow_clone_is_told_from_a_wrong_name(repository: Path, tmp_path: Path) -> None:
    git(repository, "commit", "--allow-empty", "-qm", "two")
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "shallow")
    assert "the clone is shallow: fetch it first" in message(tmp_path / "shallow", "git:HEAD~1")


def test_nothing_of_the_repository_runs(repository: Path) -> None:
    ran = repository / "ran"
    program = f"touch {ran};cat"
    (repository / ".gitattributes").write_text("*.toml filter=evil diff=evil export-subst\n")
    for name in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.pager", "core.fsmonitor"):
        git(repository, "config", name, program)
    hook = repository / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{program}\n")
    hook.chmod(0o755)
    found = Repository(str(repository), Revision("HEAD", None))
    assert b"x" in found.contents(found.files(("flows",)).values()).values()
    assert not ran.exists()


def test_branches_and_tags_are_offered(repository: Path) -> None:
    git(repository, "tag", "v1")
    assert refs(str(repository)) == ["HEAD", "main", "v1"]
