"""The largest size that a terminal can claim to have."""

import shutil
from contextlib import suppress
from typing import Any

MAX_SIZE = (500, 200)
"""Columns and rows that a terminal can claim to have; a claim of 20,000 by 20,000 would take all memory."""


def limit_sizes() -> None:
    """Let no size that the terminal driver asks the system for be larger than `MAX_SIZE`."""
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        def limited(driver: Any) -> tuple[int, int]:
            width, height = shutil.get_terminal_size()
            return min(width or 80, MAX_SIZE[0]), min(height or 25, MAX_SIZE[1])

        setattr(linux_driver.LinuxDriver, "_get_terminal_size", limited)  # noqa: B010 - as above
