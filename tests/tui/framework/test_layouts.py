"""Keys under the fingers of somebody who has a layout without Latin letters on."""

from pathlib import Path

import pytest
from tests.tui.hands import designer

from oncue.tui.framework.layouts import at_same_place


@pytest.mark.parametrize(
    ("letter", "place"),
    [("т", "n"), ("Т", "N"), ("ы", "s"), ("і", "s"), ("ё", "`"), ("ν", "n"), ("Ψ", "C"), ("מ", "n"), ("ى", "n")],
)
def test_a_letter_is_the_key_at_its_place(letter: str, place: str) -> None:
    assert at_same_place(letter) == place


@pytest.mark.parametrize("letter", ["n", "N", "é", "ß", ".", "", "日"])
def test_other_letters_are_what_they_are(letter: str) -> None:
    assert at_same_place(letter) == ""


async def test_commands_work_in_another_layout_and_texts_are_what_is_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        count = len(hands.session.workspace.flows)
        await hands.press("т")
        assert len(hands.session.workspace.flows) == count + 1
        await hands.type("тест")
        assert hands.flow.name == "тест"
        await hands.press("ctrl+ы")
        assert not hands.session.dirty
        await hands.press("escape", "1", "у")
        assert not hands.flow.enabled
        await hands.press("ч")
        assert hands.asking
        await hands.press("в")
        assert len(hands.session.workspace.flows) == count


async def test_a_key_of_the_users_own_comes_first(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.toml").write_text('[keys]\n"app.coverage" = "т"\n')
    async with designer(acme) as hands:
        count = len(hands.session.workspace.flows)
        await hands.press("т")
        assert len(hands.session.workspace.flows) == count
