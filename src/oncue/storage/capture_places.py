"""Where captures and recordings are likely to be, to be offered: in the workspace folder, and where oncue was started.

A folder ``recordings`` or ``captures`` of the workspace comes first, as a whole, and then its files.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from oncue.storage.typed_paths import path_of

FOLDERS = ("recordings", "captures")
MOST = 200
"""How many are offered."""
_LOOKED_AT = 5_000
"""How many names of a folder are looked at."""
_ENDINGS = (".jsonl", ".ndjson", ".json", ".log")
_OTHERS = frozenset({"package.json", "package-lock.json", "tsconfig.json", "composer.json"})


class CapturePlace(NamedTuple):
    """A file, or a folder of files; ``label`` is what it is called from the folder it was found in."""

    path: Path
    label: str
    is_folder: bool
    size: int = 0


def capture_places(workspace: Path, started_in: Path) -> list[CapturePlace]:
    """The files that can be captures by their names, at most `MOST`; what cannot be read is left out."""
    found: dict[Path, CapturePlace] = {}
    for place in _places(workspace, started_in):
        found.setdefault(place.path.resolve(), place)
        if len(found) >= MOST:
            break
    return list(found.values())


def _places(workspace: Path, started_in: Path) -> Iterator[CapturePlace]:
    for name in FOLDERS:
        folder = workspace / name
        files = list(_files(folder, f"{name}/"))
        if files:
            yield CapturePlace(folder, f"{name}/", True)
        yield from files
    yield from _files(workspace, "")
    yield from _files(started_in, "./")


def _files(folder: Path, prefix: str) -> Iterator[CapturePlace]:
    """The files right in ``folder``, the newest first."""
    found: list[tuple[float, CapturePlace]] = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _LOOKED_AT:
                    break
                if _is_named_so(entry.name) and entry.is_file():
                    stat = entry.stat()
                    place = CapturePlace(folder / entry.name, f"{prefix}{entry.name}", False, stat.st_size)
                    found.append((-stat.st_mtime, place))
    except OSError:
        pass
    yield from (place for _, place in sorted(found, key=lambda each: (each[0], each[1].label)))


def _is_named_so(name: str) -> bool:
    return not name.startswith(".") and name not in _OTHERS and name.lower().removesuffix(".gz").endswith(_ENDINGS)


def problem_with(typed: str, base: Path) -> str | None:
    """Why there is nothing to read at ``typed``; ``None`` if there is."""
    if not typed.strip():
        return "the path of a file or a folder"
    try:
        path = path_of(typed, base)
        if path.is_file() or path.is_dir():
            return None
        return "this is neither a file nor a folder" if path.exists() else "there is no such file or folder"
    except (OSError, ValueError, RuntimeError) as error:
        return str(error) or "that is no path"
