"""docs/python.md: its examples print what it says, and it names everything that is public."""

import contextlib
import io
import os
import re
from pathlib import Path

import pytest

import oncue

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs/python.md"
PAGE = FILE.read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def test_the_examples_print_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "example"}

    def run(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block["code"], str(FILE), "exec"), names)
        text = re.sub(r"[ \t]+$", "", printed.getvalue(), flags=re.MULTILINE).rstrip("\n").replace(str(ROOT), "…")
        return f"```python\n{block['code']}```\n" + (f"\n```text\n{text}\n```\n" if text else "")

    made = _BLOCK.sub(run, PAGE)
    if os.environ.get("ONCUE_UPDATE"):
        FILE.write_text(made, encoding="utf-8")
    else:
        assert made == PAGE
    assert len(_BLOCK.findall(PAGE)) > 8


def test_the_page_names_all_that_is_public() -> None:
    table = PAGE.partition("## Names")[2]
    named = re.findall(
        r"`(\w+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    )
    assert sorted(named) == sorted(set(oncue.__all__) - {"__version__"})
