"""Guards against what the terminal and the framework do to a long-running app.

Each guard answers a measured failure of Textual 8.2: a byte that is not UTF-8 on the input ends the app, control
characters in text reach the terminal, a click on text can run any action, an input event during a resize meets a widget
without a region, and signals leave the terminal broken. Text is cleaned before it reaches a widget; the filter here
is the second wall, for whatever came another way.
"""

import asyncio
import codecs
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from oncue.text import masked

GRACE = 3.0
"""Seconds that the way out may take after a signal."""


class PlainFilter(LineFilter):
    """Replaces what a terminal would obey in every segment that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with only visible text."""
        return [
            segment
            if segment.text.isascii() and segment.text.isprintable()
            else Segment(masked(segment.text), segment.style, segment.control)
            for segment in segments
        ]


def tolerate_bytes() -> None:
    """Let the terminal driver read bytes that are no UTF-8; it shows them as replacement characters."""
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        setattr(linux_driver, "getincrementaldecoder", _tolerant_decoder)  # noqa: B010 - not in its public names


def _tolerant_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def on_signals(leave: Callable[[int], None]) -> None:
    """Call ``leave`` with the number of a signal that asks the app to end."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
                loop.add_signal_handler(number, leave, int(number))


def leave_for_sure(status: int) -> None:
    """See to it that the process ends with ``status``, whatever happens on the ordinary way out.

    Where the terminal is gone (its window was closed), Textual would wait for ever to write to it, and there is
    nothing to give back: the process ends at once. Otherwise it has `GRACE` seconds to end by itself.
    """
    if not _terminal_lives():
        os._exit(status)
    watch = threading.Timer(GRACE, os._exit, (status,))
    watch.daemon = True
    watch.start()


def _terminal_lives() -> bool:
    """Whether the terminal that Textual writes to is still there."""
    if sys.__stderr__ is None or not hasattr(select, "poll"):  # there is no poll on Windows
        return True
    poll = select.poll()
    with suppress(OSError, ValueError):
        poll.register(sys.__stderr__.fileno(), select.POLLOUT)
        return not any(events & (select.POLLHUP | select.POLLERR) for _, events in poll.poll(0))
    return True
