"""A workspace of a revision is the one that a checkout of it is; what cannot be read is a problem of its own."""

import os
from pathlib import Path

import pytest
from tests.storage.test_git import git

from oncue.errors import WorkspaceError
from oncue.storage.git import Revision
from oncue.storage.loader import load_workspace
from oncue.storage.revisions import load_revision

HEAD = Revision("HEAD", None)
FLOW = 'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("flows", "scenarios"):
        (tmp_path / name).mkdir()
    (tmp_path / "workspace.toml").write_text('name = "Acme"\n')
    (tmp_path / "flows/a.toml").write_text(FLOW)
    (tmp_path / "scenarios/s.toml").write_text('name = "S"\n[[events]]\nevent = "conversation_created"\n')
    git(tmp_path, "init", "-q")
    return tmp_path


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")


def test_it_is_what_a_checkout_would_be(repository: Path) -> None:
    (repository / "flows/broken.toml").write_text("name = ")
    (repository / "flows/Bad Name.toml").write_text(FLOW)
    (repository / "flows/upper.TOML").write_text(FLOW)
    (repository / "flows/.hidden.toml").write_text(FLOW)
    (repository / "flows/notes.md").write_text("")
    (repository / "flows/below").mkdir()
    (repository / "flows/below/b.toml").write_text(FLOW)
    commit(repository)
    here = load_workspace(repository)
    assert load_revision(HEAD, str(repository)) == here
    assert len(here.problems) >= 3


def test_the_sample_workspace_is_the_same(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_workspace"
    for path in sample.rglob("*.toml"):
        target = tmp_path / path.relative_to(sample)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    assert load_revision(HEAD, str(tmp_path)) == load_workspace(sample)


def test_what_is_not_committed_is_not_there(repository: Path) -> None:
    commit(repository)
    before = sorted(path for path in repository.rglob("*") if ".git" not in path.parts)
    (repository / "flows/a.toml").unlink()
    assert list(load_revision(HEAD, str(repository)).flows) == ["a"]
    assert sorted(path for path in repository.rglob("*") if ".git" not in path.parts) == [
        path for path in before if path.name != "a.toml"
    ]


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_links_are_not_followed(repository: Path) -> None:
    (repository / "flows/link.toml").symlink_to("/etc/passwd")
    (repository / "flows/large.toml").write_text(f"# {'x' * 2_000_000}")
    commit(repository)
    problems = {problem.file: problem.message for problem in load_revision(HEAD, str(repository)).problems}
    assert problems["flows/link.toml"] == "a link; links are not followed in a revision"
    assert problems["flows/large.toml"].startswith("the file has 2,000,002 bytes")


def test_a_folder_that_is_none(repository: Path) -> None:
    (repository / "flows/a.toml").unlink()
    (repository / "flows").rmdir()
    (repository / "flows").symlink_to("scenarios")
    commit(repository)
    found = load_revision(HEAD, str(repository))
    assert not found.flows
    assert found.problems[0].file == "flows"
    assert "a link" in found.problems[0].message


def test_a_broken_config(repository: Path) -> None:
    (repository / "workspace.toml").write_text("nmae = 1")
    commit(repository)
    with pytest.raises(WorkspaceError, match=r"git:HEAD: workspace\.toml: name: missing; .*did you mean 'name'"):
        load_revision(HEAD, str(repository))
    (repository / "workspace.toml").unlink()
    (repository / "workspace.toml").symlink_to("flows/a.toml")
    commit(repository)
    with pytest.raises(WorkspaceError, match="links are not followed"):
        load_revision(HEAD, str(repository))
