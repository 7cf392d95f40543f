"""Only the size counts that the terminal has now."""

from pathlib import Path

from tests.tui.hands import designer
from textual import events
from textual.geometry import Size


async def test_a_size_that_the_terminal_has_no_more_is_not_answered(sample: Path) -> None:
    async with designer(sample) as hands:
        for size, answered in ((Size(80, 24), False), (Size(120, 40), True)):
            event = events.Resize(size, size)
            hands.app.designer.on_resize(event)
            assert event._no_default_action is not answered
