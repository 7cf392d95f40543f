"""The files of a capture: what is named, and what is in folders, in an order in which people would read them.

What is compressed is recognised by its first bytes, whatever its name is. All of it is read as a stream.
"""

import gzip
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path

from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.storage.files import why_unreadable

_BLOCK = 1 << 16
_GZIP = b"\x1f\x8b"


def capture_files(names: Iterable[str]) -> list[Path]:
    """The files that ``names`` mean: themselves, and for a folder all in it whose names do not begin with a dot.

    Raises `UnreadableError` for what is not there.
    """
    found: list[Path] = []
    for name in names:
        path = Path(name)
        try:
            if stat.S_ISDIR(path.stat().st_mode):
                found += sorted(_inside(path), key=_in_order)
            else:
                found.append(path)
        except (OSError, ValueError) as error:
            raise UnreadableError([Problem(name, why_unreadable(error, "file or folder"), Code.UNREADABLE)]) from None
    return found


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (Path(place, each) for each in files if not each.startswith(".") and Path(place, each).is_file())


def _refuse(error: OSError) -> None:
    raise error


def _in_order(path: Path) -> list[tuple[int, int, str]]:
    """``2.json`` before ``10.json``."""
    return [(int(part), 0, part) if part.isdecimal() else (-1, 1, part) for part in re.split(r"(\d{1,18})", str(path))]


def chunks_of(stream: BufferedReader, before_waiting: Callable[[], object] = lambda: None) -> Iterator[bytes]:
    """What ``stream`` has, as it arrives, decompressed if it is compressed with gzip.

    ``before_waiting`` is called before each read. Raises ``OSError`` for what is compressed and broken.
    """
    before_waiting()
    head = stream.peek(2)[:2]
    if head != _GZIP:
        while chunk := stream.read1(_BLOCK):
            yield chunk
            before_waiting()
        return
    with gzip.open(stream) as inside:
        try:
            while chunk := inside.read1(_BLOCK):
                yield chunk
                before_waiting()
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise OSError(0, f"the compressed data is broken: {error}", stream.name) from None
