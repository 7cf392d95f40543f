"""What a terminal sends: no sequence ends the thread that reads it, and none hides what comes after it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver

from oncue.tui.framework.parser import TolerantParser, parse_input_tolerantly
from oncue.tui.framework.sizes import MAX_SIZE
from oncue.tui.terminal_safety import InputDecoder

ODD = [
    "\x1b[97;1:3u",
    "\x1b[97;1:1u",
    "\x1b[1114112u",
    "\x1b[97:65:99;2:1;1114112u",
    "\x1b[999999999999999999~",
    "\x1b[1099::115;5u",
    "\x1b[1;1:3A",
    "\x1b[99999999u",
    "\x1b[27;5;1114112~",
]


CSI = st.builds(
    lambda middle, end: f"\x1b[{middle}{end}".encode(),
    st.text("0123456789;:<?$-M ", max_size=20),
    st.sampled_from([*"u~ABCDEFHPQRSmMtyIO", "$y", ""]),
)


def keys(parser: XTermParser, *texts: str) -> list[str]:
    return [event.key for text in texts for event in parser.feed(text) if isinstance(event, events.Key)]


@pytest.mark.parametrize("odd", ODD)
def test_odd_sequences_end_nothing_and_hide_nothing(odd: str) -> None:
    assert keys(TolerantParser(), f"a{odd}b", "c")[0] == "a"
    assert keys(TolerantParser(), f"a{odd}b", "c")[-2:] == ["b", "c"]


@given(st.lists(st.one_of(st.binary(max_size=12), CSI, st.sampled_from([each.encode() for each in ODD])), max_size=12))
def test_nothing_that_a_terminal_can_send_raises(chunks: list[bytes]) -> None:
    parser, decoder = TolerantParser(), InputDecoder("utf-8")
    for chunk in chunks:
        if text := decoder.decode(chunk):
            for event in parser.feed(text):
                if isinstance(event, events.Resize):
                    assert event.size <= MAX_SIZE
        parser._timeout_time = parser._timeout_time and 0.0
        list(parser.tick())
    list(parser.feed(""))


def test_the_driver_parses_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", XTermParser)
    parse_input_tolerantly()
    assert vars(linux_driver)["XTermParser"] is TolerantParser


@pytest.mark.parametrize(("sent", "key"), [("\x1b1", "alt+1"), ("\x1b=", "alt+equals_sign"), ("\x1bb", "ctrl+left")])
def test_escape_and_a_sign_are_no_other_sign(sent: str, key: str) -> None:
    assert [event.key for event in TolerantParser().feed(sent) if isinstance(event, events.Key)] == [key]


def told(*texts: str) -> list[str]:
    """The keys and pastes of what comes in some reads."""
    parser = TolerantParser()
    return [
        event.key if isinstance(event, events.Key) else f"paste of {event.text!r}"
        for text in texts
        for event in parser.feed(text)
        if isinstance(event, events.Key | events.Paste)
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a\x1bxb", "axb"),
        ("\x1b", ""),
        ("\x1b\x1b\x1b", ""),
        ("a\x1b[31mb", "a[31mb"),
        ("\x1b[20", "[20"),
        ("\x1b[2\x1b[20\x1b", "[2[20"),
        ("\x1b[200~a", "[200~a"),
        ("\x1b[Aq\x1b[<0;1;1M\x1b[I", "[Aq[<0;1;1M[I"),
        ("\x1b]52;c;" + "x" * 60 + "\x07", "]52;c;" + "x" * 60 + "\x07"),
    ],
)
def test_escape_in_a_paste_is_dropped_and_makes_nothing_else_a_key(inside: str, text: str) -> None:
    sent = f"a\x1b[200~{inside}\x1b[201~b"
    expected = ["a", f"paste of {text!r}", "b"]
    assert told(sent) == expected
    assert told(*sent) == expected, "letter by letter"


@given(st.lists(st.sampled_from(["\x1b", "[", "2", "0", "1", "~", "q", "\x1b[200~", "\x1b[201"])).map("".join))
def test_all_of_a_paste_but_escape_is_text(inside: str) -> None:
    if "\x1b[201~" not in inside:
        assert told(f"\x1b[200~{inside}\x1b[201~") == [f"paste of {inside.replace(chr(27), '')!r}"]


def test_after_a_paste_escape_is_a_key() -> None:
    assert told("\x1b[200~a\x1b[201~\x1b[A\x1b[201~\x1b[B") == ["paste of 'a'", "up", "down"]
    assert told("\x1b[200", "~a\x1b", "x\x1b[2", "01~", "\x1bb") == ["paste of 'ax'", "ctrl+left"]
