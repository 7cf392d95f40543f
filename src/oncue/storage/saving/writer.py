"""The only way to change a file of the workspace or of the user: as a whole or not at all.

New content is written to a temporary file beside the target and flushed to the disk, and takes the target's name in
one step; then the folder is flushed, so that the name survives a power cut as well. Whatever fails on the way, the
old content still has its name. Nothing else in oncue opens a file of the workspace for writing; a test checks that.

Several files are all `Staged` before the first of them takes its place, so a full disk is found while nothing has
changed yet. The order of these steps is decided by `oncue.storage.saving.transaction`.
"""

import errno
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from oncue.storage.files import describe_os_error

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_CREATE |= getattr(os, "O_BINARY", 0)
_TEMPORARY = re.compile(r"\..+\.oncue-[0-9a-f]{8}\.tmp\Z")
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

_ADVICE = {
    errno.ENOSPC: "the disk is full; make room and save again",
    errno.EDQUOT: "your disk quota is used up; make room and save again",
    errno.EACCES: "there is no permission to write here",
    errno.EPERM: "the system does not permit to write here",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk reports an error; save a copy elsewhere",
    errno.EFBIG: "the file would be larger than is allowed here",
    errno.ENOENT: "the folder is gone",
}


class Staged:
    """New content that is on the disk beside its target, but not under its name yet.

    ``data`` of ``None`` stands for a removal. Call `take_place` or `drop`, once.
    """

    def __init__(self, target: Path, data: bytes | None, new: bool = False, private: bool = False) -> None:
        self.target, self._new = target, new
        self._temporary = None if data is None else _write_beside(target, data, 0o600 if private else 0o666)

    def take_place(self) -> None:
        """Give the new content its name, or remove the target. ``OSError`` if that fails; nothing changed then.

        A new file never replaces one that was created meanwhile: ``FileExistsError``.
        """
        if self._temporary is None:
            self.target.unlink()
        elif self._new and _named_new(self._temporary, self.target):
            self.drop()
        else:
            self._temporary.replace(self.target)
            self._temporary = None

    def drop(self) -> None:
        """Remove the temporary file, if there is one still."""
        if self._temporary is not None:
            with suppress(OSError):
                self._temporary.unlink(missing_ok=True)
                self._temporary = None


def replace_file(target: Path, data: bytes, new: bool = False, private: bool = False) -> None:
    """Replace ``target`` with ``data``, or create it. If that fails, with ``OSError``, it is as it was.

    ``new``: it must not exist yet. ``private``: a file that is created is readable by this user only.
    """
    staged = Staged(target, data, new, private)
    try:
        staged.take_place()
    finally:
        staged.drop()
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut, where the system can promise it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise
    finally:
        os.close(handle)


def remove_strays(folder: Path) -> None:
    """Remove temporary files that a killed process left in ``folder``. Only while the workspace is locked."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.match(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    Path(entry.path).unlink()


def describe_write_error(error: BaseException) -> str:
    """Why a file could not be written and what helps, in a few words for the user."""
    advice = _ADVICE.get(error.errno or 0) if isinstance(error, OSError) else None
    return advice or describe_os_error(error)


def _write_beside(target: Path, data: bytes, mode: int) -> Path:
    """Write a temporary file beside ``target``, with its permissions, and flush it; an error leaves none behind."""
    before = _status(target)
    temporary = target.with_name(f".{target.name}.oncue-{secrets.token_hex(4)}.tmp")
    handle = os.open(temporary, _CREATE, mode if before is None else 0o600)
    try:
        try:
            if before is not None and hasattr(os, "fchmod"):
                _take_over(handle, before)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _status(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _take_over(handle: int, before: os.stat_result) -> None:
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (before.st_uid, before.st_gid):
        with suppress(PermissionError):
            os.fchown(handle, before.st_uid, before.st_gid)
    os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _named_new(temporary: Path, target: Path) -> bool:
    """Give the file a second name without replacing any; ``False`` where there are no hard links and it is free."""
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, "a file of this name came into being", os.fspath(target)) from None
        return False
    return True
