"""The moving picture of the README is made by docs/recording.py, the same each time, small, and whole by itself."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs/recording.svg"


def make(file: Path, **environment: str) -> bytes:
    subprocess.run(
        [sys.executable, ROOT / "docs/recording.py", file],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return file.read_bytes()


def words(svg: str) -> list[str]:
    texts = re.findall(r">([^<>]+)</text>", svg)
    return " ".join(unescape(text).replace("\N{NO-BREAK SPACE}", " ") for text in texts).split()


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    first = make(tmp_path / "a.svg", COLORTERM="", TERM="xterm")
    assert first == make(tmp_path / "b.svg", NO_COLOR="1", ONCUE_CONFIG_DIR=str(tmp_path))
    assert words(first.decode()) == words(COMMITTED.read_text("utf-8")), (
        "renew it with docs/recording.py, and look at it"
    )


def test_it_is_small_and_whole() -> None:
    svg = COMMITTED.read_text("utf-8")
    assert len(svg.encode()) < 400_000
    assert "url(http" not in svg and "<script" not in svg and str(ROOT) not in svg
    ElementTree.fromstring(svg)


def test_it_shows_choosing_chips_an_event_and_the_nearest_edit() -> None:
    shown = " ".join(words(COMMITTED.read_text("utf-8")))
    for each in (
        "locat",
        "File on in Location shared",
        "sent?",
        "wants Image",
        "Add Text in Location shared",
    ):
        assert each in shown


def test_who_wants_no_movement_sees_the_end() -> None:
    svg = COMMITTED.read_text("utf-8")
    names = set(re.findall(r'<g class="(s[\d-]+)"', svg))
    last = max(int(number) for name in names for number in name[1:].split("-"))
    for name, seen in re.findall(r"\.(s[\d-]+) \{ visibility: (\w+) \}", svg):
        assert (seen == "visible") == (str(last) in name[1:].split("-"))
