"""The lines of a stream that may never end, may be one endless line, or may arrive one line at a time.

Output is written in blocks, so what is ready has to be flushed before waiting for more input: the reader calls back.
A line is cut where no event can be that long, so that memory stays bounded.
"""

from collections.abc import Callable, Iterator
from io import BufferedReader

from oncue.cli.stdout import BLOCK
from oncue.storage.recordings import MAX_LINE

KEPT = MAX_LINE + 1
"""Bytes of a line that are kept: just over the limit, so that a cut line is refused for its length."""


def lines(stream: BufferedReader, before_waiting: Callable[[], None]) -> Iterator[bytes]:
    """The lines of ``stream`` without their line feeds; ``before_waiting`` is called before each read."""
    begun: list[bytes] = []
    size = 0
    while True:
        before_waiting()
        chunk = stream.read1(BLOCK)
        if not chunk:
            break
        first, *others = chunk.split(b"\n")
        if size < KEPT:
            begun.append(first)
            size += len(first)
        if others:
            yield b"".join(begun)[:KEPT]
            yield from others[:-1]
            begun, size = [others[-1]], len(others[-1])
    if size:
        yield b"".join(begun)[:KEPT]
