"""Files that the command line names to be read, and stdin.

Click would look at paths itself, in words of its own and only at some of what can be wrong. So paths are taken as they
were typed, and opened here, where what is wrong with them is said alike for every command.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

import click

from oncue.cli.diagnostics import UsageError


class TypedPath(click.Path):
    """A path as it was typed; completion offers files, or only folders where ``file_okay`` is false."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path as it was typed."""
        return value


FILE, FOLDER = TypedPath(), TypedPath(file_okay=False)


def is_file(path: str | Path) -> bool:
    """Whether there is such a regular file. Unlike in pathlib, that it may not be looked at is no error yet."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: str | Path) -> bool:
    """Whether there is such a folder, as `is_file`."""
    return os.path.isdir(path)  # noqa: PTH112


def check_there(path: str) -> None:
    """Refuse what is neither a file nor a folder, or may not be looked at. Raises `UsageError`."""
    try:
        Path(path).stat()
    except (OSError, ValueError) as error:
        from oncue.storage.files import why_unreadable

        raise UsageError(f"{path}: {why_unreadable(error, 'file or folder')}") from None


@contextmanager
def opened(name: str) -> Iterator[BufferedReader]:
    """The file ``name``, or stdin for ``-``. Raises `UsageError` if it cannot be opened."""
    if name == "-":
        if sys.stdin is None:  # closed by the caller: `oncue convert - <&-`
            raise UsageError("stdin is closed; there is nothing to read")
        yield cast("BufferedReader", sys.stdin.buffer)
        return
    with _file(name) as stream:
        yield stream


def content_of(name: str) -> bytes:
    """All of the file ``name``, or of stdin for ``-``. Raises `UsageError` if it cannot be opened."""
    with opened(name) as stream:
        return stream.read()


def _file(name: str) -> BufferedReader:
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        from oncue.storage.files import why_unreadable

        raise UsageError(f"{name}: {why_unreadable(error)}") from None
