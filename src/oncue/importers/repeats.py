"""Redeliveries: platforms deliver again what they think was not received, under the same id.

Of the last events only a hash is kept, so a capture of any length needs no more memory. A redelivery comes within
hours; one that comes after more events than are remembered is not recognised.
"""

from oncue.importers.memory import Memory
from oncue.importers.recorded import RecordedEvent

MOST = 200_000
"""How many events are remembered."""


class Repeats:
    """Tells events that came before. The id of an event is what its platform tells redeliveries by."""

    def __init__(self, most: int = MOST) -> None:
        self._seen: Memory[int, None] = Memory(most)

    def is_repeated(self, event: RecordedEvent) -> bool:
        """Whether the event was there before; one that states no id is always new."""
        return event.id is not None and not self._seen.add(hash((event.provider, event.id)), None)
