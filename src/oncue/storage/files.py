"""Find and read the files of a workspace, trusting nothing about them.

A folder that came out of somebody's git repository may contain anything under a name that ends in ``.toml``: a pipe
that never ends, a device, a link to ``/etc``. Nothing but regular files is opened here, and no link is followed out
of the workspace; each such name is one problem.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from oncue.domain.problems import Code, Problem
from oncue.domain.rules import check_flow_id, flow_id_from

try:
    # The same as hashlib's, but importing hashlib links OpenSSL, which takes 3.6 ms instead of 0.4.
    from _blake2 import blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b

CLOCK_TICK_NS = 50_000_000
"""More than the time that a file system's clock stands still between two ticks."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FLAGS |= getattr(os, "O_BINARY", 0)


class Signature(NamedTuple):
    """What changes when a file does, and is known without reading it."""

    mtime_ns: int
    size: int
    inode: int
    ctime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """The signature in ``status``."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)

    def tells_writes_since(self, read_at: int) -> bool:
        """Whether every write after ``read_at``, when the file was read, must have changed this signature.

        Time stamps are coarse: what was written directly before it was read may be written again with the same one.
        """
        return self.mtime_ns < read_at - CLOCK_TICK_NS


class FileState(NamedTuple):
    """A file as it was read: the hash of its bytes, and its signature at that time."""

    digest: str
    signature: Signature


class Found(NamedTuple):
    """A file that may hold a flow or a scenario. ``path`` is what to open, links followed."""

    id: str
    file: str
    path: str
    entry: "os.DirEntry[str]"

    def signature(self) -> Signature | None:
        """The file's signature now; ``None`` if it is gone."""
        try:
            return Signature.of(self.entry.stat())
        except OSError:
            return None


def digest(data: bytes) -> str:
    """The hash by which contents are compared."""
    return blake2b(data, digest_size=32).hexdigest()


def find(folder: Path, name: str) -> Iterator[Found | Problem]:
    """The ``.toml`` files of the sub-folder ``name``, unordered; anything else with that ending is a problem.

    A sub-folder that does not exist has no files. Hidden files and other endings are skipped.
    """
    path = folder / name
    try:
        inside = path.resolve(strict=True).is_relative_to(folder)
        entries = _entries(path) if inside else None
    except FileNotFoundError:
        if os.path.islink(path):  # noqa: PTH114 - which never fails, unlike that of pathlib
            yield Problem(name, "a link to nothing; remove it or make it a folder", Code.UNREADABLE)
        return
    except (OSError, RuntimeError) as error:
        yield Problem(name, why_unreadable(error, "folder"), Code.UNREADABLE)
        return
    if entries is None:
        yield Problem(name, "a link that leads out of the workspace; it is not followed", Code.UNREADABLE)
        return
    for entry in entries:
        if entry.name[-5:].lower() == ".toml" and entry.name[0] != ".":
            yield _look_at(entry, folder, name, entries)


def _entries(path: Path) -> "list[os.DirEntry[str]]":
    """All at once, because reading on may fail as well as opening."""
    with os.scandir(path) as entries:
        return list(entries)


def _look_at(entry: "os.DirEntry[str]", folder: Path, name: str, entries: "list[os.DirEntry[str]]") -> Found | Problem:
    stem, file = entry.name[:-5], f"{name}/{entry.name}"
    if (problem := name_problem(name, entry.name, (each.name for each in entries))) is not None:
        return problem
    try:
        path = _inside(entry, folder)
        if entry.is_file():
            return Found(stem, file, path, entry)
        return Problem(file, f"{_kind(entry.stat().st_mode)}, not a file", Code.UNREADABLE)
    except FileNotFoundError:
        message = "a link to nothing" if entry.is_symlink() else "removed while the folder was read"
        return Problem(file, message, Code.UNREADABLE)
    except (OSError, RuntimeError, ValueError) as error:
        return Problem(file, describe_os_error(error), Code.UNREADABLE)


def name_problem(folder: str, name: str, names: Iterable[str]) -> Problem | None:
    """Why the file ``name``, one of ``names`` in ``folder``, can be no flow and no scenario, if so."""
    stem = name[:-5]
    try:
        check_flow_id(stem)
        if not name.endswith(".toml"):
            raise ValueError("expected the ending .toml in lower case")
    except ValueError as error:
        message = f"the file's name cannot be an id: {error}; rename it, for example to {_better(stem, names)}"
        return Problem(_printable(f"{folder}/{name}"), message, Code.FILE_NAME)
    return None


def _inside(entry: "os.DirEntry[str]", folder: Path) -> str:
    if not entry.is_symlink():
        return entry.path
    path = Path(entry.path).resolve(strict=True)
    if not path.is_relative_to(folder):
        raise ValueError("a link that leads out of the workspace; it is not followed")
    return str(path)


def _better(stem: str, names: Iterable[str]) -> str:
    taken = {name[:-5] for name in names}
    return f"{flow_id_from(stem, taken)}.toml"


def _printable(file: str) -> str:
    """A name that is not valid Unicode contains surrogates for its bytes, which cannot be printed or saved."""
    return file.encode("utf-8", "backslashreplace").decode()


def read_regular(path: str, limit: int) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file and its status when it was opened; ``OSError`` or ``ValueError`` if it is none.

    Links are not followed, and a pipe is not waited for. At most ``limit`` + 1 bytes are read, by which the caller
    knows that there are more.
    """
    handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{_kind(status.st_mode)}, not a file")
        data = os.read(handle, min(status.st_size, limit) + 1)
        if len(data) != status.st_size:  # it grew, shrank, or was read in part: read on to its end
            while len(data) <= limit and (more := os.read(handle, limit + 1 - len(data))):
                data += more
        return data, status
    finally:
        os.close(handle)


def why_unreadable(error: BaseException, what: str = "file") -> str:
    """Why a file, or ``what`` else there should be, cannot be read, as all messages say it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"there is no such {what}"
    if isinstance(error, IsADirectoryError):
        return "this is a folder; expected a file"
    return f"the {what} cannot be read: {describe_os_error(error)}"


def describe_os_error(error: BaseException) -> str:
    """Why the operating system refused, in a few words for the user."""
    if isinstance(error, RuntimeError) or (isinstance(error, OSError) and error.errno == errno.ELOOP):
        return "a link that leads back to itself"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return str(error) or type(error).__name__


def _kind(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFLNK: "a link"}
    return kinds.get(stat.S_IFMT(mode), "a device")
