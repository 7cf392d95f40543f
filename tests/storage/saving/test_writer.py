import errno
import os
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, WELCOME, opened, renamed

from oncue.editing import edits
from oncue.storage.loader import load
from oncue.storage.saving import exchange as exchanging
from oncue.storage.saving import writer
from oncue.storage.saving.save import save_session


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EACCES, "permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "error"),
        (errno.EFBIG, "larger"),
    ],
)
def test_the_error_says_what_helps(folder: Path, code: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")

    def fail(handle: int, data: bytes) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", fail)
    _, after, (error,) = save_session(loaded, session)
    assert words in str(error)
    assert after.dirty == {ONE}


def test_a_short_write_is_continued(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:7]))
    assert save_session(loaded, renamed(session, ONE, "Mine"))[2] == ()
    assert load(folder).workspace.flows[ONE].name == "Mine"


def test_the_order_of_a_save(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new content is on the disk before it gets its name, and the name before the save is over."""
    loaded, session = opened(folder)
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace
    root = os.fspath(folder / "flows")

    def sync(handle: int) -> None:
        path = str(Path(f"/proc/self/fd/{handle}").readlink())
        if path.startswith(root):
            done.append("flush folder" if Path(path).is_dir() else "flush file")
        real_sync(handle)

    def replace(self: Path, target: Path) -> Path:
        if os.fspath(target).startswith(root):
            done.append("rename")
        return real_replace(self, target)

    real_exchange = exchanging.exchange

    def exchange(one: Path, other: Path) -> bool:
        done.append("rename")
        return real_exchange(one, other)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(writer, "exchange", exchange)
    save_session(loaded, renamed(session, ONE, "Mine"))
    assert done == ["flush file", "rename", "flush folder"]
    done.clear()
    writer.replace_file(folder / WELCOME, b"x")
    assert done == ["flush file", "rename", "flush folder"]


def test_a_read_only_file_is_not_replaced(folder: Path) -> None:
    (folder / WELCOME).chmod(0o444)
    loaded, session = opened(folder)
    before = (folder / WELCOME).read_bytes()
    _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert "read-only; make it writable" in str(error)
    assert after.dirty
    deleted = session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE])
    assert "read-only" in str(save_session(loaded, deleted)[2])
    assert (folder / WELCOME).read_bytes() == before
    (folder / WELCOME).chmod(0o644)
    assert save_session(loaded, renamed(session, ONE, "Mine"))[2] == ()


def test_extended_attributes_are_kept(folder: Path) -> None:
    try:
        os.setxattr(folder / WELCOME, "user.note", b"theirs")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    loaded, session = opened(folder)
    assert save_session(loaded, renamed(session, ONE, "Mine"))[2] == ()
    assert os.getxattr(folder / WELCOME, "user.note") == b"theirs"


def test_a_file_that_is_mounted_by_itself_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_paths: Path) -> bool:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(writer, "exchange", busy)
    loaded, session = opened(folder)
    _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert "mounted" in str(error)
    assert after.dirty
    assert not list(folder.rglob(".*.tmp"))
