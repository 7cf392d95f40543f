"""Signals at chosen turns of the event loop while the app starts, in a real terminal."""

import signal
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("these need a Linux terminal", allow_module_level=True)

from tests.tui.test_terminal import Terminal

PROGRAM = """
import os, sys
from asyncio.base_events import BaseEventLoop
from oncue.cli.main import main

turn, number, fails = int(sys.argv.pop()), int(sys.argv.pop()), sys.argv.pop() == "fails"
run_once = BaseEventLoop._run_once

def counted(loop):
    global turn
    turn -= 1
    if turn == 0:
        if fails:
            loop.call_soon(lambda: 1 / 0)
        os.kill(os.getpid(), number)
    run_once(loop)

BaseEventLoop._run_once = counted
main()
"""


class Signalled(Terminal):
    """The app, which sends itself a signal before a turn of its loop; with "fails", something fails in that turn."""

    program = ("-c", PROGRAM)

    def __init__(self, folder: Path, number: int, turn: int, how: str = "works") -> None:
        super().__init__(folder, how, str(number), str(turn))


def ends_as_told(terminal: Terminal, number: int, state: Path) -> None:
    try:
        assert terminal.end() == 128 + number, terminal.output[-1_000:]
        assert b"Traceback" not in terminal.output
        assert b"oncue: " not in terminal.output
        assert not list(state.rglob("crash-*"))
        if 1049 in terminal.modes:
            terminal.assert_given_back()
    finally:
        terminal.kill()


@pytest.mark.parametrize("turn", [1, 2, 8, 16, 32, 48, 64])
def test_a_signal_while_it_starts_ends_it_as_told(acme: Path, turn: int) -> None:
    ends_as_told(Signalled(acme, signal.SIGINT, turn), signal.SIGINT, acme.parent / "state")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("turn", [16, 64])
def test_what_fails_after_a_signal_is_no_bug(acme: Path, turn: int, number: int) -> None:
    ends_as_told(Signalled(acme, number, turn, "fails"), number, acme.parent / "state")
