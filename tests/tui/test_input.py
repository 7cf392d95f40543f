"""What a terminal sends: no sequence ends the thread that reads it, and none hides what comes after it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver

from oncue.tui.base_app import BUG, BaseApp
from oncue.tui.framework import MAX_SIZE, InputLostError, TolerantParser, parse_input_tolerantly
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


def test_a_terminal_cannot_claim_to_be_larger_than_memory() -> None:
    (event,) = TolerantParser().feed("\x1b[48;20000;30000;20000;20000t")
    assert isinstance(event, events.Resize)
    assert event.size == MAX_SIZE
    (event,) = TolerantParser().feed("\x1b[48;40;120;800;1200t")
    assert isinstance(event, events.Resize)
    assert event.size == (120, 40)


def test_the_driver_parses_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", XTermParser)
    parse_input_tolerantly()
    assert vars(linux_driver)["XTermParser"] is TolerantParser


class Kept(BaseApp, inherit_bindings=False):
    """Counts how often its work was kept."""

    keymap: dict[str, str] = {}
    typing = False
    times = 0

    def keep_work(self) -> bool:
        self.times += 1
        return True


async def test_a_panic_of_textual_is_a_bug_like_any_other(capsys: pytest.CaptureFixture[str]) -> None:
    app = Kept()
    with pytest.raises(InputLostError):
        async with app.run_test():
            app.panic("a traceback with secrets")
    assert isinstance(app.crash, InputLostError)
    assert (app.times, app.return_code) == (1, BUG)
    assert "secrets" not in "".join(capsys.readouterr())
