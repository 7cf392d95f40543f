"""Names of keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from oncue.tui.framework.key_names import is_key_name, key_name

TYPED = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])


@given(TYPED)
def test_the_name_of_a_key_is_what_the_terminal_driver_calls_it(character: str) -> None:
    (event,) = [event for event in XTermParser().feed(character) if isinstance(event, Key)]
    assert key_name(character) == event.key
    assert is_key_name(event.key) or not character.isprintable()


@pytest.mark.parametrize("name", ["", "nonsense", ".", "#", "stop", "f2x", "full stop"])
def test_what_no_key_is_called(name: str) -> None:
    assert not is_key_name(name)
