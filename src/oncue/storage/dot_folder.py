"""The hidden folder ``.oncue`` of a workspace: what has to lie with its files, wherever they go and whoever uses them.

The lock and the journal of saves are about the files and not about a user, so everybody who saves finds the same ones.
The folder's id is what each user's drafts and history are found by after the workspace was moved. The folder is made
by the first save or draft and not by looking. It contains a ``.gitignore`` for all of itself, so it is in no commit,
no clone and no other work tree. It may come from anybody all the same: links in it are not followed, and what is read
from it is checked.
"""

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from oncue.storage.files import read_regular
from oncue.storage.saving.writer import flush_folder, replace_file

DOT_FOLDER = ".oncue"
_ID = re.compile(rb"([0-9a-f]{32})\n?\Z")
_IGNORE = b"# What oncue needs while it saves; nothing here belongs into a repository.\n*\n"


def dot_folder(folder: Path) -> Path | None:
    """The hidden folder of the workspace ``folder``; ``None`` if there is none."""
    path = folder / DOT_FOLDER
    try:
        return path if stat.S_ISDIR(path.lstat().st_mode) else None
    except OSError:
        return None


def make_dot_folder(folder: Path) -> Path:
    """The same, made if need be, with the permissions of the workspace; ``OSError`` if there can be none."""
    path = folder / DOT_FOLDER
    mode = stat.S_IMODE(folder.stat().st_mode)
    try:
        path.mkdir(mode)
    except FileExistsError:
        if dot_folder(folder) is None:
            raise OSError(errno.ENOTDIR, f"{DOT_FOLDER} is there, but is no folder", os.fspath(path)) from None
    else:
        with suppress(OSError):
            path.chmod(mode)  # which the umask has narrowed
        with suppress(OSError):
            flush_folder(folder)  # without its name, what is noted in it would not survive a power cut
    with suppress(OSError):
        if not (path / ".gitignore").exists():
            replace_file(path / ".gitignore", _IGNORE, new=True, mode=shared_mode(path))
    return path


def shared_mode(beside: Path) -> int:
    """The permissions of a file in the hidden folder: who may use the folder may use it, whatever a umask says."""
    try:
        return stat.S_IMODE(beside.stat().st_mode) & 0o666
    except OSError:
        return 0o600


def read_id(folder: Path) -> str | None:
    """The id of the workspace; ``None`` if it has none."""
    try:
        data, _ = read_regular(os.fspath(folder / DOT_FOLDER / "id"), 64)
    except (OSError, ValueError):
        return None
    found = _ID.match(data) if dot_folder(folder) is not None else None
    return None if found is None else found[1].decode()


def write_id(folder: Path, own: str) -> None:
    """Give the workspace an id; ``OSError`` if that cannot be written."""
    beside = make_dot_folder(folder)
    replace_file(beside / "id", f"{own}\n".encode(), mode=shared_mode(beside))
