"""Text is selected with the mouse: without frames, and only where it was begun."""

from pathlib import Path

import pytest
from rich.segment import Segment
from tests.tui.hands import Hands, designer
from textual import events
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from oncue.tui.framework.selection import Marked

PANE = Region(10, 2, 20, 5)


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        ((12, 3), (15, 3), {3: (12, 16)}),
        ((15, 3), (12, 3), {3: (12, 16)}),
        ((15, 3), (12, 5), {3: (15, 30), 4: (10, 30), 5: (10, 13)}),
        ((12, 5), (15, 3), {3: (15, 30), 4: (10, 30), 5: (10, 13)}),
    ],
)
def test_what_is_marked_is_read_line_by_line(
    start: tuple[int, int], end: tuple[int, int], spans: dict[int, tuple[int, int]]
) -> None:
    marked = Marked(PANE, Offset(*start), Offset(*end))
    assert {y: marked.span(y) for y in range(10) if marked.span(y) != (0, 0)} == spans


def test_what_is_marked_is_drawn_in_reverse_and_nothing_else_changes() -> None:
    strip = Strip([Segment("before日本behind")])
    drawn = Marked(PANE, Offset(16, 3), Offset(19, 3)).drawn(strip, 10, 3)
    assert drawn.text == strip.text
    assert [each.text for each in drawn if each.style is not None and each.style.reverse] == ["日本"]
    assert Marked(PANE, Offset(16, 3), Offset(19, 3)).drawn(strip, 10, 4) is strip


async def drag(hands: Hands, start: tuple[int, int], *to: tuple[int, int]) -> None:
    """Press the left button at a cell, move over others, and release it."""
    send = hands.app._driver.send_message  # type: ignore[union-attr]
    events_ = [(events.MouseDown, start), *((events.MouseMove, each) for each in to), (events.MouseUp, to[-1])]
    for kind, (x, y) in events_:
        event = kind(None, x, y, 0, 0, 1, False, False, False, x, y)
        event.set_sender(hands.app)
        send(event)
    await hands.settle()


def place_of(hands: Hands, words: str) -> tuple[int, int]:
    """The cell that words begin at."""
    for y, row in enumerate(hands.grid().split("\n")):
        if words in row:
            return row.index(words), y
    raise AssertionError(f"{words!r} is not on the screen")


async def test_a_sentence_is_copied_without_the_frame_and_the_pane_beside_it(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        x, y = place_of(hands, "When ")
        pane = hands.find("#trigger", object).content_region  # type: ignore[type-var, attr-defined]
        await drag(hands, (x, y), (x + 6, y), (118, y + 1))
        copied = hands.app.clipboard
        assert copied.startswith("When")
        assert "│" not in copied
        assert "\n" in copied
        assert all(len(line) <= pane.width for line in copied.split("\n"))
        assert hands.app.designer.marked is not None
        await hands.press("escape")
        assert hands.app.designer.marked is None


async def test_a_scrollbar_is_not_copied(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("shop-quote-sent")
        bar = hands.find("#trigger-form", Widget).vertical_scrollbar
        seen = {row[bar.region.x] for row in hands.grid().split("\n")[bar.region.y : bar.region.bottom]}
        assert seen - {" "}, "the end of the thumb is a character"
        x, y = place_of(hands, "Channel ")
        await drag(hands, (x, y), (x + 6, y + 3), (110, bar.region.bottom))
        assert "Conversation created" in hands.app.clipboard
        assert not (seen - {" "}) & {*hands.app.clipboard}


async def test_a_drag_over_chips_toggles_none_and_a_click_still_does(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        before = hands.flow
        x, y = place_of(hands, " Contact")
        await drag(hands, (x + 1, y), (x + 4, y))
        assert hands.flow is before
        assert hands.app.clipboard == "Cont"
        await drag(hands, (x + 1, y), (x + 1, y))
        assert hands.flow is not before


async def test_a_drag_in_a_field_is_the_fields(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        name = hands.find("#flow-name", object).region  # type: ignore[type-var, attr-defined]
        await drag(hands, (name.x, name.y), (name.x + 2, name.y), (name.x + 4, name.y))
        assert hands.app.designer.marked is None


async def test_in_a_dialog_its_text_is_selected(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("F")
        x, y = place_of(hands, "[trigger]")
        await drag(hands, (x, y), (x + 8, y))
        assert hands.app.clipboard == "[trigger]"


async def test_what_was_selected_may_lie_outside_a_smaller_window(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(acme, paint=True) as hands:
        screen = hands.app.designer
        x, y = place_of(hands, "run from top to bottom")
        await drag(hands, (x, y - 1), (x + 3, y - 2))
        assert screen.marked is not None
        await hands.resize(80, 24)
        monkeypatch.setattr(screen, "_compositor_refresh", lambda: None)
        screen._compositor._dirty_regions.clear()
        screen.mark(None)
        window = screen._compositor.size.region
        assert all(window.contains_region(each) for each in screen._compositor._dirty_regions)
