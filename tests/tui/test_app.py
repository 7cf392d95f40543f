"""The app as a whole: its settings, and every ordinary way in and out."""

from collections.abc import AsyncIterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer, set_keys
from textual.widget import Widget

from oncue.errors import WorkspaceError
from oncue.storage.user.settings import read_settings
from oncue.tui.app import OncueApp
from oncue.tui.opening import Opened, begin_opening


async def test_a_theme_that_cannot_be_kept_is_told(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    async with designer(acme) as hands:
        await hands.press("f9")
        await hands.choose("nord")
        await hands.until(lambda: hands.toasts)
        assert "could not be kept" in hands.toasts[-1]
        assert hands.app.theme == "nord"


async def test_bad_keys_are_told_and_the_rest_works(acme: Path, tmp_path: Path) -> None:
    set_keys(tmp_path, '"app.sav" = "f2"', '"app.undo" = "ctrl+m"', '"app.redo" = "n"', '"app.help" = "f7"')
    async with designer(acme) as hands:
        said = "\n".join(hands.toasts)
        assert "did you mean 'app.save'?" in said
        assert "terminals send 'ctrl+m' as enter" in said
        assert "'n' is taken by app.new" in said
        await hands.press("f7")
        assert hands.picking.startswith("Keys")


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_with_nothing_unsaved_asks_nothing(acme: Path, key: str) -> None:
    async with designer(acme) as hands:
        await hands.press(key)
        assert hands.app._exit
        assert hands.app.return_code == 0


async def test_leaving_with_unsaved_work_asks(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e", "q")
        assert hands.asking == "Unsaved work"
        assert "Unsaved: Switched off." in hands.grid()
        await hands.press("escape")
        assert not hands.asking
        assert hands.session.dirty == {"off"}
        await hands.press("ctrl+q", "s")
        assert hands.app._exit
    assert "enabled = true" in (acme / "flows/off.toml").read_text()


async def test_leaving_without_saving(acme: Path) -> None:
    before = (acme / "flows/off.toml").read_bytes()
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e", "q")
        await hands.click_on("Answers", "Quit without saving")
        assert hands.app._exit
        assert hands.app.return_code == 0
    assert (acme / "flows/off.toml").read_bytes() == before
    async with designer(acme) as hands:
        assert not hands.asking, "work that was given up is not offered"


async def test_a_workspace_that_cannot_be_read_ends_with_2(acme: Path) -> None:
    (acme / "workspace.toml").write_text("name = ")
    async with designer(acme, ready=False) as hands:
        await hands.until(lambda: hands.app._exit)
        assert hands.app.return_code == 2
        assert "workspace.toml" in hands.app.failure


# Before the workspace is read


@pytest.fixture
async def early(acme: Path) -> AsyncIterator[tuple[Hands, Future[Opened]]]:
    """The app whose workspace is still being read."""
    opening: Future[Opened] = Future()
    app = OncueApp(opening, read_settings())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        hands = Hands(app, pilot, acme)
        await hands.until(lambda: app.designer.focused is not None)
        yield hands, opening


async def test_nothing_can_be_done_before_the_workspace_is_read_but_then_everything(
    early: tuple[Hands, Future[Opened]],
) -> None:
    hands, opening = early
    app = hands.app
    for key in ("n", "u", "y", "s", "ctrl+s", "e", "x", "r", "f8", "4", "5", "colon", "f1", "slash", "g"):
        hands._send(key)
    for place, keys in (("#play-rows", "cmxoep"), ("#play-text", "Hi"), ("#flow-name", "Hi"), ("#flow-rows", "edrx")):
        app.designer.set_focus(hands.find(place, Widget))
        for key in (*keys, "enter"):
            hands._send(key)
        await hands.settle_early()
    assert app.store is None
    assert not hands.picking
    assert hands.toasts == []
    opening.set_result(begin_opening(hands.folder).result(10))
    await hands.until(lambda: app.disk is not None and app.disk.ready.is_set())
    await hands.settle()
    assert "Welcome" in hands.grid()
    await hands.press("escape", "1", "n")
    assert hands.session.selected == "new-flow"


@pytest.mark.parametrize("key", ["ctrl+q", "q"])
async def test_a_workspace_that_takes_long_can_be_left(early: tuple[Hands, Future[Opened]], key: str) -> None:
    hands, _ = early
    hands._send(key)
    await hands.until(lambda: hands.app._exit)
    assert hands.app.return_code == 0


async def test_a_workspace_that_comes_late_and_cannot_be_read(early: tuple[Hands, Future[Opened]]) -> None:
    hands, opening = early
    opening.set_exception(WorkspaceError("acme", "it is gone"))
    await hands.until(lambda: hands.app._exit)
    assert hands.app.return_code == 2
    assert "it is gone" in hands.app.failure


async def test_ctrl_c_says_how_to_quit_in_the_users_keys(acme: Path, tmp_path: Path) -> None:
    set_keys(tmp_path, '"app.quit" = "f10,q"')
    async with designer(acme) as hands:
        await hands.press("ctrl+c")
        assert hands.toasts == ["Press f10 to quit."]
    async with designer(acme) as hands:
        await hands.press("x", "ctrl+c")
        assert hands.asking
        assert hands.toasts == []


async def test_a_theme_that_is_not_there_is_said_with_the_nearest(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.toml").write_text('theme = "nort"\n')
    async with designer(acme) as hands:
        assert any("there is no theme 'nort'; did you mean 'nord'?" in said for said in hands.toasts)


@pytest.mark.parametrize(("term", "theme"), [("xterm", "ansi-dark"), ("xterm-256color", "textual-dark")])
async def test_sixteen_colours_get_the_theme_of_the_terminals_own(
    acme: Path, monkeypatch: pytest.MonkeyPatch, term: str, theme: str
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    async with designer(acme) as hands:
        assert hands.app.theme == theme


async def test_a_theme_that_was_chosen_stays_with_sixteen_colours(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.toml").write_text('theme = "textual-dark"\n')
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    async with designer(acme) as hands:
        assert hands.app.theme == "textual-dark"
