"""Keys that come faster than the app answers."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.tui.hands import designer
from textual.screen import ModalScreen

from oncue.storage.saving import save as saving
from oncue.tui.waiting import pending_keys_handled


async def test_quick_keys_never_open_two_dialogs(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("1", "e")
        for keys in (("q", "q"), ("ctrl+q",) * 3, ("x", "x"), ("r", "r"), ("x", "q"), ("q", "x", "r", "ctrl+q")):
            await hands.quickly(*keys)
            stack = [screen for screen in hands.app.screen_stack if isinstance(screen, ModalScreen)]
            assert len(stack) == 1, keys
            await hands.press("escape")
            assert hands.app.screen is hands.app.designer, keys
            assert hands.place == "flows/flow-rows", keys
            assert not hands.app._exit
        await hands.press("q", "ctrl+q")
        assert isinstance(hands.app.screen, ModalScreen), "the question whether to leave wants an answer"
        assert not hands.app._exit
        await hands.press("escape", "x", "ctrl+q")
        assert len(hands.app.screen_stack) == 1, "any other question is closed by ctrl+q as by escape"


async def test_a_save_does_not_overtake_what_was_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("tab")
        await hands.quickly(*"Hello", "ctrl+s")
        assert not hands.session.dirty
        assert hands.text("flows/reply.toml").startswith('name = "ReplyHello"')


async def test_a_save_does_not_overtake_a_chip(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("2", "tab", "tab", "tab", "right")
        await hands.quickly("space", "s")
        assert not hands.session.dirty
        assert '"agent"' in hands.text("flows/welcome.toml")


async def test_leaving_waits_for_a_save_that_goes_on(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_disk, save_session = Event(), saving.save_session

    def save_slowly(*given: Any) -> Any:
        slow_disk.wait(10)
        return save_session(*given)

    monkeypatch.setattr(saving, "save_session", save_slowly)
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        hands._send("ctrl+s")
        hands._send("ctrl+q")
        await pending_keys_handled(hands.app)
        await pending_keys_handled(hands.app)
        assert not hands.asking, "what is being saved is not unsaved"
        assert not hands.app._exit
        slow_disk.set()
        await hands.until(lambda: hands.asking or hands.app._exit)
        assert not hands.asking
        assert hands.app.return_code == 0
    assert "enabled = true" in (acme / "flows/off.toml").read_text("utf-8")


async def test_leaving_does_not_overtake_what_was_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("tab")
        await hands.quickly("x", "ctrl+q")
        assert hands.asking == "Unsaved work"


async def test_a_double_click_opens_one_dialog(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.click_on("#footer", "Delete", times=2)
        assert len(hands.app.screen_stack) == 2
        await hands.press("escape")
        assert hands.app.screen is hands.app.designer
        assert len(hands.session.workspace.flows) == 3


async def test_a_key_right_after_one_that_asks_answers_the_dialog(acme: Path) -> None:
    before = (acme / "flows/reply.toml").read_bytes()
    async with designer(acme) as hands:
        await hands.press("e")
        await hands.quickly("q", "d")
        assert hands.app._exit
        assert (acme / "flows/reply.toml").read_bytes() == before
