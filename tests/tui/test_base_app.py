"""What any careful app does: toasts, and a crash that keeps the work."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tui.hands import designer

from oncue.errors import StateError
from oncue.tui.base_app import BUG, BaseApp
from oncue.tui.framework.guarded_app import InputLostError


async def test_what_is_said_again_is_seen_once_and_not_all_is_seen_for_ever(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("4", *"mmmmmm")
        assert hands.toasts == ["Nothing has happened yet: c starts a conversation."]
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


async def _fail() -> None:
    raise ZeroDivisionError("a token that nobody may see")


@pytest.mark.parametrize(
    "begin",
    [
        lambda: asyncio.get_running_loop().create_task(_fail()),
        lambda: asyncio.get_running_loop().call_soon(lambda: 1 / 0),
        lambda: threading.Thread(target=lambda: 1 / 0).start(),
    ],
    ids=["task", "callback", "thread"],
)
async def test_a_bug_in_no_message_ends_the_app_as_any_other(
    acme: Path, begin: Callable[[], object], capfd: pytest.CaptureFixture[str]
) -> None:
    before = threading.excepthook
    with pytest.raises(ZeroDivisionError):
        async with designer(acme) as hands:
            begin()
            await hands.until(lambda: hands.app.crash is not None)
    assert hands.app.return_code == 70
    assert "token" not in "".join(capfd.readouterr())
    assert threading.excepthook is before


async def test_work_that_cannot_be_kept_holds_up_no_way_out(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The real one would end the process of the tests, be it a minute later.
    monkeypatch.setattr("oncue.tui.terminal_safety.leave_for_sure", lambda status, keep, give_back: keep())
    async with designer(acme) as hands:
        await hands.press("1", "e")

        def broken() -> bool:
            raise ZeroDivisionError

        monkeypatch.setattr(hands.app, "keep_work", broken)
        hands.app.leave_on_signal(15)
        await hands.until(lambda: hands.app._exit)
        assert (hands.app.return_code, hands.app.kept) == (143, False)


async def test_it_is_known_whether_work_was_kept(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StateError("the disk is full")

    for works in (True, False):
        async with designer(acme) as hands:
            if hands.asking:
                await hands.press("d")
            await hands.press("1", "e")
            if not works:
                monkeypatch.setattr("oncue.storage.user.drafts.DraftStore.write", full)
            hands.app.bug_met(ZeroDivisionError())
            assert hands.app.kept is works


class Kept(BaseApp, inherit_bindings=False):
    """Counts how often its work was kept."""

    keymap: dict[str, str] = {}
    typing = False
    times = 0

    def keep_work(self) -> bool:
        self.times += 1
        return True


async def test_a_panic_of_textual_is_a_bug_like_any_other(capsys: pytest.CaptureFixture[str]) -> None:
    app = Kept()
    with pytest.raises(InputLostError):
        async with app.run_test():
            app.panic("a traceback with secrets")
    assert isinstance(app.crash, InputLostError)
    assert (app.times, app.return_code) == (1, BUG)
    assert "secrets" not in "".join(capsys.readouterr())
