"""Long work in a thread that steps aside for keys.

Threads take turns at Python code: a thread that computes makes the UI thread wait for up to five milliseconds each
time that it wants to go on, and then takes half of its time. So work that takes seconds looks up every now and then,
on its own function calls: it rests for a moment, stands still while a key is being carried out, and gives up when
nobody wants its result any more. What it calls need not know of that.

The looks are a profile function, which slows the work to a third. Nobody who types is concerned by that. From Python
3.12 on, a profile function of one thread costs the calls of the others something, too, so there is none while it stands
still.
"""

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

LOOK = 64
"""Calls between two looks whether a key is being carried out: some 0.2 ms."""

ROUND = 512
"""Calls between two moments in which others can go on: some 1.5 ms."""

MOMENT = 0.0001
"""Seconds of such a moment. Zero would not do: a thread that goes on at once gets the next turn, too."""

REST = 0.004
"""Seconds between two looks while a key is being carried out."""

PAINT = 0.02
"""Seconds after a key in which the screen is painted."""


class Unwanted(BaseException):
    """Nobody wants the result any more. No `Exception`, so that nothing that is called takes it for a fault."""


def stepping_aside(work: Callable[[], T], busy: Callable[[], bool], unwanted: Callable[[], bool]) -> T | None:
    """The result of ``work``; ``None`` if it is ``unwanted`` before it is there. To be called in a thread of its own.

    ``work`` must have imported what it needs: an import that is given up in the middle is half an import.
    """
    calls = 0

    def look(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        if event != "call":
            return
        calls += 1
        if calls % LOOK == 0:
            if unwanted():
                raise Unwanted
            if busy():
                sys.setprofile(None)
                wait()
                sys.setprofile(look)
            if calls % ROUND == 0:
                time.sleep(MOMENT)

    def wait() -> None:
        while busy() and not unwanted():
            time.sleep(REST)
            if not busy():
                time.sleep(PAINT)

    sys.setprofile(look)
    try:
        return work()
    except Unwanted:
        return None
    finally:
        sys.setprofile(None)
