"""Crash reports: where in the code a bug was met, and nothing of what it was doing it with.

The values of variables, and the text of the error itself, can hold names and messages of customers, so a report
has the chain of calls and the types of the errors only. It is readable by the user alone.
"""

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from oncue import __version__
from oncue.storage.user.folders import state_root

KEPT = 10
"""Reports that are kept; the oldest go."""


def write_report(error: BaseException) -> Path | None:
    """Write a report about ``error``; its path, or ``None`` if it could not be written."""
    try:
        folder = state_root() / "crashes"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(report(error))
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink()
    except OSError:
        return None
    return path


def report(error: BaseException) -> str:
    """The chain of calls and the types of the errors; no values, no messages."""
    lines = [f"oncue {__version__}, Python {platform.python_version()}, {platform.system()}", ""]
    current: BaseException | None = error
    told: set[int] = set()
    while current is not None and id(current) not in told:
        told.add(id(current))
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        lines += [type(current).__qualname__, ""]
        # An error in a worker of Textual is wrapped in one that has it as an attribute.
        current = current.__cause__ or current.__context__ or getattr(current, "error", None)
    return "\n".join(lines)
