"""Crash reports: where in the code an error happened, and nothing of the data it happened with.

The values of variables, and the message of the error itself, may contain names and messages of customers, so a report
has the chain of calls and the types of the errors only. It is readable by the user only.
"""

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from oncue import __version__
from oncue.errors import StateError
from oncue.storage.user.folders import state_root

KEPT = 10
"""How many reports are kept; older ones are removed."""


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
    except (OSError, StateError):
        return None
    return path


def report(error: BaseException) -> str:
    """The chain of calls and the types of the errors; no values, no messages."""
    lines = [f"oncue {__version__}, Python {platform.python_version()}, {platform.system()}", ""]
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        lines += [type(current).__qualname__, ""]
        # Textual wraps the error of a worker in one that has it as an attribute.
        current = current.__cause__ or current.__context__ or getattr(current, "error", None)
    return "\n".join(lines)
