"""The user's clipboard is only written to when there is something to copy."""

from pathlib import Path

import pytest
from tests.tui.hands import designer


@pytest.mark.parametrize("key", ["ctrl+x", "ctrl+c"])
async def test_nothing_selected_leaves_the_clipboard_alone(acme: Path, key: str) -> None:
    async with designer(acme) as hands:
        hands.app.copy_to_clipboard("from elsewhere")
        for place in (("tab",), ("/",), ("4", "shift+tab")):
            await hands.press(*place, key)
            assert hands.app.clipboard == "from elsewhere"
        await hands.press("escape", "1", "r")
        await hands.press("end", key)
        assert hands.app.clipboard == "from elsewhere"
