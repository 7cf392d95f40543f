"""Names of keys, and what a paste becomes; that keys act in their order is tried in `test_terminal_keys`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from oncue.text import from_editable
from oncue.tui.framework import TolerantParser
from oncue.tui.framework_input import is_key_name, key_name, pasted

TYPED = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])


@given(TYPED)
def test_the_name_of_a_key_is_what_the_terminal_driver_calls_it(character: str) -> None:
    (event,) = [event for event in XTermParser().feed(character) if isinstance(event, Key)]
    assert key_name(character) == event.key
    assert is_key_name(event.key) or not character.isprintable()


@pytest.mark.parametrize("name", ["", "nonsense", ".", "#", "stop", "f2x", "full stop"])
def test_what_no_key_is_called(name: str) -> None:
    assert not is_key_name(name)


@given(st.text(TYPED | st.sampled_from("\n\t")))
def test_a_paste_of_lines_is_the_text_that_is_meant(text: str) -> None:
    assert from_editable(pasted(text, lines=True)) == text


@given(st.lists(st.text(TYPED), min_size=1))
def test_no_line_of_a_paste_into_one_line_is_lost(lines: list[str]) -> None:
    for end in ("\n", "\r\n", "\r"):
        joined = from_editable(pasted(end.join(lines), lines=False))
        assert joined == " ".join(filter(None, lines))


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_in_a_paste(text: str) -> None:
    for lines in (True, False):
        assert set(pasted(text, lines)).isdisjoint(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))


@pytest.mark.parametrize(("sent", "key"), [("\x1b1", "alt+1"), ("\x1b=", "alt+equals_sign"), ("\x1bb", "ctrl+left")])
def test_escape_and_a_sign_are_no_other_sign(sent: str, key: str) -> None:
    assert [event.key for event in TolerantParser().feed(sent) if isinstance(event, Key)] == [key]
