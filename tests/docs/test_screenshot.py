"""The picture of the README is made by docs/screenshot.py, the same each time, and shows what it is for."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parents[2]


def make(file: Path, **environment: str) -> bytes:
    subprocess.run(
        [sys.executable, ROOT / "docs/screenshot.py", file],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return file.read_bytes()


def words(svg: str) -> str:
    return " ".join(unescape(text).replace("\N{NO-BREAK SPACE}", " ") for text in re.findall(r">([^<>]+)</text>", svg))


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    first = make(tmp_path / "a.svg", COLORTERM="", TERM="xterm")
    assert first == make(tmp_path / "b.svg", NO_COLOR="1", ONCUE_CONFIG_DIR=str(tmp_path))
    assert "did not run" in words(first.decode())
    committed = (ROOT / "docs/oncue.svg").read_text(encoding="utf-8")
    assert words(first.decode()).split() == words(committed).split(), "renew it with docs/screenshot.py, and look at it"


def test_it_shows_the_app() -> None:
    svg = (ROOT / "docs/oncue.svg").read_text(encoding="utf-8")
    shown = words(svg)
    for each in ("1 Flows", "2 Trigger", "3 Steps", "4 Simulator", "● ✎ Location", "did not run", "add "):
        assert each in shown
    assert "url(http" not in svg and str(ROOT) not in svg
