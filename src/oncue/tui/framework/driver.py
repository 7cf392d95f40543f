"""The terminal driver: how its input is decoded, and what it leaves behind in the terminal."""

import asyncio
import io
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.app import App

from oncue.tui.framework.compositor import redraw

TURN = 0.002
"""Seconds that a frame may take to reach the terminal before the app goes on."""


class PixelsGivenBack:
    """A mixin for the terminal driver that turns off what a terminal says it can do when it gives the terminal back.

    Where the terminal can report its size in the input, Textual has it do so, and report the pointer in pixels. The
    latter it never turns off: the next program that asks for the mouse gets pixels for cells. And if the terminal
    answers late, as over a slow line, the thread that reads the keys turns both on when they were turned off already.

    Nor does Textual forget that a terminal reports its size. It asks anew when it takes the terminal again, but where
    nobody answers, as after another terminal was attached meanwhile, it would not heed the signal of a new size either.
    """

    _mouse_pixels: bool
    _in_band_window_resize: bool

    def disable_input(self) -> None:
        super().disable_input()  # type: ignore[misc]
        # No thread reads the keys any more, so this is the last word.
        self._disable_in_band_window_resize()
        self._disable_pixels()

    def _disable_in_band_window_resize(self) -> None:
        super()._disable_in_band_window_resize()  # type: ignore[misc]
        self._in_band_window_resize = False

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()  # type: ignore[misc]
        self._disable_pixels()

    def _disable_pixels(self) -> None:
        if self._mouse_pixels:
            self.write("\x1b[?1016l")  # type: ignore[attr-defined]
            self._mouse_pixels = False


class StoppedWhole:
    """A mixin for the terminal driver that gives the terminal back and takes it again in turns of the event loop.

    Textual does it in the handlers of signals. They interrupt the app anywhere: when it was about to draw, they wait
    for ever for the lock that it holds. And after SIGSTOP, of which no process hears, the terminal is taken a second
    time: what is restored in the end is then the line discipline of a full-screen app, and two threads read the keys,
    one of which waits for what the other has read.
    """

    _app: App[Any]
    _loop: asyncio.AbstractEventLoop
    _writer_thread: Any
    _goes_on = _given_back = False

    def _sigtstp_application(self, *_: Any) -> None:
        with suppress(RuntimeError):  # the loop is closed, and the terminal given back
            self._loop.call_soon_threadsafe(self._stop)

    def _sigcont_application(self, *_: Any) -> None:
        self._goes_on = True
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._go_on)

    @property
    def _has_terminal(self) -> bool:
        return self._writer_thread is not None and bool(self._writer_thread.is_alive())

    def _stop(self) -> None:
        if not self._has_terminal:
            return
        self._goes_on, self._given_back = False, True
        super()._sigtstp_application()  # type: ignore[misc]
        # Another thread may be the first to stop, and nothing must be drawn until this one does. SIGCONT is not always
        # heard: the next stop takes it away while it is on its way.
        for _ in range(100):
            if not self._goes_on:
                time.sleep(0.001)
        self._goes_on = True
        self._go_on()

    def _go_on(self) -> None:
        if not self._goes_on:
            return
        self._goes_on = False
        if self._has_terminal:
            self.suspend_application_mode()  # type: ignore[attr-defined]
        elif not self._given_back:
            return
        super()._sigcont_application()  # type: ignore[misc]
        self._app.call_later(redraw, self._app)


class _Output(io.TextIOWrapper):
    """What a driver writes to. ``written`` is set while all of it has reached the terminal."""

    def __init__(self, fd: int, encoding: str, errors: str | None) -> None:
        super().__init__(io.BufferedWriter(io.FileIO(fd, "w", closefd=False)), encoding, errors, newline="\n")
        self.written = threading.Event()

    def flush(self) -> None:
        super().flush()
        self.written.set()


class WritesFrames:
    """A mixin for the terminal driver that writes all of a frame, in one piece and as soon as it is drawn.

    With ``PYTHONUNBUFFERED``, which many containers set, each write is one call of the system, and of that only a part
    may be done: when the terminal takes no more and the process hears of a signal meanwhile, as of a new size. Nobody
    writes the rest then, and a frame ends in the middle of a sequence. So there is always a buffer here.

    A thread writes. For each piece of a frame, which are three, it needs the interpreter, and waits for it while the
    app goes on with what is to be done after the frame: 1 to 3 ms. Here a frame is one piece, and the app lets the
    thread have its turn first; not for long, as a terminal may take its time.
    """

    _file: TextIO

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._frame: list[str] | None = None
        self._writing = threading.RLock()  # the thread that reads the keys writes as well, when the terminal answers
        if hasattr(self._file, "buffer"):  # the terminal, which a test may have replaced
            self._file = _Output(self._file.fileno(), self._file.encoding, self._file.errors)

    def write(self, data: str) -> None:
        with self._writing:
            if data == SYNC_START:
                self._frame = []
            if self._frame is None:
                self._hand_over(data)
                return
            self._frame.append(data)
            if data == SYNC_END:
                frame, self._frame = "".join(self._frame), None
                self._hand_over(frame)

    def flush(self) -> None:
        """Override: Textual calls this behind each frame, and does nothing."""
        super().flush()  # type: ignore[misc]
        if isinstance(self._file, _Output):
            self._file.written.wait(TURN)

    def _hand_over(self, data: str) -> None:
        if isinstance(self._file, _Output):
            self._file.written.clear()
        super().write(data)  # type: ignore[misc]


def decode_input_with(decoder: Callable[[str], Any]) -> None:
    """Let the terminal driver decode its input with ``decoder``, which gets the name of an encoding.

    Textual's decoder is strict: one byte that is no UTF-8 ends the app.
    """
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        setattr(linux_driver, "getincrementaldecoder", decoder)  # noqa: B010 - not in its public names
