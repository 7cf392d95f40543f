"""No bug ends the app with a traceback, and no click or press by itself."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from tests.tui.hands import designer
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from oncue.tui.framework.guarded_app import GuardedApp
from oncue.tui.framework.text_keys import insert
from oncue.tui.widgets.chips import ChipBar


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_app_handle_exception_and_fatal_error() -> None:
    assert parameters(App._handle_exception) == ["self", "error"]
    assert parameters(App._fatal_error) == ["self"]
    assert parameters(App.exit) == ["self", "result", "return_code", "message"]


def test_app_broker_event() -> None:
    assert parameters(App._broker_event) == ["self", "event_name", "event", "default_namespace"]


class Bare(GuardedApp[int]):
    """An app with one text, made by markup."""

    bug_status = 70

    def __init__(self) -> None:
        super().__init__()
        self.met: list[Exception] = []
        self.ran = 0

    def compose(self) -> ComposeResult:
        yield Static("[@click=app.ran]click me[/]")

    def bug_met(self, error: Exception) -> None:
        self.met.append(error)

    def action_ran(self) -> None:
        self.ran += 1

    def action_fail(self) -> None:
        raise ValueError("a bug")


async def test_a_click_on_a_text_runs_no_action() -> None:
    app = Bare()
    async with app.run_test() as pilot:
        await pilot.click(Static, offset=(1, 0))
        assert app.ran == 0
        with pytest.MonkeyPatch.context() as patch:
            patch.delattr(GuardedApp, "_broker_event")
            await pilot.click(Static, offset=(1, 0))
        assert app.ran == 1, "in Textual it does"


async def test_a_bug_is_told_once_and_ends_the_app_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    app = Bare()
    with pytest.raises(ValueError, match="a bug"):
        async with app.run_test() as pilot:
            app.call_later(app.action_fail)
            app.call_later(app.action_fail)
            await pilot.pause()
    assert len(app.met) == 1
    assert app.leaving
    assert app.return_code == 70
    assert "Traceback" not in capsys.readouterr().err


async def test_a_press_beside_all_widgets_ends_nothing() -> None:
    """With its selection of text, Textual asks for the region of the parent of the screen, which has none."""
    app = Bare()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.mouse_down(offset=(30, 8))
        await pilot.mouse_up(offset=(30, 8))
    assert not app.met


async def test_an_error_of_ours_under_the_pointer_is_a_bug(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: ChipBar, value: str) -> None:
        raise KeyError(value)

    monkeypatch.setattr(ChipBar, "clicked", fail)
    with pytest.raises(KeyError):
        async with designer(acme) as hands:
            await hands.click("#trigger-participants", 14)
    assert isinstance(hands.app.crash, KeyError)


def test_click_style_meta() -> None:
    """Public, but everything that is clicked depends on it (`oncue.tui.widgets.lines`)."""
    style = Style(bold=True) + Style(meta={"target": "a"})
    assert style.meta == {"target": "a"}
    assert "style" in parameters(events.Click)


async def test_letters_that_wait_are_inserted_at_once_and_in_order(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inserted: list[str] = []

    def note(widget: Any, text: str) -> None:
        inserted.append(text)
        insert(widget, text)

    monkeypatch.setattr("oncue.tui.framework.guarded_app.insert", note)
    async with designer(acme) as hands:
        await hands.press("tab")
        await hands.quickly(*"abcd", "backspace", *"efgh", "left", "left", *"xy", "ctrl+s")
        assert hands.text("flows/reply.toml").startswith('name = "Replyabcefxygh"')
    assert inserted == ["bcd", "fgh", "y"], "the first after another key is taken by itself"


async def test_input_that_waits_is_dropped_on_the_way_out() -> None:
    app = Bare()
    async with app.run_test():
        app.post_message(events.Key("a", "a"))
        app.exit()
        assert not app.post_message(events.Key("a", "a"))
        assert app.message_queue_size == 1, "only what ends it"


async def test_the_terminal_is_given_back_whatever_fails_while_all_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(app: App[int]) -> None:
        raise KeyError("a screen")

    closed: list[str] = []
    app = Bare()
    monkeypatch.setattr(App, "_close_all", fail)
    async with app.run_test():
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "close", lambda: closed.append("driver"))
        app.exit(3)
    assert closed == ["driver"]
    assert app.met == []
    assert app.return_value == 3


def test_app_shutdown() -> None:
    assert parameters(App._shutdown) == ["self"]
    assert "_close_all" in inspect.getsource(App._shutdown)
    assert "_return_code" in inspect.getsource(App.exit)


async def test_whether_there_is_more_to_hear_can_be_asked_by_anyone_at_any_time(acme: Path) -> None:
    """Nothing is taken out of the queue for it, which would end the app: it may be waiting for just that."""
    async with designer(acme) as hands:
        app = hands.app
        assert not app.hears_more
        await hands.press("1")
        app.post_message(events.Key("down", None))
        assert app.hears_more
        await hands.settle()
        assert not app.hears_more
        before, waited = hands.flow.id, []

        async def before_key() -> None:
            waited.append(app.hears_more)

        app.before_key = before_key
        await hands.press("down")
        assert hands.flow.id != before
        assert waited == [True], "a key that waits until those before it are done"
        assert not app.hears_more
