"""The history: the content of every file that a save replaced or removed.

A plain folder of numbered copies for each file, in the state folder, so that they can be found and copied back with
nothing but a file manager. The last `KEPT` different contents of a file are kept.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from os import fspath
from pathlib import Path

from oncue.storage.files import digest, read_regular
from oncue.storage.saving.writer import replace_file
from oncue.storage.toml.read import MAX_FILE
from oncue.storage.user.folders import make_private

KEPT = 50


def keep(state: Path, file: str, data: bytes) -> Path:
    """Keep ``data``, what the workspace's ``file`` contained until now; ``OSError`` if that fails."""
    folder = state / "history" / file
    make_private(folder)
    versions = _versions(folder)
    ending = f"-{digest(data)[:12]}.toml"
    if versions and versions[-1].name.endswith(ending):
        return versions[-1]
    path = folder / f"{_number_after(versions):020}{ending}"
    replace_file(path, data, private=True)
    for old in versions[: max(0, len(versions) + 1 - KEPT)]:
        with suppress(OSError):
            old.unlink()
    return path


def newest(state: Path, file: str, count: int) -> Iterator[bytes]:
    """The last ``count`` contents of ``file`` that were replaced or removed, the newest first, as far as readable."""
    with suppress(OSError, ValueError):
        for path in _versions(state / "history" / file)[: -count - 1 : -1]:
            yield read_regular(fspath(path), MAX_FILE)[0]


def files(state: Path) -> list[str]:
    """The files of the workspace of which something is kept, those that are gone too."""
    root = state / "history"
    try:
        folders = sorted(path for path in root.glob("*/*") if path.is_dir())
    except OSError:
        return []
    return [path.relative_to(root).as_posix() for path in folders]


def paths(state: Path, file: str) -> list[Path]:
    """What is kept of ``file``, the oldest first."""
    try:
        return _versions(state / "history" / file)
    except OSError:
        return []


def moment(path: Path) -> int:
    """The time at which what ``path`` keeps was replaced or removed, in nanoseconds since 1970."""
    number = path.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _versions(folder: Path) -> list[Path]:
    """What is kept, the oldest first; temporary files of processes that were killed are hidden and no versions."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _number_after(versions: list[Path]) -> int:
    """The time, but above every number there is: the newest must stay the last even if the clock was set back."""
    newest = versions[-1].name.partition("-")[0] if versions else ""
    return max(time.time_ns(), int(newest) + 1 if newest.isdecimal() else 0)
