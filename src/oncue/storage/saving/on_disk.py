"""A file of the workspace as a save finds it: read once, and all of the save is about these bytes.

What is compared with what was loaded, what is edited, what is kept in the history and what is noted in the journal
are the same bytes. Directly before the file is replaced, `OnDisk.unchanged` asks whether it still holds them.
"""

import errno
import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from oncue.errors import NotReplaceable, SaveError
from oncue.storage import files
from oncue.storage.files import Signature, describe_os_error, read_regular
from oncue.storage.saving.writer import describe_write_error
from oncue.storage.toml.read import MAX_FILE


class NotReadError(SaveError):
    """The system refuses to read the file, so nothing is known of it."""


@dataclass(frozen=True)
class OnDisk:
    """What was read of ``file``, which is relative to the workspace: ``data`` is ``None`` if it is not there.

    ``target`` is the file to replace: itself, or what it links to within the workspace.
    """

    file: str
    target: Path
    data: bytes | None
    signature: Signature | None
    read_at: int

    @classmethod
    def read(cls, folder: Path, file: str) -> "OnDisk":
        """Read ``file`` of the workspace ``folder``. Raises `NotReadError` if it cannot be read, `NotReplaceable`
        if it must not be.
        """
        target, read_at = target_of(folder, file), time.time_ns()
        try:
            data, status = read_regular(os.fspath(target), MAX_FILE)
        except FileNotFoundError:
            return cls(file, target, None, None, read_at)
        except (OSError, ValueError) as error:
            problem = f"cannot be compared with what is on disk: {describe_os_error(error)}"
            raise (NotReadError if isinstance(error, OSError) else NotReplaceable)(file, problem) from None
        if len(data) > MAX_FILE:
            raise NotReplaceable(file, f"on disk it has grown over the limit of {MAX_FILE:,} bytes")
        return cls(file, target, data, Signature.of(status), read_at)

    @cached_property
    def digest(self) -> str | None:
        """The hash of what was read; ``None`` if the file is not there."""
        return None if self.data is None else files.digest(self.data)

    def unchanged(self) -> bool:
        """Whether the file still is what was read; ``OSError`` if that cannot be told.

        The signature tells it, without a second reading, unless the file was written so shortly before it was read
        that another write could have left the same signature.
        """
        try:
            now = Signature.of(self.target.lstat())
            if now == self.signature and now.tells_writes_since(self.read_at):
                return True
            data, _ = read_regular(os.fspath(self.target), MAX_FILE)
        except FileNotFoundError:
            return self.data is None
        except ValueError:  # something that is not a file has taken its place
            return False
        return data == self.data


def target_of(folder: Path, file: str) -> Path:
    """The file to replace for ``file``: itself, or what it links to within the workspace; otherwise `SaveError`."""
    path = folder / file
    try:
        parent = path.parent.resolve()
        if not parent.is_relative_to(folder):
            raise NotReplaceable(file, "its folder is a link that leads out of the workspace; it is not followed")
        if not path.is_symlink():
            if path.exists() and not path.is_file():
                raise NotReplaceable(file, "something that is not a file is in its place")
            return parent / path.name
        target = path.resolve(strict=True)
    except FileNotFoundError:
        raise NotReplaceable(file, "it is a link to nothing; remove the link and save again") from None
    except (OSError, RuntimeError, ValueError) as error:
        # A link to itself is a RuntimeError before Python 3.13.
        unread = isinstance(error, OSError) and error.errno != errno.ELOOP
        raise (NotReadError if unread else NotReplaceable)(file, describe_write_error(error)) from None
    if not target.is_relative_to(folder):
        raise NotReplaceable(file, "it is a link that leads out of the workspace; it is not followed")
    return target
