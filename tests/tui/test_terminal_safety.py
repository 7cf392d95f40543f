"""The guards against what terminals and files can send."""

import codecs
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.drivers import linux_driver

from oncue.text import visible
from oncue.tui.terminal_safety import PASTE_END, PASTE_START, InputDecoder, PlainFilter, tolerate_bytes

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_DRIVER: Any = linux_driver
BLACK = Color(0, 0, 0)


@given(st.lists(st.text(), max_size=5))
def test_nothing_that_a_terminal_obeys_passes_the_filter(texts: list[str]) -> None:
    style = Style(bold=True)
    segments = [Segment(text, style) for text in texts]
    passed = PlainFilter().apply(segments, BLACK)
    assert len(passed) == len(segments)
    for before, after in zip(segments, passed, strict=True):
        assert not OBEYED.search(after.text)
        assert len(after.text) == len(before.text), "widths stay what they were"
        assert after.style is style
        if visible(before.text) == before.text:
            assert after.text == before.text


def decoded(*chunks: bytes) -> list[str]:
    decoder = InputDecoder("utf-8")
    return [decoder.decode(chunk) for chunk in chunks]


def test_a_paste_whose_end_got_lost_is_ended_by_a_control_key() -> None:
    start, end = PASTE_START.encode(), PASTE_END.encode()
    assert decoded(start, b"text", b"\x11", b"\x11") == [PASTE_START, "text", f"{PASTE_END}\x11", "\x11"]
    assert decoded(start + b"a", b"\x1b") == [f"{PASTE_START}a", f"{PASTE_END}\x1b"]
    assert decoded(start, b"\x1b[113;5u")[1] == f"{PASTE_END}\x1b[113;5u"
    assert decoded(start, b"a\r\n", b"\t", b"\r", b"q")[1:] == ["a\r\n", "\t", "\r", "q"], "text of a paste"
    assert decoded(start + b"a" + end, b"\x11")[1] == "\x11"
    assert decoded(start[:3], start[3:] + b"a", b"\x11")[2] == f"{PASTE_END}\x11", "marks may come in two parts"
    assert decoded(start + b"a" + end[:2], end[2:], b"\x11")[2] == "\x11"


@given(st.lists(st.sampled_from([PASTE_START.encode(), PASTE_END.encode(), b"a", "é".encode(), b"\x11", b"\r"])))
def test_no_input_is_lost_by_that(chunks: list[bytes]) -> None:
    told = "".join(decoded(*chunks))
    assert told.replace(PASTE_END, "") == b"".join(chunks).decode().replace(PASTE_END, "")


def test_surrogates_are_filtered() -> None:
    assert PlainFilter().apply([Segment("a\ud800b")], BLACK) == [Segment("a�b")]


def test_a_broken_byte_is_read_as_a_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", codecs.getincrementaldecoder)
    with pytest.raises(UnicodeDecodeError):
        _DRIVER.getincrementaldecoder("utf-8")().decode(b"a\xffb")
    tolerate_bytes()
    decoder = _DRIVER.getincrementaldecoder("utf-8")()
    assert decoder.decode(b"a\xffb\xc3") == "a�b"
    assert decoder.decode(b"\xbc") == "ü", "a letter in two pieces is still a letter"


HANGS = """
import os, sys, termios, time, tty
from oncue.tui import terminal_safety
terminal_safety.GRACE = 0.2
give_back = terminal_safety.remember_terminal()
tty.setraw(0)
os.write(2, b"\\x1b[?1049h\\x1b[?1003h\\x1b[?25l taken")
terminal_safety.leave_for_sure(143, lambda: None, give_back)
time.sleep(60)  # nothing reacts any more
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_an_app_that_no_longer_reacts_gives_the_terminal_back() -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    process = subprocess.Popen([sys.executable, "-c", HANGS], stdin=theirs, stdout=theirs, stderr=theirs)
    assert process.wait(20) == 143
    written = os.read(ours, 4_096)
    assert b"taken" in written
    for mode in (b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?25h"):
        assert mode in written
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
