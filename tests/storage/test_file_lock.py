import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from oncue.storage.file_lock import FileLock


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    one, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.acquire()
    assert not other.acquire()
    assert not other.acquire(timeout=0.05)
    assert (one.is_locked, other.is_locked) == (True, False)
    one.release()
    one.release()
    assert other.acquire(timeout=5)
    other.release()


def test_it_ends_with_its_process(tmp_path: Path) -> None:
    script = "import os, sys; from pathlib import Path; from oncue.storage.file_lock import FileLock\n"
    script += "assert FileLock(Path(sys.argv[1])).acquire(); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path / "lock")], check=False).returncode == -9
    lock = FileLock(tmp_path / "lock")
    assert lock.acquire()
    lock.release()


def test_its_file_is_as_private_as_asked_for_and_is_never_truncated(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    mask = os.umask(0o077)
    try:
        lock = FileLock(path, 0o660)
        assert lock.acquire()
    finally:
        os.umask(mask)
    lock.release()
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    path.write_text("precious")
    lock = FileLock(path)
    assert lock.acquire()
    lock.release()
    assert path.read_text() == "precious"


def test_a_file_that_may_only_be_read_is_locked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "lock", os.open
    path.touch()

    def denied(name: Path, flags: int, *rest: int) -> int:
        if flags & os.O_RDWR and not flags & os.O_EXCL:
            raise PermissionError(13, "Permission denied")
        return real(name, flags, *rest)

    monkeypatch.setattr(os, "open", denied)
    one, other = FileLock(path), FileLock(path)
    assert one.acquire()
    assert not other.acquire()
    one.release()


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_is_no_file_is_not_locked(tmp_path: Path, what: str) -> None:
    path = tmp_path / "lock"
    if what == "link":
        (tmp_path / "precious").write_text("precious")
        path.symlink_to(tmp_path / "precious")
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(OSError):
        FileLock(path).acquire()
