"""The only way to change a file of the workspace or of the user: as a whole or not at all.

New content is written to a temporary file beside the target and flushed to the disk, and takes the target's name in
one step; then the folder is flushed, so that the name survives a power cut as well. Whatever fails on the way, the
old content still has its name. Nothing else in oncue opens a file of the workspace for writing; a test checks that.

Where it is known what is replaced, nothing else is: the old and the new file exchange their names, and what came out
is looked at. If another program has written it meanwhile, the names are exchanged back. Where the system has no such
exchange, the old file is renamed out of the way, and the new one gets the name if it is free still; a process that is
killed between the two leaves the old one under a name from which `remove_strays` puts it back.

Several files are all `Staged` before the first of them takes its place, so a full disk is found while nothing has
changed yet. The order of these steps is decided by `oncue.storage.saving.transaction`.
"""

import errno
import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from oncue.storage.files import describe_os_error, read_regular
from oncue.storage.saving.exchange import exchange

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_CREATE |= getattr(os, "O_BINARY", 0)
_TEMPORARY = re.compile(r"\.(.+)\.oncue-[0-9a-f]{8}\.(tmp|old)\Z")
_MOST = 1024 * 1024  # bytes of a file that are compared; those that are replaced are far smaller
_MOST_EXCHANGES = 10
OLD = 3_600.0
"""Seconds after which a temporary file cannot belong to a write that is under way."""
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
    errno.EBUSY: "it is in use by the system, as a file that is mounted by itself is; save a copy elsewhere",
}


class ReadOnlyFileError(PermissionError):
    """Somebody made the file read-only. The folder would permit to replace it all the same, which is not asked for."""


class OvertakenError(FileExistsError):
    """Another program wrote the file meanwhile; its version is in place. ``displaced`` are those that are not."""

    def __init__(self, target: Path, displaced: tuple[bytes, ...] = ()) -> None:
        super().__init__(errno.EEXIST, "another program wrote it meanwhile", os.fspath(target))
        self.displaced = displaced


class Staged:
    """New content that is on the disk beside its target, but not under its name yet.

    ``data`` of ``None`` stands for a removal. ``expected`` is what is replaced or removed, if that is known. Call
    `take_place` or `drop`, once. ``OSError`` if it cannot be written, `ReadOnlyFileError` if it must not be.
    """

    def __init__(
        self,
        target: Path,
        data: bytes | None,
        new: bool = False,
        private: bool = False,
        expected: bytes | None = None,
        mode: int | None = None,
    ) -> None:
        self.target, self._new, self._data, self._expected = target, new, data, expected
        _refuse_read_only(target)
        usual = 0o600 if private else 0o666
        self._temporary = None if data is None else _write_beside(target, data, usual, mode)

    def take_place(self) -> None:
        """Give the new content its name, or remove the target. ``OSError`` if that fails; nothing changed then.

        A new file never replaces one that was created meanwhile: ``FileExistsError``. Nor does a file replace
        another one than it was made for: `OvertakenError`.
        """
        if self._temporary is None:
            self._remove()
        elif self._new and _named_new(self._temporary, self.target):
            self.drop()
        elif self._expected is None:
            self._temporary.replace(self.target)
            self._temporary = None
        elif exchange(self._temporary, self.target):
            self._check_what_came_out(self._temporary)
            self.drop()
        else:
            self._replace_in_two_steps(self._temporary)

    def _replace_in_two_steps(self, temporary: Path) -> None:
        aside = _beside(self.target, "old")
        self.target.replace(aside)
        out = _content(aside)
        if out != self._expected:
            self._put_back(aside, out)
        try:
            if _named_new(temporary, self.target):
                self.drop()
            else:
                temporary.replace(self.target)
                self._temporary = None
        except FileExistsError:
            _free(aside)  # which is what was expected, so nobody needs it
            raise OvertakenError(self.target) from None
        except OSError:
            _restore(aside, self.target)
            raise
        _free(aside)

    def _remove(self) -> None:
        """Rename it before it is removed, so that what is removed can be looked at."""
        if self._expected is None or self.target.is_symlink():
            self.target.unlink()
            return
        aside = _beside(self.target)
        self.target.replace(aside)
        out = _content(aside)
        if out != self._expected:
            self._put_back(aside, out)
        try:
            aside.unlink()
        except OSError:
            aside.replace(self.target)
            raise

    def _put_back(self, aside: Path, out: bytes | None) -> None:
        try:
            if not _named_new(aside, self.target):
                aside.replace(self.target)
        except FileExistsError:  # another program wrote it once more: that is the newest
            displaced = () if out is None else (out,)
        else:
            displaced = ()
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise OvertakenError(self.target, displaced)

    def _check_what_came_out(self, temporary: Path) -> None:
        """If it is not what was expected, give it its name again; `OvertakenError` then."""
        put, out, displaced = self._data, _content(temporary), []
        if out == self._expected:
            return
        for _ in range(_MOST_EXCHANGES):
            if not exchange(temporary, self.target):
                break
            put, theirs, out = out, put, _content(temporary)
            if out == theirs:  # what had been put there: nobody wrote since
                break
            # The newest is to be in place, and the one that is there now must not be lost.
            if put is not None:
                displaced.append(put)
        self.drop()
        raise OvertakenError(self.target, tuple(displaced))

    def drop(self) -> None:
        """Remove the temporary file, if there is one still."""
        if self._temporary is not None:
            with suppress(OSError):
                self._temporary.unlink(missing_ok=True)
                self._temporary = None


def replace_file(
    target: Path,
    data: bytes | None,
    new: bool = False,
    private: bool = False,
    expected: bytes | None = None,
    mode: int | None = None,
) -> None:
    """Replace ``target`` with ``data``, create it, or remove it (``None``).

    If that fails, with ``OSError``, it is as it was.
    ``new``: it must not exist yet. ``private``: a file that is created is readable by this user only. ``expected``:
    nothing else must be replaced. ``mode``: the permissions of the file, whatever the umask and the old ones are.
    """
    staged = Staged(target, data, new, private, expected, mode)
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


def remove_strays(folder: Path, older_than: float = 0.0) -> None:
    """Remove temporary files that a killed process left in ``folder``; what was only renamed gets its name back.

    Where no lock says that nobody writes there now, only those ``older_than`` so many seconds.
    """
    before = time.time() - older_than
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                stray = _TEMPORARY.match(entry.name)
                if stray is None or not entry.is_file(follow_symlinks=False):
                    continue
                if older_than and entry.stat(follow_symlinks=False).st_ctime > before:
                    continue
                if stray[2] == "old":
                    _restore(Path(entry.path), folder / stray[1])
                else:
                    _free(Path(entry.path))


def describe_write_error(error: BaseException) -> str:
    """Why a file could not be written and what helps, in a few words for the user."""
    if isinstance(error, ReadOnlyFileError):
        return "the file is read-only; make it writable and save again"
    advice = _ADVICE.get(error.errno or 0) if isinstance(error, OSError) else None
    return advice or describe_os_error(error)


def _write_beside(target: Path, data: bytes, mode: int, exact: int | None = None) -> Path:
    """Write a temporary file beside ``target``, with its permissions or ``exact`` ones, and flush it; an error leaves
    none behind.
    """
    before = _status(target)
    temporary = _beside(target)
    handle = os.open(temporary, _CREATE, mode if before is None else 0o600)
    try:
        try:
            if before is not None and hasattr(os, "fchmod"):
                _take_over(handle, before, target)
            if exact is not None and hasattr(os, "fchmod"):
                with suppress(OSError):
                    os.fchmod(handle, exact)
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


def _beside(target: Path, ending: str = "tmp") -> Path:
    return target.with_name(f".{target.name}.oncue-{secrets.token_hex(4)}.{ending}")


def _restore(aside: Path, target: Path) -> None:
    """Give a file that was renamed its name back, if that is free still."""
    with suppress(OSError):
        if not _named_new(aside, target):
            aside.replace(target)
    if os.path.lexists(target):
        _free(aside)


def _free(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _content(path: Path) -> bytes | None:
    """What is in a file that was replaced; ``None`` if that cannot be told, which is nothing that was expected."""
    try:
        return read_regular(os.fspath(path), _MOST)[0]
    except (OSError, ValueError):
        return None


def _refuse_read_only(target: Path) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode) and (not mode & 0o222 or not os.access(target, os.W_OK)):
        raise ReadOnlyFileError(errno.EACCES, "the file is read-only", os.fspath(target))


def _status(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _take_over(handle: int, before: os.stat_result, target: Path) -> None:
    """Owner, permissions and, as far as the system permits, the extended attributes, such as access lists."""
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (before.st_uid, before.st_gid):
        with suppress(PermissionError):
            os.fchown(handle, before.st_uid, before.st_gid)
    os.fchmod(handle, stat.S_IMODE(before.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(target, name))


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
