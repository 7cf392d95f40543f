from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from tests.tui.hands import Hands, designer

from oncue.tui.widgets.field import Field


def drawn(field: Field) -> tuple[str, str]:
    """The line as it is drawn, and below each cell what it is: c(ursor), s(elected), or a space."""
    role_styles = field.app.role_styles  # type: ignore[attr-defined]
    ground = field.visual_style.rich_style
    looks = {ground + role_styles["highlight"] + role_styles[name]: name[0] for name in ("cursor", "selection")}
    strip = field.render_line(0)
    assert strip.cell_length == field.size.width
    marks = "".join(_look(segment, looks) * len(segment.text) for segment in strip)
    return strip.text.rstrip(), marks.rstrip()


def _look(segment: Segment, looks: dict[Style, str]) -> str:
    assert segment.style is not None
    return looks.get(segment.style, " ")


async def field(hands: Hands, text: str) -> Field:
    found = hands.find("#flow-name", Field)
    await hands.press("tab")
    assert found.has_focus
    found.clear()
    await hands.type(text)
    return found


async def test_the_cursor_is_behind_what_is_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        found = await field(hands, "Tide")
        assert drawn(found) == ("Tide", "    c")
        await hands.press("left", "left")
        assert drawn(found) == ("Tide", "  c")
        await hands.press("home")
        assert drawn(found) == ("Tide", "c")


async def test_what_is_selected_is_marked(acme: Path) -> None:
    async with designer(acme) as hands:
        found = await field(hands, "Tide table")
        await hands.press("shift+left", "shift+left", "shift+left")
        assert drawn(found) == ("Tide table", "       css")


async def test_wide_characters_keep_their_cells(acme: Path) -> None:
    async with designer(acme) as hands:
        found = await field(hands, "潮汐表" * 30)
        text, marks = drawn(found)
        assert text.endswith("表") and marks.endswith("c")
        await hands.press("home")
        assert drawn(found)[1] == "c"


async def test_a_long_text_shows_its_end_while_it_is_edited_and_its_beginning_otherwise(acme: Path) -> None:
    async with designer(acme) as hands:
        found = await field(hands, "a" * 100 + "z")
        assert drawn(found)[0].endswith("az")
        await hands.press("tab")
        assert drawn(found) == ("a" * found.size.width, "")
        await hands.press("shift+tab")
        assert drawn(found)[0].endswith("az")


async def test_an_empty_field_says_what_it_is_for(acme: Path) -> None:
    async with designer(acme) as hands:
        found = hands.find("#flow-description", Field)
        assert drawn(found) == ("what it is for", "")
        await hands.press("tab", "tab")
        assert drawn(found) == ("what it is for", "c")


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
async def test_the_focus_and_the_cursor_can_be_seen_in_every_theme(acme: Path, theme: str) -> None:
    async with designer(acme) as hands:
        hands.app.theme = theme
        await hands.settle()
        found = hands.find("#flow-name", Field)
        before = list(found.render_line(0))
        found = await field(hands, "Tide")
        after = list(found.render_line(0))
        text, cursor = after[0].style, after[1].style
        assert text != cursor
        assert text != before[0].style


async def test_a_cursor_does_not_blink(acme: Path) -> None:
    async with designer(acme) as hands:
        found = await field(hands, "Tide")
        assert found._blink_timer is not None
        assert not found._blink_timer._active.is_set()
