"""The app in a real terminal: every way out gives the terminal back, and keeps the work."""

import fcntl
import json
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("these need a Linux terminal", allow_module_level=True)

import pty

PATIENCE = 20.0
# Private modes by number that the app may set: cursor, mouse, focus, alternate screen, paste, synchronised output.
_BETWEEN_PIECES = re.compile(rb"\x1b\[[0-9;]*[mH]")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


class Terminal:
    """A process in a pseudo-terminal, and what it left the terminal's modes at."""

    program = ("-m", "oncue")
    """What Python runs."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.output, self.sent = b"", 0
        self.before: list[object] = []
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # the child
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_ANIMATIONS="none")
            self.run(folder, *arguments)
        self.before = termios.tcgetattr(self.fd)

    def run(self, folder: Path, *arguments: str) -> None:
        """Become the program, in the child."""
        os.execv(sys.executable, [sys.executable, *self.program, str(folder), *arguments])

    def pump(self, seconds: float) -> bool:
        """Read what there is; whether the terminal is still open."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            read = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.output += read
        return bool(read)

    def wait_for(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.output[-2_000:]
            assert self.pump(0.05), self.output[-2_000:]

    def wait_for_text(self, text: str) -> None:
        """Wait until a text was drawn in one piece since the last keys were sent."""
        self.wait_for(lambda: text.encode() in self.output[self.sent :])

    def wait_for_words(self, words: str) -> None:
        """Wait until words were drawn since the last keys were sent; colours and pieces of lines do not matter."""

        def drawn() -> bool:
            text = _BETWEEN_PIECES.sub(b"", self.output[self.sent :])
            return all(word.encode() in text for word in words.split())

        self.wait_for(drawn)

    def send(self, keys: bytes) -> None:
        self.sent = len(self.output)
        os.write(self.fd, keys)

    def end(self) -> int:
        """Wait until it is gone; its exit status, or minus the signal."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.pump(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.pump(0.05) and select.select([self.fd], [], [], 0)[0]:
                    pass
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it does not end")

    def kill(self) -> None:
        """End it if it still lives, and close the terminal."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    @property
    def modes(self) -> dict[int, bool]:
        """The private modes that were ever set or reset, as they are now."""
        now: dict[int, bool] = {}
        for numbers, how in _MODE.findall(self.output):
            now |= {int(number): how == b"h" for number in numbers.split(b";")}
        return now

    def line_discipline(self) -> list[object]:
        """The input, output, control and local modes of the terminal."""
        return list(termios.tcgetattr(self.fd)[:4])

    def assert_given_back(self) -> None:
        modes = self.modes
        assert 1049 in modes, "it was a full-screen app"
        wrong = [mode for mode, on in modes.items() if on != (mode in (7, 25))]  # wrap and cursor on, all else off
        assert wrong == [], f"modes left on or off: {wrong}"
        assert self.line_discipline() == self.before[:4], "the line discipline"


@pytest.fixture
def terminal(acme: Path) -> Iterator[Terminal]:
    opened = Terminal(acme)
    try:
        opened.wait_for_words("Welcome")
        opened.wait_for_words("Simulator keys")
        yield opened
    finally:
        if opened.pid:
            os.kill(opened.pid, signal.SIGKILL)
            os.waitpid(opened.pid, 0)
        os.close(opened.fd)


def drafts(folder: Path) -> list[Path]:
    return sorted((folder.parent / "state").rglob("draft-*.json"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_gives_the_terminal_back_and_keeps_the_work(
    terminal: Terminal, acme: Path, number: signal.Signals
) -> None:
    terminal.send(b"e")
    terminal.wait_for_words("unsaved")
    os.kill(terminal.pid, number)
    assert terminal.end() == 128 + number
    terminal.assert_given_back()
    (draft,) = drafts(acme)
    assert json.loads(draft.read_text())["flows"].keys() == {"reply"}
    assert b"Traceback" not in terminal.output


def test_a_kill_leaves_what_was_edited_two_seconds_ago(terminal: Terminal, acme: Path) -> None:
    terminal.send(b"e")
    terminal.wait_for(lambda: drafts(acme))
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    assert "reply" in json.loads(drafts(acme)[0].read_text())["flows"]
    again = Terminal(acme)
    try:
        again.wait_for_words("It left unsaved edits of 1 flow: Reply.")
        again.send(b"r")
        again.wait_for_text("● 1 unsaved")
        again.send(b"\x11")
        again.wait_for_words("Quit without saving")
        again.send(b"d")
        assert again.end() == 0
        again.assert_given_back()
    finally:
        os.close(again.fd)


def test_quit_leaves_with_0(terminal: Terminal) -> None:
    terminal.send(b"\x11")
    assert terminal.end() == 0
    terminal.assert_given_back()


def test_a_key_that_follows_at_once_answers_the_question(terminal: Terminal, acme: Path) -> None:
    terminal.send(b"e")
    terminal.wait_for_words("unsaved")
    terminal.send(b"\x11d")
    assert terminal.end() == 0
    assert drafts(acme) == []


def test_a_broken_byte_on_the_input_does_not_end_it(terminal: Terminal) -> None:
    terminal.send(b"/\xff\xfe\xc3(abc")
    terminal.wait_for_words("No flow matches.")
    terminal.send(b"\x11")
    assert terminal.end() == 0
    terminal.assert_given_back()
    assert b"Traceback" not in terminal.output


def test_a_closed_window_ends_it_and_keeps_the_work(terminal: Terminal, acme: Path) -> None:
    terminal.send(b"e")
    terminal.wait_for_words("unsaved")
    terminal.wait_for(lambda: drafts(acme))
    spare, terminal.fd = terminal.fd, os.open(os.devnull, os.O_RDWR)
    os.close(spare)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            terminal.pid = 0
            assert os.waitstatus_to_exitcode(status) in (129, -signal.SIGHUP)
            break
        time.sleep(0.02)
    assert terminal.pid == 0, "it goes on without a terminal"
    assert len(drafts(acme)) == 1


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text().replace('"Reply"', '"\\u001b]52;c;b3duZWQ=\\u0007\\u009b2J owned"'))
    opened = Terminal(acme)
    try:
        opened.wait_for_words("owned")
        opened.send(b"4cxxw")
        opened.wait_for_text("conversation")
        opened.send(b":")
        opened.wait_for_words("picks closes")
        os.kill(opened.pid, signal.SIGTERM)
        assert opened.end() == 143
        assert b"\x1b]52" not in opened.output
        assert "\x9b".encode() not in opened.output
    finally:
        os.close(opened.fd)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_stop_leaves_the_terminal_as_it_was(terminal: Terminal, number: signal.Signals) -> None:
    for _ in range(3):
        os.kill(terminal.pid, number)
        terminal.wait_for(lambda: "(stopped)" in Path(f"/proc/{terminal.pid}/status").read_text())
        terminal.sent = len(terminal.output)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for_words("Simulator")
    terminal.send(b"\x11")
    assert terminal.end() == 0
    terminal.assert_given_back()


def test_a_new_size_is_heeded_after_a_stop_though_the_terminal_tells_no_sizes_any_more(terminal: Terminal) -> None:
    terminal.send(b"\x1b[?2048;2$y")
    terminal.wait_for_text("\x1b[?2048h")
    os.kill(terminal.pid, signal.SIGTSTP)
    terminal.wait_for(lambda: "(stopped)" in Path(f"/proc/{terminal.pid}/status").read_text())
    terminal.sent = len(terminal.output)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_for_words("Simulator keys")
    fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 44, 120, 0, 0))
    terminal.wait_for_text("\x1b[44;1H")  # it draws rows that it did not have before
