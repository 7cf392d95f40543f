"""What counts as drawn by a hostile text, and what as the app's own."""

import pytest
from tests.endure.terminal_hostile import canaries

BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"
CLEAR, COPY, SHAPE = b"\x1b[2J", b"\x1b]52;c;TmV3IGZsb3c=\x07", b"\x1b]22;pointer\x07"
SIZES, PIXELS = b"\x1b[?2048h", b"\x1b[?1016h"
FRAME = BEGIN + b"\x1b[1;1H\x1b[38;2;1;2;3mabc\x1b[0m" + END


@pytest.mark.parametrize(
    "between",
    [
        b"",
        CLEAR,
        COPY + CLEAR,
        CLEAR + SHAPE,
        SIZES + PIXELS + CLEAR,
        SIZES + CLEAR + PIXELS,
        CLEAR + CLEAR,
    ],
)
def test_the_app_may_clear_the_screen_between_two_updates(between: bytes) -> None:
    assert list(canaries(b"\x1b[?1049h" + FRAME + between + FRAME)) == []


def test_the_app_may_clear_the_screen_before_the_first_update() -> None:
    assert list(canaries(b"\x1b[?1049h\x1b[?1000h" + PIXELS + SHAPE + CLEAR + FRAME)) == []


def test_what_the_terminal_echoes_while_the_app_is_stopped_is_not_drawn_by_it() -> None:
    stopped = b"\x1b[?1049l\x1b[?25h\x1b[?1004l" + b"^[[1;5F\xe2\x80\xaegnp" + b"\x1b[?1049h\x1b[?1000h"
    assert list(canaries(b"\x1b[?1049h" + FRAME + stopped + FRAME + stopped + FRAME)) == []


@pytest.mark.parametrize(
    "drawn",
    [
        b"\x1b[?1000habc" + CLEAR + FRAME,
        BEGIN + CLEAR + END + FRAME,
        FRAME + BEGIN + b"abc" + CLEAR + b"abc" + END,
        FRAME + CLEAR + b"abc" + FRAME,
        FRAME + b"abc" + CLEAR + FRAME,
        FRAME + b"\x1b[?1000h" + CLEAR + FRAME,
        FRAME + b"\x1b[31m" + CLEAR + FRAME,
        FRAME + CLEAR + b"\x1b]0;owned\x07" + FRAME,
        FRAME + b"\x1b]52;c;Y2FuYXJ5\x07" + CLEAR + FRAME,
        FRAME + BEGIN + b"\x1b[?1049l\x1b[?1000h\xe2\x80\xaegnp" + END + b"\x1b[?1049h" + FRAME,
    ],
)
def test_a_text_that_clears_the_screen_is_found(drawn: bytes) -> None:
    assert list(canaries(b"\x1b[?1049h" + drawn)) != []
