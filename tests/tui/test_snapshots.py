"""What the screen looks like, as the grid of text that a reader sees.

After a change that is meant: ``ONCUE_UPDATE=1 pytest tests/tui/test_snapshots.py``, then read the difference.
"""

import os
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

SNAPSHOTS = Path(__file__).parent / "snapshots"


# The ends of a scroll bar's thumb, in eighths of a row: where they are exactly depends on how far a scroll has come.
_THUMB = str.maketrans(dict.fromkeys("▁▂▃▅▆▇", "▄"))


def check(hands: Hands, name: str) -> None:
    file, seen = SNAPSHOTS / f"{name}.txt", hands.grid().translate(_THUMB) + "\n"
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
async def test_problems(sample: Path, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    flow = sample / "flows/agent-takes-over.toml"
    flow.write_text(flow.read_text().replace("{{participant.name}}", "{{ participant.name }", 1))
    async with designer(sample, size) as hands:
        await hands.press("5")
        check(hands, f"problems-{name}")
        await hands.press("d")
        check(hands, f"problem-{name}")


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


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
async def test_a_capture(sample: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sample)
    async with designer(sample, size) as hands:
        await hands.press("I")
        await hands.choose("events.jsonl")
        await hands.press("down", "space", "space")
        check(hands, f"capture-{size[0]}x{size[1]}")


SIZES = [(120, 40), (80, 24), (50, 15), (200, 60), (300, 80)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_size(sample: Path, size: tuple[int, int]) -> None:
    """One run of the app for a size, as starting it costs more than looking at it."""
    name = f"{size[0]}x{size[1]}"
    async with designer(sample, size) as hands:
        await hands.open_flow("location-shared")
        check(hands, f"list-{name}")
        await hands.press("4", "c", "m", "m", "w")
        check(hands, f"misses-{name}")
        await hands.press("2", *["tab"] * 4)
        check(hands, f"chips-{name}")
        await hands.press("3", "a")
        await hands.choose("note")
        await hands.type("Somebody is on the water.\nStay calm, and ask where.")
        check(hands, f"writing-{name}")
        await hands.press("escape", "=")
        check(hands, f"scenarios-{name}")
        await hands.press("escape", ":")
        check(hands, f"commands-{name}")
        await hands.press("escape", "?")
        check(hands, f"help-{name}")
        await hands.press("escape", "q")
        check(hands, f"dialog-{name}")
