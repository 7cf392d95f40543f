"""What was on disk before: the bytes of every file that a save replaced or removed.

A plain folder of numbered copies for each file, in the state folder, so that they can be found and taken back
with nothing but a file manager. The last `KEPT` different ones are kept.
"""

import time
from contextlib import suppress
from pathlib import Path

from oncue.storage.files import digest
from oncue.storage.saving.writer import replace_file
from oncue.storage.user.folders import make_private

KEPT = 50


def keep(state: Path, file: str, data: bytes) -> Path:
    """Keep ``data``, the content of the workspace's ``file`` until now; ``OSError`` if that fails."""
    folder = state / "history" / file
    make_private(folder)
    versions = sorted(folder.iterdir())
    ending = f"-{digest(data)[:12]}.toml"
    if versions and versions[-1].name.endswith(ending):
        return versions[-1]
    path = folder / f"{time.time_ns():020}{ending}"
    replace_file(path, data, private=True)
    for old in versions[: max(0, len(versions) + 1 - KEPT)]:
        with suppress(OSError):
            old.unlink()
    return path


def versions(state: Path, file: str) -> tuple[Path, ...]:
    """The kept contents of ``file``, newest first."""
    with suppress(OSError):
        return tuple(sorted((state / "history" / file).iterdir(), reverse=True))
    return ()
