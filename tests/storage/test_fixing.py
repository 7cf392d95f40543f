"""Mending is an edit like any other."""

from pathlib import Path

from oncue.linting.lint import lint
from oncue.storage.fixing import fixes_for
from oncue.storage.loader import load
from oncue.storage.starter import init


def test_a_session_has_what_was_mended_and_nothing_else(tmp_path: Path) -> None:
    init(tmp_path)
    file = tmp_path / "flows/welcome-whatsapp.toml"
    file.write_text(file.read_text("utf-8").replace("{{participant.name}}", "${participant.name}"), encoding="utf-8")
    loaded = load(tmp_path)
    session = fixes_for(loaded, lint(loaded.workspace))
    assert session.dirty == {"welcome-whatsapp"}
    assert not lint(session.workspace)
    assert session.undo().workspace == loaded.workspace


def test_without_anything_to_mend_nothing_is_unsaved(tmp_path: Path) -> None:
    init(tmp_path)
    loaded = load(tmp_path)
    assert not fixes_for(loaded, lint(loaded.workspace)).dirty
