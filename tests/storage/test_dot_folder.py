import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, opened, renamed

from oncue.errors import SaveWarning
from oncue.storage.dot_folder import DOT_FOLDER, dot_folder, make_dot_folder, read_id, write_id
from oncue.storage.loader import load
from oncue.storage.saving.save import save_session
from oncue.storage.saving.transaction import recover
from oncue.storage.user.drafts import DraftStore, find_drafts


def test_looking_at_a_workspace_leaves_nothing_in_it(folder: Path) -> None:
    load(folder)
    recover(folder)
    find_drafts(folder)
    DraftStore(folder).close()
    assert not (folder / DOT_FOLDER).exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_does_not_see_it(folder: Path) -> None:
    loaded, session = opened(folder)
    subprocess.run(["git", "init", "-q", folder], check=True)
    save_session(loaded, renamed(session, ONE, "Mine"))
    assert dot_folder(folder) is not None
    ran = subprocess.run(["git", "-C", folder, "status", "--porcelain", "-uall"], check=True, capture_output=True)
    assert b"flows" in ran.stdout
    assert b"oncue" not in ran.stdout


@pytest.mark.parametrize("mode", [0o700, 0o2775])
def test_whoever_may_write_to_the_workspace_may_lock_it(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    mask = os.umask(0o077)
    try:
        loaded, session = opened(folder)
        save_session(loaded, renamed(session, ONE, "Mine"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / DOT_FOLDER).stat().st_mode) & 0o777 == mode & 0o777
    assert stat.S_IMODE((folder / DOT_FOLDER / "lock").stat().st_mode) == mode & 0o666


@pytest.mark.parametrize("what", ["link", "file"])
def test_what_is_no_folder_is_not_used_and_that_is_said(folder: Path, tmp_path: Path, what: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if what == "link":
        (folder / DOT_FOLDER).symlink_to(elsewhere)
    else:
        (folder / DOT_FOLDER).write_text("theirs")
    assert recover(folder) == ()
    loaded, session = opened(folder)
    _, after, (warning,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert isinstance(warning, SaveWarning)
    assert "without the lock" in str(warning)
    assert not after.dirty
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"../../x", b"0" * 31, b"0" * 33, b"\xff" * 32, b"A" * 32])
def test_an_id_that_is_none(folder: Path, content: bytes) -> None:
    (make_dot_folder(folder) / "id").write_bytes(content)
    assert read_id(folder) is None
    write_id(folder, "0" * 32)
    assert read_id(folder) == "0" * 32


def test_whoever_shares_the_workspace_may_read_its_id_whatever_the_umask_of_the_other_one_is(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        write_id(folder, "a" * 32)
    finally:
        os.umask(before)
    for name in ("id", ".gitignore"):
        assert (folder / DOT_FOLDER / name).stat().st_mode & 0o777 == folder.stat().st_mode & 0o666
