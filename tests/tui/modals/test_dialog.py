"""A dialog, and the open picker, own the keyboard, whatever became of the focus."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from tests.tui.hands import Hands, designer
from textual import events

from oncue.tui import modals
from oncue.tui.framework.screens import KeyOwner
from oncue.tui.modals.dialog import Dialog


async def _lose(hands: Hands) -> None:
    hands.app.screen.set_focus(None)
    await hands.settle()


async def _press_outside(hands: Hands) -> None:
    driver = hands.app._driver
    assert driver is not None
    driver.process_message(events.MouseDown(None, 900, 900, 0, 0, 1, False, False, False, screen_x=900, screen_y=900))
    await hands.settle()


async def _go_and_return(hands: Hands) -> None:
    for event in (events.AppBlur(), events.AppFocus()):
        hands.app.post_message(event)
        await hands.settle()


async def _go(hands: Hands) -> None:
    hands.app.post_message(events.AppBlur())
    await hands.settle()


LOSSES = (_lose, _press_outside, _go_and_return, _go)
Loss = Callable[[Hands], Awaitable[None]]


@pytest.mark.parametrize("lose", LOSSES)
async def test_a_question_hears_its_keys(acme: Path, lose: Loss) -> None:
    for key in ("escape", "ctrl+q", "d", "enter"):
        async with designer(acme) as hands:
            await hands.press("1", "x")
            assert hands.asking == "Delete a flow"
            await lose(hands)
            await hands.press(key)
            assert hands.asking == "", key


@pytest.mark.parametrize("lose", LOSSES)
async def test_a_prompt_hears_its_keys_and_keeps_what_was_typed(acme: Path, lose: Loss) -> None:
    async with designer(acme) as hands:
        await hands.press("1", "r")
        await hands.type("abc")
        await lose(hands)
        await hands.type("de")
        await lose(hands)
        await hands.press("enter")
        assert hands.session.selected == "abcde"
        await hands.press("r")
        await lose(hands)
        await hands.press("escape")
        assert hands.asking == ""


@pytest.mark.parametrize("lose", LOSSES)
async def test_an_open_picker_hears_its_keys(acme: Path, lose: Loss) -> None:
    async with designer(acme) as hands:
        await hands.press("1", "f")
        await lose(hands)
        if not hands.picking:  # a press outside the screen is a press beside the picker
            assert lose is _press_outside
            return
        before = hands.session.workspace
        await hands.type("welc")
        await hands.press("enter")
        assert hands.session.selected == "welcome"
        assert hands.session.workspace is before, "no letter was a command"
        await hands.press("f")
        await lose(hands)
        await hands.press("escape")
        assert hands.picking == ""


async def test_a_dialog_that_comes_up_in_the_background_hears_its_keys(acme: Path) -> None:
    for key, title in (("x", "Delete a flow"), ("r", "Rename flows/reply.toml")):
        async with designer(acme) as hands:
            await hands.press("1")
            hands.app.post_message(events.AppBlur())
            await hands.settle()
            await hands.app.designer.run_action({"x": "delete_flow", "r": "rename_flow"}[key])
            await hands.settle()
            assert hands.asking == title
            hands.app.post_message(events.AppFocus())
            await hands.settle()
            await hands.press("escape")
            assert hands.asking == "", title


async def test_what_is_typed_into_a_prompt_that_came_up_in_the_background_replaces_what_was_there(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("1")
        await _go(hands)
        await hands.app.designer.run_action("rename_flow")
        await hands.settle()
        await hands.type("new")
        await hands.press("enter")
        assert hands.session.selected == "new"


async def test_every_layer_above_the_panes_owns_the_keyboard(acme: Path) -> None:
    async with designer(acme) as hands:
        assert isinstance(hands.app.screen, KeyOwner)
        for key in ("x", "r"):
            await hands.press("1", key)
            assert isinstance(hands.app.screen, KeyOwner)
            await hands.press("escape")


async def test_every_dialog_says_its_keys(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("1", "x", "question_mark")
        await hands.until(lambda: "give the marked answer" in hands.grid())
        await hands.press("f1")
        assert "give the marked answer" not in hands.grid()
        await hands.press("escape", "r", "f1")
        await hands.until(lambda: "take the text" in hands.grid())
        await hands.press("escape")
        assert len(hands.session.workspace.flows) == 3


@pytest.mark.parametrize(("opened_by", "one"), [("C", "go from cell to cell"), ("G", "open the flow or the step")])
async def test_dialogs_that_show_an_analysis_tell_their_keys(acme: Path, opened_by: str, one: str) -> None:
    async with designer(acme) as hands:
        await hands.press(opened_by, "question_mark")
        await hands.until(lambda: one in hands.grid())
        await hands.press("question_mark")
        await hands.until(lambda: one not in hands.grid())


def test_every_dialog_tells_its_keys() -> None:
    for module in iter_modules(modals.__path__):
        import_module(f"{modals.__name__}.{module.name}")
    dialogs = Dialog.__subclasses__()
    assert len(dialogs) >= 5
    for dialog in dialogs:
        assert any("show or hide these keys" in what for _, what in dialog.KEYS), dialog


@pytest.mark.parametrize("keys", ["C", "W", "I", "2 tab c", "1 r", "4 c e", "1 X f w"])
async def test_how_to_leave_can_be_clicked_in_the_frame(sample: Path, keys: str) -> None:
    async with designer(sample) as hands:
        await hands.press(*keys.split())
        depth = len(hands.app.screen_stack)
        if depth == 1:
            assert hands.picking, keys
            return
        row = next(row for row in hands.grid().split("\n") if "· esc" in row)
        y = hands.grid().split("\n").index(row)
        await hands.click_at(row.index("· esc"), y)
        assert len(hands.app.screen_stack) == depth, "beside it nothing happens"
        await hands.click_at(row.index("· esc") + 3, y)
        assert len(hands.app.screen_stack) == depth - 1
