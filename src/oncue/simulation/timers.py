"""The flows that wait, and how far the cascades that they are part of have come.

They go on in the order of their times; at the same time, in the order in which they began to wait. All that comes of
one delivery of an event, now and later, shares one limit (``max_events_per_cascade``), and each event starts a flow
once, whose waits are as many as it has steps. So there is an end, whatever the flows are.
"""

from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import resume
from oncue.simulation.trace import Limit, Paused, Trace, every_trace


class Timer(NamedTuple):
    """A flow that waits until ``due``. ``place`` counts all that ever began to wait.

    ``number`` is that of the event, ``delivery`` the place of the first timer of the same delivery of it.
    """

    due: datetime
    place: int
    number: int
    delivery: int
    conversation: str
    paused: Paused


class _Spent(NamedTuple):
    """How many events have come of a delivery, whether the limit stopped them, and how many of its flows wait."""

    events: int
    stopped: bool
    waiting: int


class Timers:
    """The flows that wait."""

    def __init__(self) -> None:
        self._heap: list[Timer] = []
        self._spent: dict[int, _Spent] = {}
        self._set = 0

    def copy(self) -> "Timers":
        """An independent copy."""
        other = Timers()
        other._heap, other._spent, other._set = list(self._heap), dict(self._spent), self._set
        return other

    @property
    def next_due(self) -> datetime | None:
        """When the next flow goes on; ``None`` if none waits."""
        return self._heap[0].due if self._heap else None

    @property
    def waiting(self) -> list[Timer]:
        """All that waits, in the order in which it goes on."""
        return sorted(self._heap, key=lambda each: each[:2])

    def set(self, trace: Trace, number: int) -> None:
        """Remember the flows that wait after event ``number`` was delivered."""
        self._add(trace, number, self._set + 1, _Spent(0, False, 0))

    def take(self, until: datetime | None) -> Timer | None:
        """The next flow that goes on ``until`` then, or at any time; it does not wait any more."""
        if not self._heap or (until is not None and self._heap[0].due > until):
            return None
        return heappop(self._heap)

    def ring(self, timer: Timer, conversation: Conversation, workspace: Workspace, matcher: Matcher) -> Trace:
        """Let a flow go on that was taken, in its ``conversation`` as it is now."""
        spent = self._spent.pop(timer.delivery)
        trace = resume(timer.paused, spent.events, spent.stopped, conversation, workspace, matcher)
        self._add(trace, timer.number, timer.delivery, spent._replace(waiting=spent.waiting - 1))
        return trace

    def _add(self, trace: Trace, number: int, delivery: int, spent: _Spent) -> None:
        waiting = spent.waiting + len(trace.paused)
        if not waiting:
            return
        for paused in trace.paused:
            self._set += 1
            timer = Timer(paused.due, self._set, number, delivery, trace.conversation.id, paused)
            heappush(self._heap, timer)
        happened = [each for each in every_trace(trace) if each.resumed is None]
        stopped = spent.stopped or any(isinstance(stop, Limit) for each in happened for stop in each.stopped)
        self._spent[delivery] = _Spent(spent.events + len(happened), stopped, waiting)
