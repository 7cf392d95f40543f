"""How far a long run has come: one line on stderr, rewritten while somebody watches and gone in the end.

It appears only when a run takes longer than people like to wait, and is rewritten no more often than they can
read. Where no person reads along, nothing is written.
"""

from collections.abc import Callable
from time import monotonic
from typing import TextIO

WAIT = 1.0
"""Seconds before it appears."""
EVERY = 0.1
"""Seconds between one state and the next."""


class Counter:
    """Counts up to ``total`` on the terminal ``stream``; on none if it is ``None``."""

    def __init__(self, total: int, noun: str, stream: TextIO | None, clock: Callable[[], float] = monotonic) -> None:
        self._total, self._noun, self._stream, self._clock = total, noun, stream, clock
        self._next = clock() + WAIT
        self._width = 0

    def __enter__(self) -> "Counter":
        return self

    def show(self, done: int) -> None:
        """So many are done."""
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
