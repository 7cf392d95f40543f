"""The lock of a workspace: one process saves to it at a time, whoever runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oncue.errors import SaveError
from oncue.storage.dot_folder import shared_mode
from oncue.storage.file_lock import FileLock
from oncue.storage.files import describe_os_error

LOCK_SECONDS = 10.0


@contextmanager
def locked(beside: Path, timeout: float = LOCK_SECONDS) -> Iterator[str]:
    """Hold the lock in the workspace's hidden folder ``beside``; gives "" or why there can be none.

    Raises `SaveError` if another oncue holds it for longer than ``timeout`` seconds.
    """
    lock, problem = FileLock(beside / "lock", shared_mode(beside)), ""
    try:
        if not lock.acquire(timeout):
            raise SaveError("workspace", "another oncue is saving to it; try again when it is done")
    except OSError as error:  # a file system without locks, or one that is full
        problem = describe_os_error(error)
    try:
        yield problem
    finally:
        lock.release()
