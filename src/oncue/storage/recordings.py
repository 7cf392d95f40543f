"""Recorded events: JSON to events, one by one, however long the recording is.

A bad line is one problem with its number, and the others are read. Each text is decoded the fast way first
(`oncue.storage.recorded_event`). What that does not understand is looked at more closely: kinds of events that no flow
can listen to are counted (`oncue.storage.webhooks`), and a payload of a platform is named once. The rest is read
carefully (`oncue.storage.event_line`), which finds the same events and says what is wrong with everything else.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from oncue.domain.events import Event
from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.importers.recorded import RecordedEvent
from oncue.storage.files import why_unreadable
from oncue.storage.recorded_event import decode
from oncue.storage.recorded_texts import MAX_EVENT, texts
from oncue.storage.webhooks import is_unheard, platform_of
from oncue.text import counted

EXAMPLE = '{"event": "message_created", …}'
_BLOCK = 1 << 16
_MOST_KINDS = 1_000
_OTHER_KINDS = "other kinds"
_decode_any = msgspec.json.Decoder().decode


class Recording:
    """The events of a recording, read while they are iterated: ``for event in Recording("events.jsonl"): …``.

    ``source`` is the path of a file with an event on each line, or with JSON in any other layout; or the bytes
    themselves, cut into pieces anyhow, such as an open file. Each loop over a file begins anew.

    ``on_problem`` is called with each `Problem`; without it the first one ends the loop with `UnreadableError`.
    ``unheard`` counts events by kind that no flow can listen to, such as ``message_read``; they are left out.
    """

    def __init__(
        self, source: str | os.PathLike[str] | Iterable[bytes], on_problem: Callable[[Problem], object] | None = None
    ) -> None:
        self._source, self._on_problem = source, on_problem
        self.unheard: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Event]:
        self.unheard.clear()
        if isinstance(self._source, str | os.PathLike):
            name = os.fspath(self._source)
            try:
                with open(name, "rb") as stream:  # noqa: PTH123 - a name is what the caller gave
                    yield from self._events(iter(lambda: stream.read(_BLOCK), b""), name)
            except OSError as error:
                raise UnreadableError([Problem(name, why_unreadable(error), Code.UNREADABLE)]) from None
        else:
            yield from self._events(self._source, "recording")

    def _events(self, chunks: Iterable[bytes], name: str) -> Iterator[Event]:
        for each in read_events(chunks, name, self.unheard):
            if isinstance(each, RecordedEvent):
                yield each.as_event()
            elif isinstance(each, Event):
                yield each
            elif self._on_problem is not None:
                self._on_problem(each)
            else:
                raise UnreadableError([each])


def read_events(
    chunks: Iterable[bytes], name: str, unheard: "Counter[str] | None" = None
) -> Iterator[Event | RecordedEvent | Problem]:
    """The events in ``chunks``, and a problem for each text that is none; blank lines are skipped.

    ``name`` is what the problems call the source. Events that no flow can listen to are counted in ``unheard``, by
    their kind.
    """
    return events_of(texts(chunks), name, Counter() if unheard is None else unheard)


def events_of(
    numbered: Iterable[tuple[int, bytes]], name: str, unheard: "Counter[str]"
) -> Iterator[Event | RecordedEvent | Problem]:
    """As `read_events`, for texts of one event each, with the numbers of their lines."""
    foreign = Foreign(name)
    for number, text in numbered:
        if len(text) > MAX_EVENT:
            yield too_long(name, number)
        elif (event := decode(text)) is not None:
            yield event
        elif text.strip():
            members = _members(text)
            kind = members.get("event")
            if isinstance(kind, str) and is_unheard(kind):
                count_kind(unheard, kind)
            elif (platform := platform_of(members)) is not None:
                message = f"expected an event of oncue, such as {EXAMPLE}; oncue convert reads captures of platforms"
                yield from foreign.seen(platform, number, message)
            else:
                yield read_carefully(text, name, number)
    yield from foreign.rest()


class Foreign:
    """Payloads of platforms that are not read: the first of each platform is a problem, of the others how many."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._counts: Counter[str] = Counter()

    def seen(self, platform: str, number: int, message: str) -> Iterator[Problem]:
        """What is to be said of another one of ``platform``."""
        self._counts[platform] += 1
        if self._counts[platform] == 1:
            yield Problem(self._name, f"this is {platform}; {message}", Code.WRONG_TYPE, line=number)

    def rest(self) -> Iterator[Problem]:
        """What is to be said at the end."""
        for platform, count in self._counts.items():
            if count > 1:
                yield Problem(self._name, f"{count - 1:,} more of these: {platform}", Code.WRONG_TYPE)


def too_long(name: str, number: int) -> Problem:
    """The problem of a text that is longer than an event may be; it may have been cut there."""
    return Problem(name, f"the line is longer than the limit of {MAX_EVENT:,} bytes", Code.LIMIT, line=number)


def count_kind(counts: "Counter[str]", kind: str) -> None:
    """Count ``kind``, or as another one if there are very many kinds."""
    counts[kind if kind in counts or len(counts) < _MOST_KINDS else _OTHER_KINDS] += 1


def unheard_in_words(unheard: "Counter[str]", most: int = 12) -> str:
    """What a reader of the recording is told of the events that no flow can listen to."""
    kinds = [f"{kind} ({count:,})" for kind, count in unheard.most_common(most)]
    if len(unheard) > most:
        kinds.append(counted(len(unheard) - most, "more kind"))
    return f"no flow can listen to {counted(unheard.total(), 'event')} of other kinds: {', '.join(kinds)}"


def _members(text: bytes) -> dict[str, Any]:
    """The members of the object in ``text``; none if it holds something else, or is no JSON."""
    try:
        found = _decode_any(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_carefully(text: bytes, name: str, number: int) -> Event | Problem:
    """What is in one text, or everything that is wrong with it in one problem."""
    from oncue.storage.event_line import read_event

    try:
        return read_event(text, name, number)
    except UnreadableError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        return first._replace(message=first.message + more)
