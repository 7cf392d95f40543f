"""Reading a capture piece by piece, in a thread, while what was read before is looked at.

The first piece is a screenful, so that something is seen at once; the others take a moment each.
"""

import time
from collections.abc import Generator, Iterator
from io import BufferedReader
from pathlib import Path

from oncue.domain.problems import Problem
from oncue.errors import UnreadableError
from oncue.importers.found import Skipped
from oncue.importers.placing import Placing
from oncue.importers.reasons import count_skipped
from oncue.importers.recorded import RecordedEvent
from oncue.storage.capture_files import capture_files, chunks_of
from oncue.storage.captures import Capture, Converted
from oncue.storage.files import why_unreadable
from oncue.workbench.analysis import Compiled
from oncue.workbench.captured_events import CapturedEvents

SCREENFUL = 60
MOMENT = 0.1
"""Seconds that a piece takes."""
FIRST_MOMENT = 1.0
"""Seconds that the first one takes at most; it also imports what is needed."""
_WORK, _REST = 0.001, 0.0005
"""Seconds between two rests, and of a rest. Only one thread of Python runs at a time, and one that never rests lets the
other run every 5 ms, once for each message that a key press causes."""


class CaptureReading:
    """Reads the file or folder ``path`` into ``found``, as events of a workspace."""

    def __init__(self, path: Path, compiled: Compiled) -> None:
        self.path = path
        self.found = CapturedEvents(*compiled)
        self._placing = Placing(compiled.workspace.config)
        self._rest = self._read()
        self._is_closed = False

    def piece(self) -> bool:
        """Read a piece; whether there may be more. To be called in a thread, and once at a time."""
        now = time.monotonic()
        screenful = 0 if self.found.events else SCREENFUL
        end, breath = now + (FIRST_MOMENT if screenful else MOMENT), now + _WORK
        for each in self._rest:
            self._take(each)
            if self._is_closed or self.found.is_full:
                break
            if (now := time.monotonic()) > end or len(self.found.events) == screenful:
                return True
            if now > breath:
                time.sleep(_REST)
                breath = time.monotonic() + _WORK
        self._rest.close()  # and the file with it
        return False

    def close(self) -> None:
        """Read no more, even in the middle of a piece."""
        self._is_closed = True

    def _take(self, each: Converted) -> None:
        if isinstance(each, Skipped):
            count_skipped(self.found.skipped, each.reason, each.kind)
        elif isinstance(each, Problem):
            self.found.fail(str(each))
        elif isinstance(each, RecordedEvent):
            self._placing.place(each)
            self.found.add(each)
        else:
            self.found.add(RecordedEvent.of(each))

    def _read(self) -> Generator[Converted, None, None]:
        try:
            files, capture = capture_files([str(self.path)]), Capture()
        except UnreadableError as error:
            yield from error.problems
            return
        except OSError as error:
            self.found.fail(f"{error.filename or self.path}: {why_unreadable(error)}")
            return
        for file in files:
            name = str(file.relative_to(self.path)) if file != self.path else file.name
            try:
                with file.open("rb") as stream:
                    yield from capture.read(self._chunks(stream), name)
            except OSError as error:
                self.found.fail(f"{name}: {why_unreadable(error)}")

    def _chunks(self, stream: BufferedReader) -> Iterator[bytes]:
        for chunk in chunks_of(stream):
            if self._is_closed:
                return
            yield chunk
