"""What an unsaved edit changes is in the frame, and the flows that answer the same events lead to each other."""

import threading
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

from oncue.editing.session import Session
from oncue.tui.panes.trigger import TriggerPane
from oncue.tui.widgets.review_line import ReviewLine
from oncue.workbench.edit_review import EditReview

RIVAL = """\
name = "{name}"

[trigger]
event = "message_created"
channel = "whatsapp"
message_types = ["image"]
"""
WHEN = """
[when]
text_any = ["refund"]
"""


def note(hands: Hands) -> str:
    return str(hands.find("#trigger", TriggerPane).border_subtitle or "")


def rivals(hands: Hands) -> str:
    return hands.inside("#trigger-rivals").strip()


@pytest.fixture
def crowd(acme: Path) -> Path:
    (acme / "flows/photo.toml").write_text(RIVAL.format(name="Photo"))
    (acme / "flows/maybe.toml").write_text(RIVAL.format(name="Maybe [bold]") + WHEN)
    return acme


async def test_what_an_edit_changes_is_in_the_frame(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        assert note(hands) == ""
        await hands.press("2", "tab", "tab", "tab", "right", "space")
        assert note(hands) == "the edit starts 3 kinds of events"
        await hands.press("left", "space")
        assert note(hands) == "the edit stops 3 kinds of events, starts 3"
        await hands.open_flow("reply")
        assert note(hands) == ""
        await hands.open_flow("welcome")
        assert note(hands) == "the edit stops 3 kinds of events, starts 3"
        await hands.press("ctrl+s")
        assert note(hands) == ""
        await hands.press("e")
        assert note(hands) == "off: runs on no event · stops 3 kinds of events"
        await hands.press("u")
        assert note(hands) == ""


async def test_a_name_changes_no_decision(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        assert note(hands) == "off: runs on no event"
        await hands.press("2", "shift+tab", "shift+tab", "shift+tab")
        await hands.type("abc")
        assert hands.session.dirty == {"off"}
        assert note(hands) == "off: runs on no event"


async def test_rivals_by_key(crowd: Path) -> None:
    async with designer(crowd) as hands:
        await hands.open_flow("reply")
        assert rivals(hands) == "Also answered by Photo and 1 more"
        await hands.press("2", "A")
        assert hands.picking == "Also answered by"
        await hands.choose("photo")
        assert hands.session.selected == "photo"
        assert hands.place == "trigger/trigger-event"
        await hands.open_flow("welcome")
        assert rivals(hands) == ""
        await hands.press("2", "A")
        assert hands.toasts[-1] == "No other flow answers the same events."
        assert hands.session.selected == "welcome"


async def test_one_rival_is_opened_at_once(crowd: Path) -> None:
    (crowd / "flows/maybe.toml").unlink()
    async with designer(crowd, (80, 24)) as hands:
        await hands.open_flow("photo")
        await hands.press("ctrl+p")
        await hands.choose("answers the same events")
        assert hands.session.selected == "reply"
        assert rivals(hands) == "Also answered by Photo"


async def test_rivals_by_mouse(crowd: Path) -> None:
    for number in range(9):
        (crowd / f"flows/p{number}.toml").write_text(RIVAL.format(name=f"Photo {number}"))
    async with designer(crowd) as hands:
        await hands.open_flow("reply")
        assert rivals(hands).endswith("more")
        await hands.click_on("#trigger-rivals", "more")
        assert hands.picking == "Also answered by"
        assert len(hands.find("#picker-rows", object).rows) == 11  # type: ignore[type-var, attr-defined]
        await hands.click_on("#picker-rows", "Photo 3")
        assert hands.session.selected == "p3"
        await hands.open_flow("maybe")
        assert rivals(hands).startswith("Sometimes also answered by Photo")
        await hands.click_on("#trigger-rivals", "Photo")
        assert hands.session.selected == "p0"


async def test_an_edit_makes_rivals_and_parts_them(crowd: Path) -> None:
    async with designer(crowd) as hands:
        await hands.open_flow("photo")
        assert "Reply" in rivals(hands)
        await hands.press("2", *["tab"] * 4, "right", "right", "space")
        assert rivals(hands) == ""
        await hands.press("u")
        assert "Reply" in rivals(hands)
        await hands.press("1", "e")
        assert rivals(hands) == "", "a flow that is off answers nothing"


async def test_rivals_that_have_no_room_are_counted(crowd: Path) -> None:
    (crowd / "flows/photo.toml").write_text(RIVAL.format(name="P" * 60))
    (crowd / "flows/maybe.toml").write_text(RIVAL.format(name="M" * 60))
    async with designer(crowd, (50, 20)) as hands:
        await hands.open_flow("reply")
        await hands.press("2")
        assert rivals(hands) == "Also answered by 2 flows"
        await hands.click_on("#trigger-rivals", "2 flows")
        assert hands.picking == "Also answered by"


@pytest.mark.parametrize(("most", "took", "at_once"), [(200, 0.0, True), (1, 0.0, False), (200, 1.0, False)])
async def test_a_small_workspace_is_reviewed_with_the_edit_and_a_large_or_slow_one_beside_the_typing(
    acme: Path, monkeypatch: pytest.MonkeyPatch, most: int, took: float, at_once: bool
) -> None:
    threads: list[bool] = []
    compute = ReviewLine._compute

    def noted(self: ReviewLine, session: Session) -> EditReview:
        threads.append(threading.current_thread() is not threading.main_thread())
        review = compute(self, session)
        self._took = took
        return review

    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        monkeypatch.setattr("oncue.tui.widgets.review_line.SMALL", most)
        monkeypatch.setattr(ReviewLine, "_compute", noted)
        await hands.open_flow("reply")
        threads.clear()
        await hands.press("2", "tab", "tab", "tab", "right", "space")
        assert note(hands) == "the edit stops 4 kinds of events"
        assert threads
        assert all(threads) is not at_once
