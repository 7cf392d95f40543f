"""Recorded events: JSON lines to events, line by line, however long the file is.

A bad line is one problem with its number, and the others are read. Each line is decoded the fast way first
(`oncue.storage.recorded_event`). What that does not understand is read carefully (`oncue.storage.event_line`), which
finds the same events and says what is wrong with the rest. It is imported for the first such line.
"""

from collections.abc import Iterable, Iterator

from oncue.domain.events import Event
from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.storage.recorded_event import RecordedEvent, decode
from oncue.storage.toml.read import BOM

MAX_LINE = 1024 * 1024


def read_events(lines: Iterable[bytes], name: str) -> Iterator[Event | RecordedEvent | Problem]:
    """The events in ``lines``, and a problem for each line that is none; blank lines are skipped.

    ``name`` is what the problems call the source.
    """
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            message = f"the line is longer than the limit of {MAX_LINE:,} bytes"  # it may have been cut there
            yield Problem(name, message, Code.LIMIT, line=number)
        elif (event := decode(line)) is not None:
            yield event
        else:
            text = line.removeprefix(BOM) if number == 1 else line
            if text.strip():
                yield _read_carefully(text, name, number)


def _read_carefully(line: bytes, name: str, number: int) -> Event | Problem:
    from oncue.storage.event_line import read_event

    try:
        return read_event(line, name, number)
    except UnreadableError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        return first._replace(message=first.message + more)
