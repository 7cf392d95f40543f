"""Editing in the user's own editor."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

from oncue.domain.steps import AddNote


def with_editor(hands: Hands, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], object]) -> list[object]:
    opened: list[object] = []

    async def outside(path: Path, line: int | None) -> str:
        opened.append((path.name, line))
        edit(path)
        return ""

    monkeypatch.setattr(hands.app, "edit_outside", outside)
    return opened


async def test_the_file_of_a_flow_is_edited_and_read_again(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        opened = with_editor(
            hands, monkeypatch, lambda path: path.write_text(path.read_text().replace("Hello!", "Hello there!"))
        )
        await hands.press("f4")
        assert opened == [("welcome.toml", None)]
        assert "Hello there!" in str(hands.flow.steps)
        assert not hands.session.dirty


async def test_unsaved_edits_are_saved_before_or_nothing_is_done(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        opened = with_editor(hands, monkeypatch, lambda path: None)
        await hands.press("e", "O")
        assert hands.asking == "Edit outside"
        await hands.press("escape")
        assert not opened
        assert hands.session.dirty == {"welcome"}
        await hands.press("O", "s")
        assert opened == [("welcome.toml", None)]
        assert not hands.session.dirty


async def test_the_text_of_a_step_is_edited_also_while_one_types_in_it(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        left: list[Path] = []

        def edit(path: Path) -> None:
            left.append(path)
            path.write_text(path.read_text() + " and\ntwo\n")

        with_editor(hands, monkeypatch, edit)
        await hands.press("3", "e", "f4")
        assert hands.steps()[0] == AddNote(text="One and\ntwo")
        assert not left[0].exists()
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One")


async def test_a_broken_file_is_shown_in_full_and_edited_at_its_line(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (acme / "flows/broken.toml").write_text('name = "Broken"\nfoo = 1\n')
    async with designer(acme) as hands:
        mended = (acme / "flows/welcome.toml").read_text()
        opened = with_editor(hands, monkeypatch, lambda path: path.write_text(mended))
        await hands.press("5", "enter")
        assert hands.asking == "Problem"
        assert "foo = 1" in hands.grid()
        await hands.press("e")
        assert opened[0][0] == "broken.toml"  # type: ignore[index]
        assert "broken" in hands.session.workspace.flows


async def test_a_terminal_that_cannot_be_given_away_is_said(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("f4")
        assert hands.toasts[-1] == "This terminal cannot be given to an editor."
