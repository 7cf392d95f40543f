"""What a capture remembers while it is read: as much as needed of what was said last, and never more than a limit.

A capture may have any number of conversations. Only those that something was heard of last are remembered, which are
the ones that go on.
"""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 20_000


class Memory(Generic[K, V]):
    """The last ``most`` values that were set, by their key."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        # Not a dict: finding its first key takes the longer, the more keys before it were removed.
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value of ``key``, if it is remembered."""
        return self._values.get(key)

    def set(self, key: K, value: V) -> None:
        """Remember ``value``; what was set longest ago may be forgotten for it."""
        values = self._values
        values[key] = value
        values.move_to_end(key)
        if len(values) > self._most:
            values.popitem(last=False)

    def add(self, key: K, value: V) -> bool:
        """Remember ``value`` for a ``key`` that is not known; whether it was new."""
        if key in self._values:
            return False
        self.set(key, value)
        return True
