"""What any careful app does: toasts, and a crash that keeps the work."""

from pathlib import Path

import pytest
from tests.tui.hands import designer


async def test_what_is_said_again_is_seen_once_and_not_all_is_seen_for_ever(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("4", *"mmmmmm")
        assert hands.toasts == ["conversation c-1 has not started; play conversation_created first"]
        for number in range(10):
            hands.app.notify(f"Word {number}.")
            await hands.settle()
        assert hands.toasts == ["Word 6.", "Word 7.", "Word 8.", "Word 9."]
        hands.app.notify("Word 7.")
        await hands.settle()
        assert hands.toasts == ["Word 6.", "Word 8.", "Word 9.", "Word 7."]


async def test_a_crash_keeps_the_work_and_shows_no_values(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "a token that nobody may see"
    with pytest.raises(ZeroDivisionError):
        async with designer(acme) as hands:
            await hands.press("1", "e")

            def crash() -> None:
                assert secret
                _ = 1 / 0

            hands.app.call_later(crash)
            await hands.until(lambda: hands.app.crash is not None)
    assert hands.app.return_code == 70
    out, err = capsys.readouterr()
    assert "token" not in out + err
    async with designer(acme) as hands:
        assert hands.asking == "Unsaved work"
