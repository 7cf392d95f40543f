"""A question: its keys, the walk through its answers, the mouse, and the answer that changes nothing."""

from pathlib import Path

import pytest
from tests.tui.hands import designer
from textual.screen import Screen

from oncue.errors import ConflictError
from oncue.tui.background import in_background
from oncue.tui.base_app import BaseApp
from oncue.tui.conflicts import ANSWERS as ANSWERS_TO_A_CONFLICT
from oncue.tui.conflicts import explanation
from oncue.tui.modals.question import Question
from oncue.tui.user import Answer

ANSWERS = (Answer("save", "s", "Save"), Answer("drop", "d", "Drop"), Answer("stay", "esc", "Stay"))


class Asking(BaseApp, inherit_bindings=False):
    """Asks one question."""

    keymap: dict[str, str] = {}
    typing = False

    def __init__(self, cursor: int) -> None:
        super().__init__()
        self.answered: list[str | None] = []
        self._cursor_at = cursor

    def on_mount(self) -> None:
        self.push_screen(Question("Title", [("Text", "")], ANSWERS, self._cursor_at), self.answered.append)


@pytest.mark.parametrize(
    ("keys", "cursor", "answer"),
    [
        (("s",), -1, "save"),
        (("d",), -1, "drop"),
        (("escape",), -1, "stay"),
        (("enter",), -1, "stay"),
        (("enter",), 0, "save"),
        (("down", "enter"), 0, "drop"),
        (("up", "enter"), 0, "stay"),
        (("tab", "tab", "tab", "enter"), 0, "save"),
        (("x", "q", "d"), 0, "drop"),
        (("ctrl+q",), -1, "stay"),
        (("s", "d"), -1, "save"),
    ],
)
async def test_keys(keys: tuple[str, ...], cursor: int, answer: str) -> None:
    app = Asking(cursor)
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        assert app.answered == [answer]


async def test_ctrl_q_does_not_answer_the_question_that_it_asked_itself() -> None:
    app = Asking(0)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
        assert app.answered == []
        assert isinstance(app.screen, Screen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_all_answers_are_read_whole_however_long_the_text_is(acme: Path, size: tuple[int, int]) -> None:
    conflict = ConflictError("flows/welcome.toml", b"other\n" * 90)
    async with designer(acme, size) as hands:
        given: list[str] = []

        async def ask() -> None:
            given.append(await hands.app.ask("Conflict", explanation(conflict, "mine\n" * 90), ANSWERS_TO_A_CONFLICT))

        in_background(hands.app.designer, ask)
        await hands.settle()
        seen = " ".join(hands.grid().translate(dict.fromkeys(map(ord, "┃│╭╮╰╯▁▂▃▄▅▆▇█"), " ")).split())
        for answer in ANSWERS_TO_A_CONFLICT:
            assert answer.label in seen
        await hands.click_on("Answers", "esc")
        assert given == ["later"]
