"""Only the size counts that the terminal has now, and what changes is laid out once."""

from pathlib import Path
from typing import Any

import pytest
from tests.tui.hands import designer
from textual import events
from textual.geometry import Size

from oncue.tui.framework.compositor import SparseCompositor
from oncue.tui.widgets.text_block import TextBlock


async def test_a_size_that_the_terminal_has_no_more_is_not_answered(sample: Path) -> None:
    async with designer(sample) as hands:
        for size, answered in ((Size(80, 24), False), (Size(120, 40), True)):
            event = events.Resize(size, size)
            hands.app.designer.on_resize(event)
            assert event._no_default_action is not answered


async def test_what_changes_at_once_is_laid_out_once(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = []
    async with designer(acme, (120, 40)) as hands:
        await hands.open_flow("reply")
        await hands.settle()
        reflow = SparseCompositor.reflow

        def counted(self: SparseCompositor, *arguments: Any) -> object:
            laid_out.append(arguments)
            return reflow(self, *arguments)

        monkeypatch.setattr(SparseCompositor, "reflow", counted)
        block = hands.find("#sentence", TextBlock)
        block.styles.height = 6  # all that is above becomes smaller
        await hands.until(lambda: block.size.height == 6)
        await hands.settle()
    assert len(laid_out) == 1
