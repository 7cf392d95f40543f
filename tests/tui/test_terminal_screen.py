"""What the app draws in a real terminal: without colours where that is asked for, anew on ctrl+l, at any size."""

import fcntl
import os
import re
import signal
import struct
import sys
import time
from pathlib import Path
from random import Random

import pytest

if sys.platform != "linux":
    pytest.skip("these need a Linux terminal", allow_module_level=True)

import termios

from tests.endure.signals import in_a_flood
from tests.tui.test_terminal import PATIENCE, Terminal

_STYLE = re.compile(rb"\x1b\[([0-9;]*)m")


def colours(output: bytes) -> set[bytes]:
    """The codes of colours in what was drawn, the default colour not counted."""
    codes = {code for codes in _STYLE.findall(output) for code in codes.split(b";") if code.isdigit()}
    return {code for code in codes if 30 <= int(code) <= 38 or 40 <= int(code) <= 48 or 90 <= int(code) <= 107}


def shown(folder: Path) -> bytes:
    """What a start, a move and a dialog draw."""
    terminal = Terminal(folder)
    try:
        terminal.wait_for_words("Simulator keys")
        terminal.send(b"4cx1x")
        terminal.wait_for_words("Delete")
        return terminal.output
    finally:
        terminal.kill()


@pytest.mark.parametrize("value", ["1", "0", "no"])
def test_no_color_takes_all_colours_away(acme: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    output = shown(acme)
    assert colours(output) == set()
    assert b"7" in {code for codes in _STYLE.findall(output) for code in codes.split(b";")}, "the cursor is seen"


def test_an_empty_no_color_takes_none(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert colours(shown(acme))


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1:strict"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_frames_are_drawn_whatever_encoding_python_was_told(
    acme: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    output = shown(acme)
    assert "┏".encode() in output
    assert b"\\u25" not in output


@pytest.mark.parametrize("where", [b"", b"x"], ids=["panes", "dialog"])
def test_ctrl_l_draws_everything_again(acme: Path, where: bytes) -> None:
    terminal = Terminal(acme)
    try:
        terminal.wait_for_words("Simulator keys")
        if where:
            terminal.send(where)
            terminal.wait_for_words("Delete")
        terminal.send(b"\x0c")
        terminal.wait_for_words("\x1b[2J Flows Trigger Steps Simulator")
    finally:
        terminal.kill()


@pytest.mark.parametrize("size", [(20_000, 20_000), (65_535, 65_535), (1, 1), (0, 0)])
def test_a_size_that_no_terminal_has_does_no_harm(acme: Path, size: tuple[int, int]) -> None:
    terminal = Terminal(acme)
    try:
        terminal.wait_for_words("Simulator keys")
        fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        terminal.send(b"\x1b[48;20000;20000;999999;999999t?")
        terminal.pump(0.5)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.end() == 143
        terminal.assert_given_back()
    finally:
        terminal.kill()


def test_a_flood_of_letters_does_not_hold_up_a_signal(acme: Path) -> None:
    what, wrong = in_a_flood(Random(1), acme)
    assert not wrong, what


def test_without_colours_a_click_means_what_it_means_with_them(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal(acme)
    try:
        terminal.wait_for_words("Simulator keys")
        terminal.send(b"\x1b[<0;18;40M\x1b[<0;18;40m")  # on/off, in the footer
        terminal.wait_for_words("unsaved")
    finally:
        terminal.kill()


@pytest.mark.parametrize("keys", [b"1", b"2\x1b[Z", b"3e", b"4m", b":", b"/"])
def test_nothing_is_written_while_nothing_happens(sample: Path, keys: bytes) -> None:
    """No cursor blinks, in whatever has the focus: that keeps the terminal, and a slow line, busy."""
    terminal = Terminal(sample)
    try:
        terminal.wait_for_words("✓ 15")
        terminal.send(keys)
        terminal.wait_for(lambda: len(terminal.output) > terminal.sent)
        assert comes_to_rest(terminal)
    finally:
        terminal.kill()


def comes_to_rest(terminal: Terminal) -> bool:
    """Whether nothing is written for longer than a cursor needs to blink, sooner or later."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before, end = len(terminal.output), time.monotonic() + 0.8
        while time.monotonic() < end:
            terminal.pump(0.05)
        if len(terminal.output) == before:
            return True
    return False
