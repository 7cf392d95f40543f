"""Signals at random moments of the start and of the end of the app, in a terminal of its own.

However the app is told to end, the terminal must be as it was before, nothing but lines of ours may be left on it, and
it must be over in time. What is told before the terminal is taken ends the process as the system does it.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.endure.tried import Row, Tried
from tests.tui.test_terminal import Terminal

from oncue.storage.starter import init

NUMBERS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LATE_KEYS = (b"", b"", b"\x1a", b"\x13", b"\x1a\x13", b"\x1a" * 3, b"q" * 50, b"\x1b[<35;10;10M" * 20)
"""Keys that are still waiting when the app ends: ctrl+z, ctrl+s, letters, the pointer."""

PATIENCE = 15.0
_SHOWN = 2_000


class Outcome(NamedTuple):
    """What was tried, and what is wrong with what came of it; empty if nothing is."""

    what: str
    wrong: str


def at_start(rng: Random, folder: Path, span: float = 1.2) -> Outcome:
    """Send a signal at a random moment of the first ``span`` seconds."""
    number, after = rng.choice(NUMBERS), rng.uniform(0.02, span)
    terminal = Terminal(folder)
    _read_for(terminal, after)
    os.kill(terminal.pid, number)
    return Outcome(f"{number.name} {after:.4f} s after the start", _judge(terminal, number))


def at_exit(rng: Random, folder: Path, span: float = 0.25) -> Outcome:
    """Quit, with keys that wait, and send a signal at a random moment of the ``span`` seconds after that."""
    number, after, keys = rng.choice((None, *NUMBERS)), rng.uniform(0, span), rng.choice(LATE_KEYS)
    terminal = Terminal(folder)
    terminal.wait_for_words("Simulator keys")
    os.write(terminal.fd, b"\x11" + keys)
    _read_for(terminal, after)
    if number is not None:
        os.kill(terminal.pid, number)
    name = number.name if number else "nothing"
    return Outcome(f"ctrl+q {keys[:20]!r}, {name} {after:.4f} s after it", _judge(terminal, number))


def in_a_flood(rng: Random, folder: Path, letters: int = 100_000) -> Outcome:
    """Paste ``letters`` without brackets into a field, and ask the app to end in the middle of that."""
    terminal = Terminal(folder)
    terminal.wait_for_words("Simulator keys")
    os.write(terminal.fd, b"2\x1b[Z\x1b[Z")
    _read_for(terminal, 0.3)
    stop_at = rng.randrange(letters)
    os.set_blocking(terminal.fd, False)
    sent, told = 0, False
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not _ended(terminal):
        if sent >= stop_at and not told:
            os.kill(terminal.pid, signal.SIGTERM)
            told, asked = True, time.monotonic()
        with suppress(BlockingIOError, OSError):
            sent += os.write(terminal.fd, b"a" * min(2_000, letters - sent)) if sent < letters else 0
        _read_for(terminal, 0.002)
    if not told and not _ended(terminal):  # a slow machine has not taken so many letters yet
        os.kill(terminal.pid, signal.SIGTERM)
    took = time.monotonic() - asked if told else 0.0
    return Outcome(f"SIGTERM after {stop_at:,} letters, over after {took:.1f} s", _judge(terminal, signal.SIGTERM))


def _ended(terminal: Terminal) -> bool:
    """Whether the process is gone, without taking note of it."""
    return os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _read_for(terminal: Terminal, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (rest := until - time.monotonic()) > 0:
        if not terminal.pump(min(rest, 0.01)):
            time.sleep(max(0.0, until - time.monotonic()))
            return


def _judge(terminal: Terminal, number: signal.Signals | None) -> str:
    """What is wrong with the way in which it ended; empty if nothing is."""
    deadline = time.monotonic() + PATIENCE
    try:
        while not _ended(terminal) and time.monotonic() < deadline:
            terminal.pump(0.02)
        if not _ended(terminal):
            return "it does not end"
        status = terminal.end()
    finally:
        wrong = "" if not terminal.pid else "killed"
        if terminal.pid:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
            terminal.pid = 0
        found = [wrong] if wrong else _left(terminal)
        terminal.kill()
    allowed = {0} if number is None else {0, 128 + number, -number}
    if number == signal.SIGINT and 1049 not in terminal.modes:
        allowed.add(1)  # Python's own, before it has read anything of oncue
    return "; ".join(found + ([f"status {status}: {_said(terminal)}"] if status not in allowed else []))


def _said(terminal: Terminal) -> str:
    """What it said when the terminal was given back, and the latest report."""
    said = terminal.output[terminal.output.rfind(b"\x1b[?1049l") + 1 :][-_SHOWN:]
    reports = sorted(Path(os.environ["ONCUE_STATE_DIR"]).glob("crashes/crash-*.txt"))
    return f"{said!r} {reports[-1].read_text()[-_SHOWN:] if reports else ''}"


def _left(terminal: Terminal) -> list[str]:
    """What is otherwise than before in the terminal."""
    found = [f"mode {mode} left" for mode, on in terminal.modes.items() if on != (mode in (7, 25))]
    if b"Traceback" in terminal.output and (1049 in terminal.modes or b"/tui/" in terminal.output):
        found.append("a traceback")
    if terminal.line_discipline() != terminal.before[:4]:
        found.append("the line discipline")
    return found


ATTEMPTS = {"start": at_start, "exit": at_exit, "flood": in_a_flood}


def _row(moment: Callable[[Random, Path], Outcome]) -> Callable[[Random, Path, Tried], None]:
    def attempt(rng: Random, folder: Path, tried: Tried) -> None:
        init(folder / "ws")
        os.environ["ONCUE_DEBUG"] = "1"  # an internal error shows where it is from
        what, wrong = moment(rng, folder / "ws")
        tried.count += 1
        if wrong:
            tried.failures.append(f"{what}: {wrong}")

    return attempt


ROWS = (
    Row("M4", "SIGTERM, SIGHUP or SIGINT at a random moment of the start", "starts", _row(at_start)),
    Row("M4'", "the same at the end, with keys that wait", "ends", _row(at_exit)),
    Row("S5'", "100,000 letters without brackets, SIGTERM among them", "floods", _row(in_a_flood)),
)
