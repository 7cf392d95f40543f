"""A conversion: lines of JSON for stdout, and in the end what became of the capture.

Problems are said one by one up to a limit, so that a capture that is wrong throughout does not bury what it says.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from oncue.domain.events import Event
from oncue.domain.problems import MOST_PROBLEMS, Problem
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.importers.found import Skipped
from oncue.importers.placing import Placing
from oncue.importers.reasons import by_reason, count_skipped
from oncue.importers.recorded import RecordedEvent
from oncue.importers.redaction import Redaction
from oncue.importers.repeats import Repeats
from oncue.storage.captures import Converted
from oncue.text import counted

Say = Callable[[str], object]


class Conversion:
    """What is done with each event, and the counts. ``key`` is for pseudonyms, ``None`` if nothing is redacted."""

    def __init__(self, config: WorkspaceConfig | None, dedupe: bool, key: bytes | None) -> None:
        self._placing = None if config is None else Placing(config)
        self._repeats = Repeats() if dedupe else None
        self._redaction = None if key is None else Redaction(key)
        self._converted: Counter[str] = Counter()
        self._skipped: Counter[tuple[str, str]] = Counter()
        self._repeated = self._failed = 0

    @property
    def readable(self) -> bool:
        """Whether everything could be read so far."""
        return not self._failed

    def lines(self, found: Iterable[Converted], say: Say) -> Iterator[bytes]:
        """A line for each event in ``found``."""
        for one in found:
            if isinstance(one, RecordedEvent):
                event = one
            elif isinstance(one, Skipped):
                count_skipped(self._skipped, one.reason, one.kind)
                continue
            elif isinstance(one, Event):
                event = RecordedEvent.of(one)
            else:
                self._say_problem(one, say)
                continue
            if self._repeats is not None and self._repeats.is_repeated(event):
                self._repeated += 1
                continue
            self._converted[event.provider or "oncue"] += 1
            is_placed = self._placing is not None and self._placing.place(event)
            if self._redaction is not None:
                self._redaction.redact(event, is_placed)
            yield event.as_json() + b"\n"

    def _say_problem(self, problem: Problem, say: Say) -> None:
        self.fail(str(problem), say)

    def fail(self, message: str, say: Say) -> None:
        """Count what could not be read, and say it unless much was said already."""
        self._failed += 1
        if self._failed <= MOST_PROBLEMS:
            say(message)

    def report(self, say: Say) -> None:
        """Say what became of the capture."""
        if self._failed > MOST_PROBLEMS:
            say(f"{self._failed - MOST_PROBLEMS:,} more could not be read")
        by = ", ".join(f"{name} ({count:,})" for name, count in self._converted.most_common())
        say(f"converted {counted(self._converted.total(), 'event')}" + (f": {by}" if by else ""))
        if self._skipped:
            say(f"skipped {self._skipped.total():,}, which are none of the four events:")
        for reason, count, kinds in by_reason(self._skipped):
            say(f"  {count:,}  {reason}: {kinds}")
        if self._repeated:
            say(f"left out {self._repeated:,} that were delivered before")
        if self._failed:
            say(f"failed {self._failed:,}")

    def proposals(self, say: Say) -> Iterator[Instance]:
        """Say what the workspace does not have, once each; and give an instance for each where one can be."""
        if self._placing is None:
            return
        if self._placing.unstated:
            say(f"{counted(self._placing.unstated, 'event')} without an instance, which the platform does not state")
        for place, instance in self._placing.proposals():
            on = f" on {place.channel}" if place.channel else ""
            why = "" if instance is not None else "; on which channel it is is not stated, so add it yourself"
            say(f"not installed: {place.instance!r}{on} of {place.provider}, {counted(place.events, 'event')}{why}")
            if instance is not None:
                yield instance
