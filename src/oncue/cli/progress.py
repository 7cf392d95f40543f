"""The progress of a long run: one line on stderr that is rewritten, and erased in the end.

It appears only if a run takes longer than people like to wait, and changes no faster than they can read. Nothing is
written unless stderr is a terminal.
"""

from collections.abc import Callable
from time import monotonic
from typing import TextIO

WAIT = 1.0
"""Seconds before it appears."""
EVERY = 0.1
"""Seconds between updates."""


class ProgressCounter:
    """Shows a count up to ``total`` on the terminal ``stream``, or nothing if that is ``None``."""

    def __init__(self, total: int, noun: str, stream: TextIO | None, clock: Callable[[], float] = monotonic) -> None:
        self._total, self._noun, self._stream, self._clock = total, noun, stream, clock
        self._next = clock() + WAIT
        self._width = 0

    def __enter__(self) -> "ProgressCounter":
        return self

    def show(self, done: int) -> None:
        """Show that ``done`` are done."""
        if self._stream is None or (now := self._clock()) < self._next:
            return
        self._next = now + EVERY
        line = f"{done:,} of {self._total:,} {self._noun}"
        self._width = len(line)
        self._stream.write(f"\r{line}")
        self._stream.flush()

    def __exit__(self, *_: object) -> None:
        if self._stream is not None and self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._stream.flush()
