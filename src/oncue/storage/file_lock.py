"""A lock on a file, which ends with the process that holds it, however that ends.

The system keeps it (``flock``, or ``LockFile`` on Windows), so nothing has to be cleaned up after a crash. Where the
file may only be read, as in a shared folder of another user, it is locked all the same. The file itself means
nothing and is never truncated: in a folder that came from somebody else it may be anything.
"""

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_PAUSE = 0.02
"""Seconds between two tries."""

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """The lock on the file ``path``, which is made with the permissions ``mode`` if it is not there."""

    def __init__(self, path: Path, mode: int = 0o600) -> None:
        self._path, self._mode = path, mode
        self._handle: int | None = None

    @property
    def is_locked(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def acquire(self, timeout: float = 0.0) -> bool:
        """Take the lock; ``False`` if somebody else still holds it after ``timeout`` seconds.

        ``OSError`` if there can be no lock: there is no such folder, or its file system has none.
        """
        until = time.monotonic() + timeout
        handle = self._opened()
        while True:
            try:
                _take(handle)
            except OSError as error:
                if error.errno in _HELD and time.monotonic() < until:
                    time.sleep(_PAUSE)
                    continue
                os.close(handle)
                if error.errno in _HELD:
                    return False
                raise
            except BaseException:
                os.close(handle)
                raise
            self._handle = handle
            return True

    def release(self) -> None:
        """Release the lock, if it is held."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):  # whatever it says, the system has closed it
                os.close(handle)

    def _opened(self) -> int:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS, self._mode)
        except FileExistsError:
            handle = self._opened_again()
        else:
            if hasattr(os, "fchmod"):
                with suppress(OSError):
                    os.fchmod(handle, self._mode)  # which the umask has narrowed
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(errno.EINVAL, "something that is not a file is in the place of the lock", str(self._path))
        return handle

    def _opened_again(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | _FLAGS)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            return os.open(self._path, os.O_RDONLY | _FLAGS)
