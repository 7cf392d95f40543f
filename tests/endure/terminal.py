"""The app in a pseudo-terminal: what is written to it, what it draws, how it ends, and what it leaves behind.

A program that draws must not be waited for by the clock alone, so `TerminalApp.read` returns as soon as the output has
been quiet for a moment. All that the process was sent can be made from a seed, so nothing of it is kept here but the
output.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

Size = tuple[int, int]
"""Columns and rows."""

PATIENCE = 60.0
"""Seconds without an answer after which the app counts as hung: many keys may wait, and machines have slow moments."""

# It takes its controlling terminal itself, so that nothing runs between fork and exec, and can tell where it hangs.
_START = """
import faulthandler, fcntl, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
faulthandler.register(signal.SIGUSR1, file=open(sys.argv.pop(1), "w"), all_threads=True)
from oncue.cli.main import main
main()
"""
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([><])[0-9;]*u")
_ON_BY_DEFAULT = {7, 25}  # wrapping at the edge, and the cursor
_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_=>]")
_FRAME = re.compile(r'([^/"]+)", line (\d+) in (\S+)')
_SHOWN_KEYS = 400
_EDITOR = """sh -c 'printf "\\n# edited" >> "$1"' editor"""
"""An editor that is at once done; what it adds is a comment in a flow, and text in the text of a step."""


class AppError(Exception):
    """The app has ended although it should not have, or the other way round; the text says how."""


class TerminalApp:
    """The app on a workspace, in a terminal of its own. ``home`` gets its state, settings and dumps.

    ``variables`` of the environment that are ``None`` are taken out of it.
    """

    def __init__(
        self,
        folder: Path,
        home: Path,
        size: Size = (120, 40),
        variables: Mapping[str, str | None] | None = None,
        arguments: Sequence[str] = (),
    ) -> None:
        self.home, self.size, self.output = home, size, bytearray()
        self._stacks, self._tells_sizes = home / "stacks", False
        self.fd, line = pty.openpty()
        os.set_blocking(self.fd, False)
        self.resize(size)
        self._before = termios.tcgetattr(self.fd)
        environment = {**os.environ, **own_folders(home), "VISUAL": _EDITOR, **(variables or {})}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, str(self._stacks), str(folder), *arguments],
            stdin=line,
            stdout=line,
            stderr=line,
            env={name: value for name, value in environment.items() if value is not None},
            cwd=home,  # what is written to a path without a folder goes there
            start_new_session=True,
        )
        os.close(line)

    # Writing

    def resize(self, size: Size) -> None:
        """Resize the window. Where the app wants to be told in the input, it does not listen to the signal."""
        self.size = size
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if self._tells_sizes:  # with pixels of the size of a cell, so that the pointer needs no second way to be told
            self.write(b"\x1b[48;%d;%d;%d;%dt" % (size[1], size[0], size[1], size[0]))

    def write(self, data: bytes) -> None:
        """Type something. `AppError` if the app does not take it."""
        deadline = time.monotonic() + PATIENCE
        while data and self.lives:
            if time.monotonic() > deadline:
                raise AppError(f"takes no input any more: {self.stacks()}")
            if select.select([], [self.fd], [], 0.05)[1]:
                with suppress(BlockingIOError):
                    data = data[os.write(self.fd, data[:2_000]) :]
            self.read(0, 0)

    def signal(self, number: int) -> None:
        if self.lives:
            self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self.fd)
        self.fd = os.open(os.devnull, os.O_RDWR)

    # Reading

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def read(self, first: float, quiet: float = 0.01) -> int:
        """Read what comes within ``first`` seconds, and on until it is ``quiet`` for so long; how much it was."""
        begun, wait, deadline = len(self.output), first, time.monotonic() + max(2.0, first)
        while time.monotonic() < deadline and select.select([self.fd], [], [], wait)[0]:
            try:
                data = os.read(self.fd, 1 << 16)
            except OSError:  # nobody has the terminal open any more
                break
            if not data:
                break
            self._reply(data)
            self.output += data
            wait = quiet
        return len(self.output) - begun

    def _reply(self, data: bytes) -> None:
        """Say, as most terminals do, that updates can be synchronised, and report sizes to an app that wants that."""
        if b"\x1b[?2026$p" in data:
            with suppress(OSError):
                os.write(self.fd, b"\x1b[?2026;2$y")
        if b"\x1b[?2048h" in data or b"\x1b[?2048l" in data:
            self._tells_sizes = data.rfind(b"\x1b[?2048h") > data.rfind(b"\x1b[?2048l")

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Read until ``condition`` holds. `AppError` if it does not, or if the app ends."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if not self.lives:
                self.read(0.05)
                if condition():
                    return
                raise AppError(f"ended with {self.process.returncode} instead of {what}: {self.last_words()}")
            if time.monotonic() > deadline:
                raise AppError(f"no {what}: {self.stacks()}")
            self.read(0.05)

    def wait_for_text(self, text: str, since: int = 0) -> None:
        """Wait until each word of a text was drawn in one piece."""
        self.wait_for(lambda: all(word.encode() in self.output[since:] for word in text.split()), repr(text))

    def start(self) -> "TerminalApp":
        """Wait until it has drawn something and is quiet, which is when most of the start is done."""
        self.wait_for(lambda: b"\x1b[?1049h" in self.output, "a full-screen app")
        self.read(2.0, 0.15)
        return self

    def heartbeat(self) -> None:
        """Resize the window, which a program that lives answers with a drawing. `AppError` if it does not."""
        self.write(b"\x1b[201~")  # a paste without its end would take a size that is told in the input for text
        self.read(0.05, 0.03)
        columns, rows = self.size
        begun = len(self.output)
        self.resize((columns + 1, rows))
        self.wait_for(lambda: len(self.output) > begun or not self.lives, f"answer to a resize from {columns}x{rows}")
        self.resize((columns, rows))

    # Ending

    def leave(self) -> None:
        """Out of everything, then quit without saving. `AppError` if there is no way out."""
        self.resize((100, 30))
        for _ in range(8):
            for keys in (b"\x1b", b"\x11", b"d"):
                self.write(keys)
                self.read(0.2, 0.13)  # longer than a terminal takes to tell escape from a sequence
                if not self.lives:
                    return
        self.wait_for(lambda: not self.lives, "end after escape, ctrl+q and d")

    def end(self) -> int:
        """Wait until it is gone; its exit status, or minus the signal."""
        deadline = time.monotonic() + PATIENCE
        while self.lives:
            if time.monotonic() > deadline:
                raise AppError(f"does not end: {self.stacks()}")
            self.read(0.02)
        self.read(0.02)
        return self.process.wait()

    def complaints(self, *allowed: int) -> Iterator[str]:
        """What is wrong with how it ended: its status, a traceback, a terminal that is not given back."""
        status = self.end()
        if status not in allowed:
            yield f"ended with {status}: {self.last_words()}"
        if b"Traceback" in b"".join(self.output.split()) or b"Exceptioninthread" in b"".join(self.output.split()):
            yield f"a traceback: {self.last_words()}"
        if status != -signal.SIGKILL:
            yield from self.left_behind()

    def left_behind(self) -> Iterator[str]:
        """What of the terminal is not as it was."""
        modes: dict[int, bool] = {}
        for numbers, how in _MODE.findall(self.output):
            modes |= {int(number): how == b"h" for number in numbers.split(b";")}
        if wrong := [mode for mode, on in modes.items() if on != (mode in _ON_BY_DEFAULT)]:
            yield f"modes of the terminal left on or off: {wrong}"
        levels = [1 if how == b">" else -1 for how in _KEYBOARD.findall(self.output)]
        if sum(levels) > 0:
            yield "the keyboard protocol is left on"
        with suppress(termios.error):  # the window is closed
            if termios.tcgetattr(self.fd)[:4] != self._before[:4]:
                yield "the line discipline is not as it was"

    def last_words(self) -> str:
        """What it said on the normal screen, and its report."""
        said = _ESCAPES.sub(b"", bytes(self.output[self.output.rfind(b"\x1b[?1049l") + 1 :]))[-_SHOWN_KEYS:]
        reports = sorted((self.home / "state/crashes").glob("crash-*.txt"))
        report = " | ".join(reports[-1].read_text().split("\n")[-14:]) if reports else ""
        return f"{said.decode(errors='replace')!r} {report}"

    def stacks(self) -> str:
        """Where its main thread is, twice; empty if it cannot say."""
        for _ in range(2):
            if self.lives:
                self.signal(signal.SIGUSR1)
                time.sleep(0.3)
        with suppress(OSError):
            dumps = self._stacks.read_text().split("Current thread")[1:]
            return " || ".join(
                " < ".join("{}:{} {}".format(*frame) for frame in _FRAME.findall(each)[:25]) for each in dumps
            )
        return ""

    @property
    def memory(self) -> float:
        """Resident memory in MB."""
        with suppress(OSError):
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        return 0.0

    def close(self) -> None:
        if self.lives:
            self.process.kill()
        self.process.wait()
        os.close(self.fd)


def own_folders(home: Path) -> dict[str, str]:
    """Variables that keep a process away from the user's own state and settings."""
    return {
        "ONCUE_STATE_DIR": str(home / "state"),
        "ONCUE_CONFIG_DIR": str(home / "config"),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_ANIMATIONS": "none",
    }


@contextmanager
def terminal_app(
    folder: Path,
    home: Path,
    size: Size = (120, 40),
    variables: Mapping[str, str | None] | None = None,
    arguments: Sequence[str] = (),
) -> Iterator[TerminalApp]:
    """The app, which is killed at the end if it lives still."""
    app = TerminalApp(folder, home, size, variables, arguments)
    try:
        yield app
    finally:
        app.close()
