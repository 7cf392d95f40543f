"""What a capture remembers while it is read: as much as needed of what was said last, and never more than a limit.

A capture may have any number of conversations. Only those that something was heard of last are remembered, which are
the ones that go on.
"""

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 20_000


class Memory(Generic[K, V]):
    """The last ``most`` values that were set, by their key."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value of ``key``, if it is remembered."""
        return self._values.get(key)

    def set(self, key: K, value: V) -> None:
        """Remember ``value``; what was set longest ago may be forgotten for it."""
        values = self._values
        values.pop(key, None)
        values[key] = value
        if len(values) > self._most:
            del values[next(iter(values))]

    def add(self, key: K, value: V) -> bool:
        """Remember ``value`` for a ``key`` that is not known; whether it was new."""
        if key in self._values:
            return False
        self.set(key, value)
        return True
