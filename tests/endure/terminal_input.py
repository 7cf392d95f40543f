"""What a user, a terminal and bad luck send: random keys, mouse, pastes, resizes, and sequences that mean nothing.

All of it is decided by the random generator alone and never by what the app does, so a seed repeats it.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from tests.endure.terminal import Size

KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    "space": b" ",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "shift+up": b"\x1b[1;2A",
    "shift+down": b"\x1b[1;2B",
    "shift+left": b"\x1b[1;2D",
    "ctrl+left": b"\x1b[1;5D",
    "ctrl+end": b"\x1b[1;5F",
    "f1": b"\x1bOP",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    **{f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "abcdefghklnoprstuvwxyz"},
}
"""Keys of an ordinary terminal, but for the one that quits."""

LETTERS = bytes(set(range(0x20, 0x7F)) - set(b"q"))
"""One key each. All but ``q``, which is pressed seldom: as often as ``ctrl+q``."""

TEXTS = (
    "hello", "[b]x[/]", "[/a/b]", "{{participant.name}}", "日本語", "👩\u200d👩\u200d👧🇨🇭", "e\u0301\u0301",
    "\u202egnp", "a=1", "plan, vip", '"', "\\", "'''", "%s", "-1", "1e999", "x" * 300, "../../etc",
)  # fmt: skip
_PASTES = (
    b"a\nb\r\nc", b"\x1b]0;x\x07", b"\x00\x01\x9b2J", b"\xff\xfe", b"", b"\x1b[200~in\x1b[201~", b"y" * 5_000,
    "\u202e\u2066bidi".encode(), b"[@click=app.quit]x[/]",
)  # fmt: skip
_ODD = (
    b"\x1b[", b"\x1b]", b"\x1bP+q\x1b\\", b"\x1b[<0;", b"\x1b[<999999;1;1M", b"\x1b[<0;0;0M", b"\x1b[<0;-1;5m",
    b"\x1b[M  ", b"\x1b[M\xff\xff\xff", b"\x1b[97;1:3u", b"\x1b[1114112u", b"\x1b[97:65:99;2:1;1114112u",
    b"\x1b[57344;1u", b"\x1b[99~", b"\x1b[999999999999999999~", b"\x1b[24;80R", b"\x1b[?2026;2$y",
    b"\x1b[?2048;2$y", b"\x1b[48;20;60;0;0t",
    b"\x1b[48;20000;20000;1;1t", b"\x1b[200~", b"\x1b[201~", b"\xff", b"\xc3", b"\x00", b"\x1b\x1b\x1b", b"\x1b[1;99A",
    b"\x1b[?62;22c", b"\x9b", "\u0085".encode(), b"\x1b[27;5;1114112~", b"\x1b[O\x1b[I\x1b[O\x1b[I",
)  # fmt: skip
SMALL = ((1, 1), (2, 2), (5, 3), (20, 5), (40, 10))
SIZES = (*SMALL, (80, 24), (80, 24), (120, 40), (120, 40), (200, 60))


Event = Callable[[Random, Size], bytes]
"""One random event, in a window of a size."""


class Input(NamedTuple):
    """One write to the terminal, of one event or of several; before it, perhaps, another size of the window.

    ``wait``: seconds within which an answer is waited for, and then until it is complete; with 0 the next follows at
    once.
    """

    data: bytes
    events: int
    resize: Size | None
    wait: float


def plain_key(rng: Random) -> bytes:
    """A key as somebody presses it who explores the app."""
    if rng.random() < 0.004:
        return rng.choice((b"q", b"\x11"))
    return rng.choice(list(KEYS.values())) if rng.random() < 0.45 else bytes([rng.choice(LETTERS)])


def mouse(rng: Random, size: Size) -> bytes:
    """Something that the mouse does, now and then outside the window, as it is while that is resized."""
    columns, rows = size
    x, y = rng.randint(1, columns), rng.randint(1, rows)
    if rng.random() < 0.05:
        x, y = rng.choice((0, columns + 1, 9_999)), rng.choice((0, rows + 1, 9_999))
    kind = rng.random()
    if kind < 0.5:  # a click, or two of them
        button = rng.choice((0, 0, 0, 1, 2))
        return b"".join(b"\x1b[<%d;%d;%d%s" % (button, x, y, how) for how in (b"M", b"m")) * rng.choice((1, 1, 2))
    if kind < 0.6:  # a drag
        return b"\x1b[<0;%d;%dM\x1b[<32;%d;%dM\x1b[<0;%d;%dm" % (x, y, x + 3, y + 1, x + 3, y + 1)
    if kind < 0.8:
        return b"\x1b[<%d;%d;%dM" % (rng.choice((64, 65)), x, y)
    if kind < 0.95:
        return b"\x1b[<35;%d;%dM" % (x, y)
    return b"\x1b[<%d;%d;%d%s" % (rng.randint(0, 255), x, y, rng.choice((b"M", b"m")))


def odd(rng: Random) -> bytes:
    """A sequence that means nothing, or not what it says."""
    if rng.random() < 0.6:
        return rng.choice(_ODD)
    return (
        b"\x1b["
        + bytes(rng.choices(b"0123456789;:<?$-M ", k=rng.randint(0, 12)))
        + rng.choice((b"u", b"~", b"A", b"R", b"m", b"M", b"t", b"I", b"$y", b""))
    )


def pasted(rng: Random) -> bytes:
    """A paste, sometimes with something in it that no terminal lets through, sometimes without its end."""
    text = rng.choice((*_PASTES, *(each.encode() for each in TEXTS)))
    return b"\x1b[200~" + text + (b"\x1b[201~" if rng.random() < 0.95 else b"")


def anything(rng: Random, size: Size) -> bytes:
    """Any of these."""
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: plain_key(rng),
        lambda: mouse(rng, size),
        lambda: rng.choice(TEXTS).encode(),
        lambda: pasted(rng),
        lambda: rng.choice((b"\x1b[I", b"\x1b[O")),
        lambda: odd(rng),
    )
    return rng.choices(kinds, (60, 22, 4, 3, 3, 8))[0]()


def inputs(rng: Random, size: Size, count: int, event: Event, resizes: float) -> Iterator[Input]:
    """At least ``count`` events, in writes of one or of two to five."""
    while count > 0:
        number = 1 if rng.random() < 0.55 else rng.randint(2, 5)
        resize = None
        if rng.random() < resizes:
            resize = size = rng.choice((*SIZES, (rng.randint(1, 200), rng.randint(1, 60))))
        wait = rng.choice((0.03, 0.03, 0.004, 0.0))
        yield Input(b"".join(event(rng, size) for _ in range(number)), number, resize, wait)
        count -= number
