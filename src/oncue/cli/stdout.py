"""stdout: data and nothing else.

Data is UTF-8 on every platform, because programs read it as often as people do. It is written in blocks; to a terminal
it is written at once.
"""

import errno
import os
import sys
from collections.abc import Iterable
from typing import BinaryIO

from oncue.cli.diagnostics import UsageError

BLOCK = 1 << 16


class Output:
    """Buffered bytes for stdout."""

    def __init__(self, stream: BinaryIO, at_once: bool) -> None:
        self._stream, self._at_once = stream, at_once
        self._buffered: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        """Write ``data``, or buffer it until a block is full."""
        self._buffered.append(data)
        self._size += len(data)
        if self._at_once or self._size >= BLOCK:
            self.flush()

    def write_lines(self, lines: Iterable[str]) -> None:
        """Write texts, each with a line feed."""
        for line in lines:
            self.write(line.encode("utf-8", "backslashreplace") + b"\n")

    def __enter__(self) -> "Output":
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()

    def flush(self) -> None:
        """Write everything that is buffered."""
        buffered, self._buffered, self._size = self._buffered, [], 0
        rest = memoryview(b"".join(buffered))
        try:
            # Where Python does not buffer (PYTHONUNBUFFERED), a write may be done in part: on a disk that gets full,
            # say, where only the next one fails.
            while rest:
                if not (written := self._stream.write(rest)):
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                rest = rest[written:]
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            from oncue.storage.files import describe_os_error

            raise UsageError(f"stdout cannot be written: {describe_os_error(error)}") from None


def stdout() -> Output:
    """The process's stdout."""
    if sys.stdout is None:  # the caller closed it: `oncue … >&-`
        raise UsageError("stdout is closed; there is nowhere to write to")
    return Output(sys.stdout.buffer, sys.stdout.isatty())


def write_line(text: str) -> None:
    """Write one text and a line feed."""
    with stdout() as output:
        output.write(text.encode("utf-8", "backslashreplace") + b"\n")
