"""A prompt: it says what is wrong while one types, and stays until the text is right."""

import pytest

from oncue.tui.base_app import BaseApp
from oncue.tui.modals.prompt import Prompt
from oncue.tui.widgets.text_block import TextBlock


class Asking(BaseApp, inherit_bindings=False):
    """Asks for a text of at most three letters."""

    keymap: dict[str, str] = {}
    typing = True

    def __init__(self, value: str) -> None:
        super().__init__()
        self.answered: list[str | None] = []
        self._value = value

    def on_mount(self) -> None:
        def check(text: str) -> str | None:
            return None if 0 < len(text) <= 3 else "one to three letters"

        self.push_screen(Prompt("Title", "A hint", self._value, check), self.answered.append)

    @property
    def said(self) -> str:
        return str(self.screen.query_one("#prompt-hint", TextBlock).lines(60))


async def test_what_is_typed_replaces_what_was_there() -> None:
    app = Asking("abc")
    async with app.run_test() as pilot:
        await pilot.press("x", "y", "enter", "enter")
        assert app.answered == ["xy"]


async def test_it_stays_until_the_text_is_right() -> None:
    app = Asking("abc")
    async with app.run_test() as pilot:
        await pilot.press("end", "d")
        assert "one to three letters" in app.said
        await pilot.press("enter")
        assert app.answered == []
        await pilot.press("backspace")
        assert "A hint" in app.said
        await pilot.press("enter")
        assert app.answered == ["abc"]


@pytest.mark.parametrize("value", ["", "abcd"])
async def test_enter_says_why_it_does_not_take_what_was_there(value: str) -> None:
    app = Asking(value)
    async with app.run_test() as pilot:
        assert "A hint" in app.said
        await pilot.press("enter")
        assert app.answered == []
        assert "one to three letters" in app.said
        await pilot.press("escape", "escape")
        assert app.answered == [None]


async def test_ctrl_q_cancels() -> None:
    app = Asking("abc")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
        assert app.answered == [None]
