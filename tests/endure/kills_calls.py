"""Every call of the operating system that a save makes, counted, and one of them disturbed.

What Python calls of the system goes through a few functions of `os`, the opening of streams and the exchange of two
names; they are replaced while something is tried.
"""

import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from oncue.storage.saving import writer

_CALLS = (
    *("open", "write", "read", "close", "fsync", "fstat", "stat", "lstat", "access", "mkdir", "listdir", "scandir"),
    *("rename", "replace", "link", "unlink", "rmdir", "chmod", "fchmod", "fchown", "readlink", "utime"),
)


class Disturbance(NamedTuple):
    """What happens at call ``number``, counted from 1; 0 is none.

    ``error`` is the number of an error that it fails with, ``lasting``: and every one after it. Without one the process
    is killed, ``after`` it or before it; of a write that is half done when it dies, a half is written.
    """

    number: int = 0
    error: int = 0
    lasting: bool = False
    after: bool = False

    def __str__(self) -> str:
        if not self.error:
            return f"killed {'after' if self.after else 'before'} call {self.number}"
        return f"call {self.number}{' and all after it' if self.lasting else ''} failed with {os.strerror(self.error)}"


@contextmanager
def disturbed(what: Disturbance) -> Iterator[Callable[[], int]]:
    """Disturb the calls that are made meanwhile; gives a function that says how many there were."""
    made = 0
    originals = [(os, name, getattr(os, name)) for name in _CALLS]
    originals += [(io, "open", io.open), (writer, "exchange", vars(writer)["exchange"])]

    def wrapped(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal made
            made += 1
            here = made == what.number
            if what.error and (here or (what.lasting and 0 < what.number < made)) and name != "close":
                raise OSError(what.error, os.strerror(what.error))
            if here and not what.error and not what.after:
                os.kill(os.getpid(), signal.SIGKILL)
            if here and not what.error and name == "write":
                original(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return original(*arguments, **options)
            finally:
                if here and not what.error:
                    os.kill(os.getpid(), signal.SIGKILL)

        return call

    try:
        for owner, name, original in originals:
            setattr(owner, name, wrapped(name, original))
        yield lambda: made
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)
