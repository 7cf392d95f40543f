"""What the screen looks like, as the grid of text that a reader sees.

After a change that is meant: ``ONCUE_UPDATE=1 pytest tests/tui/test_snapshots.py``, then read the difference.
"""

import os
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

SNAPSHOTS = Path(__file__).parent / "snapshots"


def check(hands: Hands, name: str) -> None:
    file, seen = SNAPSHOTS / f"{name}.txt", hands.grid() + "\n"
    if os.environ.get("ONCUE_UPDATE"):
        file.write_text(seen, "utf-8")
    assert seen.splitlines() == file.read_text("utf-8").splitlines(), f"{name} looks different"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
async def test_the_designer(sample: Path, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with designer(sample, size) as hands:
        check(hands, f"start-{name}")
        await hands.open_flow("welcome-whatsapp")
        await hands.press("4", "c", "m", "m")
        check(hands, f"played-{name}")
        await hands.press("2")
        check(hands, f"trigger-{name}")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
async def test_conditions(sample: Path, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with designer(sample, size) as hands:
        await hands.open_flow("sms-us-keywords")
        await hands.press("2", "c")
        check(hands, f"conditions-list-{name}")
        await hands.choose("keyword")
        await hands.type("refund*\nmoney back")
        await hands.press("escape", "c")
        await hands.choose("assigned")
        await hands.type("some")
        check(hands, f"conditions-{name}")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
async def test_an_export(sample: Path, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with designer(sample, size) as hands:
        await hands.press("X", "down", "down", "down")
        check(hands, f"export-{name}")
        await hands.press("down")
        check(hands, f"export-refused-{name}")


async def test_a_question_and_the_palette(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("e", "q")
        check(hands, "question-120x40")
        await hands.press("escape", "ctrl+p")
        await hands.type("flow")
        check(hands, "palette-120x40")
