"""No terminal is larger than memory."""

from textual import events

from oncue.tui.framework.parser import TolerantParser
from oncue.tui.framework.sizes import MAX_SIZE


def test_a_terminal_cannot_claim_to_be_larger_than_memory() -> None:
    (event,) = TolerantParser().feed("\x1b[48;20000;30000;20000;20000t")
    assert isinstance(event, events.Resize)
    assert event.size == MAX_SIZE
    (event,) = TolerantParser().feed("\x1b[48;40;120;800;1200t")
    assert isinstance(event, events.Resize)
    assert event.size == (120, 40)
