"""The virtual clock of a simulation, so that a transcript depends on the events alone.

It begins at `BEGIN`. An event happens a minute (`PACE`) after the one before it, or as its ``after`` or ``at`` says;
the first one at the beginning, or at whatever time it states. When time has passed without an event, the next one
happens right then.
"""

from datetime import UTC, datetime, timedelta

from oncue.domain.durations import duration_of
from oncue.domain.scenarios import ScenarioEvent
from oncue.errors import ImpossibleEvent

BEGIN = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
"""When the first event happens."""
PACE = timedelta(minutes=1)
"""The time between two events."""

_LAST = datetime.max.replace(tzinfo=UTC)
_OUTSIDE = "it happens outside the calendar, which goes from the year 1 to 9999"


class Clock:
    """A clock that stands still until it is told what time it is.

    ``now`` is how far it has come, ``_before`` when the last event happened, ``_idle`` whether time has passed since.
    """

    __slots__ = ("_before", "_idle", "now")

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._before: datetime | None = None
        self._idle = True

    def copy(self) -> "Clock":
        """An independent clock of the same time."""
        other = Clock(self.now)
        other._before, other._idle = self._before, self._idle
        return other

    def time_of(self, event: ScenarioEvent) -> datetime:
        """When ``event`` happens. Raises `ImpossibleEvent` if that time is over, or there is no such time."""
        try:
            if event.at is not None:
                return self._at(event.at)
            if event.after is not None:
                after = duration_of(event.after)
                assert after is not None
                return max(self.now, (self._before or self.now) + after)
            return self.now if self._idle else self.now + PACE
        except OverflowError:
            raise ImpossibleEvent(_OUTSIDE) from None

    def later_by(self, duration: timedelta) -> datetime:
        """The time in so long from now, or the end of the calendar."""
        try:
            return self.now + duration
        except OverflowError:
            return _LAST

    def event_at(self, at: datetime) -> None:
        """An event happens at this time."""
        self.now = self._before = at
        self._idle = False

    def passed_to(self, at: datetime) -> None:
        """Time has passed until then."""
        self.now, self._idle = at, True

    def _at(self, stated: datetime) -> datetime:
        at = (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).astimezone(UTC)
        if at < self.now and not (self._before is None and self._idle):
            raise ImpossibleEvent(f"{_words(at)} is over: it is {_words(self.now)} already")
        return at


def _words(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}".removesuffix(":00") + " UTC"
