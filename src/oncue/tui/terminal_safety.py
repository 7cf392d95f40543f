"""Guards against what terminals send to a long-running app, and against what it could send to them.

Each guard answers a failure that was measured with Textual 8.2: a byte that is not UTF-8 on the input ends the app, a
paste whose end got lost takes in all keys for ever, control characters in text reach the terminal, and signals leave
the terminal broken. Text is cleaned before it reaches a widget; the filter here is a second wall, for whatever comes
another way.
"""

import codecs
import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from oncue.text import masked
from oncue.tui.framework.driver import decode_input_with

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
_CONTROL_KEY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\x1b\[[\d:;]+u")
"""A key that is no text: as one character, or as the protocol of kitty has it."""

_MODES_BEFORE = b"".join(b"\x1b[?%dl" % mode for mode in (2026, 1000, 1003, 1015, 1006, 1016, 1004, 2004, 2048))
_MODES_BEFORE += b"\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"
"""Turns off what Textual turns on in a terminal, and lines that wrap and the cursor on."""

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


class ColourlessFilter(LineFilter):
    """Takes all colours away, greys included, as ``NO_COLOR`` asks for; bold, reverse and the like stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without colours."""
        return [Segment(text, style and _colourless(style), control) for text, style, control in segments]


@lru_cache(4_096)
def _colourless(style: Style) -> Style:
    """``style`` without colours, but with what a click on it means, which rich takes away with them."""
    return style.without_color + Style(meta=style.meta) if style.meta else style.without_color


def tolerate_bytes() -> None:
    """Let the terminal driver read bytes that are no UTF-8; it shows them as replacement characters."""
    decode_input_with(_tolerant_decoder)


def _tolerant_decoder(encoding: str) -> Callable[[], "InputDecoder"]:
    return partial(InputDecoder, encoding)


class InputDecoder:
    """Bytes of the terminal to the text that Textual parses.

    A paste is over when its end mark comes. Should that get lost, all keys would be taken for text of the paste
    for ever. So a control key that comes alone ends it first: no terminal lets such a character into a paste.
    """

    def __init__(self, encoding: str) -> None:
        self._bytes = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._pasting = False
        self._seen = ""

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of ``data``, as the decoders of `codecs` give it."""
        text = self._bytes.decode(data, final)
        if self._pasting and _CONTROL_KEY.fullmatch(text):
            text = PASTE_END + text
        seen = self._seen + text
        start, end = seen.rfind(PASTE_START), seen.rfind(PASTE_END)
        if start != end:
            self._pasting = start > end
        self._seen = seen[1 - len(PASTE_START) :]
        return text


def on_signals(leave: Callable[[int], None]) -> None:
    """Call ``leave`` with the number of a signal that asks the app to end, from now on to the end of the process.

    The handlers are there before the terminal is taken, and they run even while the event loop does not turn. The loop
    has handlers of its own, but they start later and wait for it.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(ValueError):  # not the main thread
                signal.signal(number, lambda received, _frame: leave(received))


def stay_awake() -> None:
    """Let no ctrl+z that still waits in the terminal stop the process while it gives the terminal back.

    Textual would take the terminal again when it is continued, and leave it so.
    """
    for name, handler in (("SIGTSTP", signal.SIG_IGN), ("SIGCONT", signal.SIG_DFL)):
        if hasattr(signal, name):
            with suppress(ValueError):
                signal.signal(getattr(signal, name), handler)


@contextmanager
def keys_of_signals_are_for_the_child() -> Iterator[None]:
    """While another program has the terminal: what ctrl+c, ctrl+\\ and ctrl+z send is for that program.

    The terminal sends it to all processes of the foreground. The first two would end the app, whose handlers do nothing
    meanwhile; an ignored signal would be ignored by the other program, too. On the third the app has to stop, as the
    shell waits for that: it is not the app's own stop, which gives the terminal back, as it does not have it.
    """
    new: dict[str, Any] = {
        "SIGINT": _nothing,
        "SIGQUIT": _nothing,
        "SIGTSTP": signal.SIG_DFL,
        "SIGCONT": signal.SIG_DFL,
    }
    numbers = {getattr(signal, name): handler for name, handler in new.items() if hasattr(signal, name)}
    before = {number: signal.signal(number, handler) for number, handler in numbers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _nothing(_number: int, _frame: object) -> None:
    """Handle a signal by doing nothing."""


def remember_terminal() -> Callable[[], None]:
    """Remember how the terminal is, before it is taken; gives a function that makes it so again.

    That one can be called from any thread, and needs nothing of an app that no longer reacts.
    """
    attributes, fileno = None, -1
    with suppress(ImportError, AttributeError, OSError, ValueError):  # Windows; no terminal
        import termios

        fileno = sys.__stdin__.fileno()  # type: ignore[union-attr]
        with suppress(termios.error):
            attributes = termios.tcgetattr(fileno)

    def give_back() -> None:
        # A terminal that nobody reads takes no more; that must not hold up the end.
        writing = threading.Thread(target=_write_modes, daemon=True)
        writing.start()
        writing.join(0.5)
        if attributes is not None:
            with suppress(termios.error):
                termios.tcsetattr(fileno, termios.TCSANOW, attributes)
                termios.tcflush(fileno, termios.TCIFLUSH)

    return give_back


def _write_modes() -> None:
    with suppress(AttributeError, OSError, ValueError):
        os.write(sys.__stderr__.fileno(), _MODES_BEFORE)  # type: ignore[union-attr]


def leave_for_sure(status: int, keep: Callable[[], object], give_back: Callable[[], None]) -> None:
    """Call ``keep``, and see to it that the process ends with ``status``, whatever happens on the ordinary way out.

    Where the terminal is gone (its window was closed), Textual would wait for ever to write to it, and there is
    nothing to give back: the process ends at once. Otherwise it has `GRACE` seconds to end by itself, and after them
    ``give_back``, of `remember_terminal`, gives the terminal back.
    """

    def end() -> None:
        try:
            give_back()
        finally:
            os._exit(status)

    watch = threading.Timer(GRACE, end)
    watch.daemon = True
    watch.start()
    try:
        keep()
    finally:
        if not _terminal_lives():
            os._exit(status)


def _terminal_lives() -> bool:
    """Whether the terminal that Textual writes to is still there."""
    if sys.__stderr__ is None or not hasattr(select, "poll"):  # there is no poll on Windows
        return True
    poll = select.poll()
    with suppress(OSError, ValueError):
        poll.register(sys.__stderr__.fileno(), select.POLLOUT)
        return not any(events & (select.POLLHUP | select.POLLERR) for _, events in poll.poll(0))
    return True
