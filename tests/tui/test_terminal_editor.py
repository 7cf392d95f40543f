"""The user's editor in a real terminal: the keys that send signals are for it, and the app comes back afterwards."""

import os
import sys
from pathlib import Path
from shutil import which

import pytest

if sys.platform != "linux":
    pytest.skip("these need a Linux terminal", allow_module_level=True)

from tests.tui.test_terminal import Terminal

EDITOR = """\
#!/bin/sh
{traps}
echo "EDIT""ING"
while ! test -e {go}; do sleep 0.02; done
echo "# edited" >> "$1"
"""
TOLD = "trap 'touch {heard}' INT QUIT"


class Shell(Terminal):
    """An interactive shell, which the app is started from."""

    def run(self, folder: Path, *arguments: str) -> None:
        """Override: the shell, with the command that starts the app in a variable."""
        os.environ.update(PS1="ready> ", HISTFILE="", APP=f"{sys.executable} -m oncue {folder}")
        os.execv("/bin/bash", ["bash", "--norc", "--noprofile", "-i"])


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the editor looks into: it ends when there is a file called go, and says which signals it got."""
    script, folder = tmp_path / "editor", tmp_path / "told"
    folder.mkdir()
    traps = TOLD.format(heard=folder / "heard")
    script.write_text(EDITOR.format(traps=traps, go=folder / "go"))
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    return folder


def edited(folder: Path) -> bool:
    return any("# edited" in file.read_text() for file in (folder / "flows").glob("*.toml"))


@pytest.mark.parametrize("key", [b"\x03", b"\x1c"], ids=["ctrl+c", "ctrl+backslash"])
def test_a_key_that_ends_programs_is_for_the_editor(acme: Path, editor: Path, key: bytes) -> None:
    terminal = Terminal(acme)
    try:
        terminal.wait_for_words("Simulator keys")
        terminal.send(b"O")
        terminal.wait_for_text("EDITING")
        terminal.send(key)
        terminal.wait_for((editor / "heard").exists)
        (editor / "go").touch()
        terminal.wait_for_words("Flows Trigger Steps Simulator")
        assert edited(acme)
        terminal.send(b"\x11")
        assert terminal.end() == 0
        terminal.assert_given_back()
    finally:
        terminal.kill()


@pytest.mark.skipif(which("bash") is None, reason="needs bash")
def test_ctrl_z_in_the_editor_goes_back_to_the_shell_and_fg_to_the_editor(acme: Path, editor: Path) -> None:
    shell = Shell(acme)
    try:
        shell.wait_for_text("ready> ")
        shell.send(b"$APP\n")
        shell.wait_for_words("Simulator keys")
        shell.send(b"O")
        shell.wait_for_text("EDITING")
        shell.send(b"\x1a")
        shell.wait_for_text("ready> ")
        (editor / "go").touch()
        shell.send(b"fg\n")
        shell.wait_for_words("Flows Trigger Steps Simulator")
        assert edited(acme)
        shell.send(b"\x11")
        shell.wait_for_text("ready> ")
        shell.send(b"exit 7\n")
        assert shell.end() == 7
    finally:
        shell.kill()
