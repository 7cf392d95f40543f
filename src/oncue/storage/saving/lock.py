"""The lock of a workspace: one process saves to it at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from oncue.errors import SaveError

LOCK_SECONDS = 10.0


@contextmanager
def locked(state: Path | None, timeout: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock in the state folder ``state``. Without a state folder there is no lock to hold.

    Raises `SaveError` if another oncue holds it for longer than ``timeout`` seconds.
    """
    if state is None:
        yield
        return
    lock = FileLock(state / "lock", timeout=timeout, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise SaveError("workspace", "another oncue is saving to it; try again when it is done") from None
    except OSError:  # a state folder on a file system without locks, or one that is full
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):  # what was saved is saved; the lock ends with the process at the latest
            lock.release()
