"""The tables of docs/keys.md are those of `oncue.tui.shortcuts`; ``ONCUE_UPDATE=1`` writes them."""

import os
import re
from pathlib import Path

import pytest

from oncue.storage.user.settings import read_settings
from oncue.tui.keymap import check_keymap
from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, shown

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"


def tables() -> str:
    """A table for each context."""
    parts = []
    for context, title in CONTEXTS.items():
        rows = [
            f"| {' '.join(f'`{shown(one)}`' for one in key.keys.split(','))} | {key.help} | `{key.id}` |\n"
            for key in SHORTCUTS
            if key.context == context
        ]
        parts.append(f"\n### {title}\n\n| keys | do | id |\n|---|---|---|\n{''.join(rows)}")
    return "".join(parts) + "\n"


def test_the_tables_are_those_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    found, _, after = rest.partition(END)
    if os.environ.get("ONCUE_UPDATE"):
        PAGE.write_text(before + BEGIN + tables() + END + after, encoding="utf-8", newline="\n")
    else:
        assert found == tables(), "ONCUE_UPDATE=1 pytest tests/docs/test_keys_page.py brings docs/keys.md up to date"


def test_every_id_on_the_page_exists() -> None:
    page = PAGE.read_text(encoding="utf-8").partition(END)[0]
    assert set(re.findall(rf"`((?:{'|'.join(CONTEXTS)})\.\w+)`", page)) == set(BY_ID)


def test_the_example_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_CONFIG_DIR", str(tmp_path))
    example = re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    settings = read_settings()
    assert not settings.complaints
    good, complaints = check_keymap(settings.keys)
    assert good == settings.keys and good
    assert not complaints
    assert settings.theme == "nord"


@pytest.mark.parametrize("entry", re.findall(r"^\| `\"(.*)\" = \"(.*)\"` \| (.*) \|$", PAGE.read_text("utf-8"), re.M))
def test_the_refusals_are_real(entry: tuple[str, str, str]) -> None:
    key_id, keys, why = entry
    assert check_keymap({key_id: keys}) == ({}, [f"keys.{key_id}: {why}"])


def test_there_are_refusals() -> None:
    assert PAGE.read_text(encoding="utf-8").count('| `"') >= 4
