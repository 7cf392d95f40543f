"""Redeliveries: platforms deliver again what they think was not received, under the same id.

Of the last events only a hash is kept, so a capture of any length needs no more memory. A redelivery comes within
hours; one that comes after more events than are remembered is not recognised.
"""

from collections import deque

from oncue.importers.recorded import RecordedEvent

MOST = 200_000
"""How many events are remembered."""


class Repeats:
    """Tells events that came before. The id of an event is what its platform tells redeliveries by."""

    def __init__(self, most: int = MOST) -> None:
        # No dict in order: that grows to many times its content before it drops the places of what was removed.
        self._seen: set[int] = set()
        self._in_order: deque[int] = deque()
        self._most = most

    def is_repeated(self, event: RecordedEvent) -> bool:
        """Whether the event was there before; one that states no id is always new."""
        if event.id is None:
            return False
        mark = hash((event.provider, event.id))
        if mark in self._seen:
            return True
        self._seen.add(mark)
        self._in_order.append(mark)
        if len(self._in_order) > self._most:
            self._seen.discard(self._in_order.popleft())
        return False
