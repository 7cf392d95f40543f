"""Environment variables are input: whatever is in them, every command and the app do the right thing or say why not."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import write

from oncue.cli.diagnostics import UsageError
from oncue.cli.environment import prepare_environment

PATIENCE = 30.0
NOT_STARTED = 99

HOSTILE: Mapping[str, Mapping[str, str | None]] = {
    "nothing": {},
    "no home": {"HOME": None, "ONCUE_STATE_DIR": None, "ONCUE_CONFIG_DIR": None, "XDG_STATE_HOME": None},
    "home is a device": {"HOME": "/dev/null", "ONCUE_STATE_DIR": None, "ONCUE_CONFIG_DIR": None},
    "folders are devices": {"ONCUE_STATE_DIR": "/dev/null", "ONCUE_CONFIG_DIR": "/dev/null"},
    "folders below a device": {"ONCUE_STATE_DIR": "/dev/null/x", "ONCUE_CONFIG_DIR": "/dev/null/x"},
    "a user who is not there": {"ONCUE_STATE_DIR": "~nobody-here/x", "ONCUE_CONFIG_DIR": "~nobody-here/x"},
    "folders are empty": {"ONCUE_STATE_DIR": "", "ONCUE_CONFIG_DIR": ""},
    "a driver": {"TEXTUAL_DRIVER": "os:system"},
    "keys and a picture": {
        "TEXTUAL_PRESS": "q,q",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_LOG": "log",
        "TEXTUAL_THEME": "x",
    },
    "numbers": {"TEXTUAL_FPS": "x", "TEXTUAL_DIM_FACTOR": "x", "TEXTUAL_DEVTOOLS_PORT": "x", "TEXTUAL_DEBUG": "x"},
    "narrow": {"COLUMNS": "1", "LINES": "1"},
    "no width": {"COLUMNS": "x", "LINES": "-1"},
    "a locale of nobody": {"LANG": "xx_XX", "LC_ALL": "xx_XX.klingon", "LANGUAGE": "\x1b"},
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii by force": {"PYTHONIOENCODING": "ascii"},
    "utf-16": {"PYTHONIOENCODING": "utf-16"},
    "colours": {"NO_COLOR": "", "COLORTERM": "\x1b", "FORCE_COLOR": "x", "CLICOLOR_FORCE": "1"},
    "a terminal of nobody": {"TERM": "no-such-terminal"},
    "time": {"TZ": "Mars/Olympus", "SOURCE_DATE_EPOCH": "x"},
    "no path": {"PATH": ""},
}
REFUSED: Mapping[str, Mapping[str, str | None]] = {
    "a colour system": {"TEXTUAL_COLOR_SYSTEM": "bogus"},
    "animations": {"TEXTUAL_ANIMATIONS": "\x1b[2J"},
}
"""What only the app looks at, and refuses."""

EVENT = ("--event", "conversation_created", "--instance", "wa-nl", "--participant", "contact")
COMMANDS: Mapping[str, tuple[tuple[str, ...], int]] = {
    "version": (("--version",), 0),
    "help": (("match", "--help"), 0),
    "completion": (("--completion", "bash"), 0),
    "schema": (("schema", "flow"), 0),
    "match": (("match", "acme", *EVENT, "--explain"), 0),
    "simulate": (("simulate", "acme", "good"), 0),
    "test": (("test", "acme", "--junit", "report.xml", "--mutate"), 0),
    "coverage": (("coverage", "acme", "--gaps"), 0),
    "diff": (("diff", "acme", "acme", "--exit-code"), 0),
    "graph": (("graph", "acme", "--format", "svg"), 0),
    "init": (("init", "new"), 0),
    "wrong": (("tset",), 2),
    "no terminal": (("acme",), 2),
}


@pytest.fixture
def folder(workspace: Path) -> Path:
    write(workspace / "scenarios/good.toml", 'name = "Zoë"')
    return workspace.parent


def environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    changed = {**os.environ, "TERM": "xterm-256color", **changes}
    return {name: value for name, value in changed.items() if value is not None}


@pytest.mark.parametrize("changes", [*HOSTILE, *REFUSED])
def test_every_command_in_any_environment(folder: Path, changes: str) -> None:
    for arguments, status in COMMANDS.values():
        ran = subprocess.run(
            [sys.executable, "-m", "oncue", *arguments],
            cwd=folder,
            env=environment({**HOSTILE, **REFUSED}[changes]),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )
        assert ran.returncode == status, (arguments, ran.stderr)
        out, err = ran.stdout.decode(), ran.stderr.decode()
        assert bool(out) is not bool(status)
        assert err.count("\n") <= 1, "no warnings, no traceback"
        assert not err or err.startswith("oncue: ")
        assert "\\x" not in err
        assert "\\u" not in err
    assert not (folder / "~").exists()
    assert not (folder / "log").exists()


class InTerminal:
    """The app in a terminal of 100×30, until it is left with ``q`` or ends by itself."""

    def __init__(self, folder: Path, changes: Mapping[str, str | None]) -> None:
        self.output, asked, deadline = b"", False, time.monotonic() + PATIENCE
        process, terminal = pty.fork()
        if not process:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
                os.chdir(folder)
                os.execve(sys.executable, [sys.executable, "-m", "oncue", "acme"], environment(changes))
            finally:
                os._exit(NOT_STARTED)
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.05)[0]:
                try:
                    self.output += os.read(terminal, 1 << 16)
                except OSError:
                    break
            if not asked and "Switched off" in self.text:
                asked = bool(os.write(terminal, b"q"))
        else:
            os.kill(process, 9)
        self.status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        self.opened = asked
        os.close(terminal)

    @property
    def text(self) -> str:
        """Everything that it wrote."""
        return self.output.decode(errors="replace")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a Linux terminal")
@pytest.mark.parametrize("changes", HOSTILE)
def test_the_app_in_any_environment(folder: Path, changes: str) -> None:
    app = InTerminal(folder, HOSTILE[changes])
    assert app.status == 0, app.text[-1_000:]
    assert app.opened
    assert "┏" in app.text or "╭" in app.text or "│" in app.text, "frames are drawn"
    assert "\\u25" not in app.text
    assert not (folder / "~").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a Linux terminal")
@pytest.mark.parametrize("changes", REFUSED)
def test_the_app_refuses_a_value_that_means_nothing(folder: Path, changes: str) -> None:
    app = InTerminal(folder, REFUSED[changes])
    assert (app.status, app.opened) == (2, False)
    (name,) = REFUSED[changes]
    assert app.text.startswith(f"oncue: {name}: ")
    assert app.text.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs a Linux terminal")
def test_the_app_of_a_user_without_entry_and_home(folder: Path) -> None:
    """As in a container that runs under any number: nothing says where a home could be."""
    write(folder / "nobody/sitecustomize.py", "import pwd; pwd.getpwuid = {}.__getitem__")
    path = os.pathsep.join((str(folder / "nobody"), os.environ.get("PYTHONPATH", "")))
    nothing = {"HOME": None, "USER": None, "ONCUE_STATE_DIR": None, "ONCUE_CONFIG_DIR": None, "PYTHONPATH": path}
    app = InTerminal(folder, nothing)
    assert (app.status, app.opened) == (0, True), app.text[-1_000:]
    assert not (folder / "~").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"NO_COLOR": ""}, {}),
        ({"NO_COLOR": "1"}, {"NO_COLOR": "1"}),
        ({"COLUMNS": "1", "LINES": "1", "TERM": "xterm"}, {"TERM": "xterm"}),
        ({"TEXTUAL_DRIVER": "os:system", "TEXTUAL_NEW": "x", "TEXTUAL_COLOR_SYSTEM": ""}, {}),
        ({"TEXTUAL_COLOR_SYSTEM": "256"}, {"TEXTUAL_COLOR_SYSTEM": "256"}),
        ({"TEXTUAL_ANIMATIONS": "NONE"}, {"TEXTUAL_ANIMATIONS": "NONE"}),
    ],
)
def test_what_textual_gets_to_see(before: dict[str, str], after: dict[str, str]) -> None:
    prepare_environment(before)
    assert before == after


def test_a_value_without_meaning_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="TEXTUAL_COLOR_SYSTEM: 'truecolour' is not a known value; did you mean 'true"):
        prepare_environment({"TEXTUAL_COLOR_SYSTEM": "truecolour"})
