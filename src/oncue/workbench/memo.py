"""Keeping what was made for as long as what it was made of is the same.

The values of this app are frozen, so the same object says the same; and where two objects say the same by chance, to
find that out would cost what is to be saved. So inputs are compared by identity.
"""

from collections.abc import Callable, Hashable
from operator import is_
from typing import Generic, TypeVar

V = TypeVar("V")
Inputs = tuple[object, ...]


def same_objects(one: Inputs, other: Inputs) -> bool:
    """Whether both have the same objects in the same places."""
    return len(one) == len(other) and all(map(is_, one, other))


class Memo(Generic[V]):
    """The latest value for each key, made again when an input is another object."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Inputs, V]] = {}

    def get(self, key: Hashable, inputs: Inputs, make: Callable[[], V]) -> V:
        """The value for ``key`` that was made of ``inputs``; made now if there is none."""
        kept = self._kept.get(key)
        if kept is None or not same_objects(kept[0], inputs):
            kept = self._kept[key] = (inputs, make())
        return kept[1]
