"""What a row of the long-running check is, and what is counted while it is tried."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple


@dataclass
class Tried:
    """How often something was tried, what failed, and how often anything else that is worth telling happened.

    ``skipped`` says what could not be tried here, each reason once.
    """

    count: int = 0
    failures: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    skipped: set[str] = field(default_factory=set)


class Row(NamedTuple):
    """A way to try oncue; ``attempt`` tries it once or a few times, in a folder of its own."""

    id: str
    how: str
    noun: str
    attempt: Callable[[Random, Path, Tried], None]
