"""Make docs/oncue.svg, the picture in the README: ``python docs/screenshot.py [FILE]``.

Plays a few keys in the real app on a copy of ``sample_workspace`` and writes what is then on the screen. Nothing
in it depends on the machine, the clock or the user's settings, so the same code gives the same bytes.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from oncue.storage.user.settings import Settings
from oncue.tui.app import OncueApp
from oncue.tui.opening import begin_opening

ROOT = Path(__file__).resolve().parents[1]
SIZE = (120, 40)
PATIENCE = 60.0
"""Seconds after which it gives up."""

FLOW = "location-shared"
KEYS = ["f", *"location", "enter", "4", "c", "m", "m"]
"""Open a flow that waits for a location, start a conversation, and send a text."""
EVENTS = 2


async def until(pilot: Pilot[int], true: Callable[[OncueApp], object]) -> None:
    """Wait until it is true of the app."""
    app = pilot.app
    assert isinstance(app, OncueApp)
    give_up = time.monotonic() + PATIENCE
    while not true(app):
        if time.monotonic() > give_up:
            raise TimeoutError("the app did not come to show what the picture is to show")
        await pilot.pause(0.01)
    await pilot.pause()


def played(app: OncueApp) -> bool:
    """Whether the keys have done what they are for."""
    state = app.store and app.store.state
    return bool(
        state and state.flow and state.flow.id == FLOW and state.timeline and len(state.timeline.events) == EVENTS
    )


async def picture(folder: Path) -> str:
    """The screen as SVG."""
    app = OncueApp(begin_opening(folder), Settings(folder / "config.toml"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda app: app.disk and app.disk.ready.is_set())
        for key in KEYS:
            await pilot.press(key)
        await until(pilot, played)
        svg = app.export_screenshot(title="oncue sample_workspace")
    return tidy(svg)


def tidy(svg: str) -> str:
    """An exported picture that is the same each time and whole without a download."""
    # The reader's own monospaced font does. Some viewers drop the space at the beginning of a piece of text if they are
    # not told to keep it.
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return "\n".join(line.rstrip() for line in svg.strip().splitlines()) + "\n"


def prepared(temporary: Path) -> Path:
    """A copy of the workspace to play in, with nothing of the user's own."""
    folder = temporary / "sample_workspace"
    shutil.copytree(ROOT / "sample_workspace", folder)
    os.environ |= {"ONCUE_STATE_DIR": f"{temporary}/state", "ONCUE_CONFIG_DIR": str(temporary)}
    os.environ |= {"COLUMNS": str(SIZE[0]), "LINES": str(SIZE[1]), "COLORTERM": "truecolor", "TERM": "xterm-256color"}
    os.environ.pop("NO_COLOR", None)
    return folder


def main() -> None:
    """Write the picture."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "oncue.svg"
    with tempfile.TemporaryDirectory() as temporary:
        folder = prepared(Path(temporary))
        file.write_text(asyncio.run(picture(folder)), encoding="utf-8", newline="\n")
    print(file)


if __name__ == "__main__":
    main()
