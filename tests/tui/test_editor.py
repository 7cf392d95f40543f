from pathlib import Path

import pytest

from oncue.tui.editor import command_for, editor_command, run_editor


def test_visual_comes_before_editor_and_both_may_have_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": " ", "EDITOR": "vi"}) == ["vi"]
    assert editor_command({"EDITOR": "a'b"}) == ["a'b"]
    monkeypatch.setenv("PATH", "")
    assert editor_command({}) == []


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("/usr/bin/vim", ["+12", "a b.toml"]),
        ("hx", ["a b.toml:12"]),
        ("code", ["-g", "a b.toml:12"]),
        ("unknown", ["a b.toml"]),
    ],
)
def test_a_file_is_opened_at_its_line_where_the_editor_can(editor: str, words: list[str]) -> None:
    assert command_for([editor], Path("a b.toml"), 12) == [editor, *words]
    assert command_for([editor], Path("a b.toml"), None) == [editor, "a b.toml"]


def test_what_goes_wrong_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, "true")
    assert run_editor(tmp_path) == ""
    monkeypatch.setenv("VISUAL", "false")
    assert "status 1" in run_editor(tmp_path)
    monkeypatch.setenv("VISUAL", str(tmp_path / "none"))
    assert "could not be started" in run_editor(tmp_path)
    monkeypatch.setattr("oncue.tui.editor.editor_command", list)
    assert "set EDITOR" in run_editor(tmp_path)
