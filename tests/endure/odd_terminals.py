"""M5: terminals of odd kinds, none at all, and standard streams that are closed or end early."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from tests.endure.terminal import AppError, own_folders, terminal_app
from tests.endure.tried import Row, Tried

from oncue.storage.starter import init

_TERMS = (
    None, "", "dumb", "unknown", "nonsense", "xterm", "vt100", "linux", "screen", "tmux-256color", "xterm-kitty",
    "ansi", "x" * 300, "../../etc/passwd",
)  # fmt: skip
_LANGUAGES = ({"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LANG": "nowhere"}, {"LANG": None}, {"LC_ALL": ""})
_COLOURS = ({"COLORTERM": None}, {"COLORTERM": "truecolor"}, {"NO_COLOR": "1"}, {"COLUMNS": "0", "LINES": "-1"})
_STREAMS = ("<&-", ">&-", "2>&-", "<&- >&- 2>&-", "</dev/null", "</dev/full", ">/dev/full", "2>/dev/full", "| true", "")
_COMMANDS = ("", "test", "match --event message_created", "schema flow", "--help", "--version", "init new", "nonsense")


def terminals(rng: Random, folder: Path, tried: Tried) -> None:
    """The app in a terminal that says odd things about itself: it runs, or says in a line why not."""
    init(folder / "ws")
    variables = {"TERM": rng.choice(_TERMS), **rng.choice(_LANGUAGES), **rng.choice(_COLOURS)}
    tried.count += 1
    with terminal_app(folder / "ws", folder, variables=variables) as app:
        try:
            app.wait_for(lambda: b"\x1b[?1049h" in app.output or not app.lives, "a screen or an end")
            if app.lives:
                app.start()
                app.write(b"j2\t\t 4c\x1b")
                app.heartbeat()
                app.leave()
                complaints = list(app.complaints(0))
            else:
                complaints = [*app.complaints(2), *([] if b"oncue: " in app.output else ["it does not say why"])]
        except AppError as error:
            complaints = [str(error)]
    tried.failures += [f"{variables}: {each}" for each in complaints]


def streams(rng: Random, folder: Path, tried: Tried) -> None:
    """A command, or the app without a terminal, with streams that are closed, full or end early."""
    init(folder / "ws")
    command, how = rng.choice(_COMMANDS), rng.choice(_STREAMS)
    variables = {**own_folders(folder), **rng.choice(_LANGUAGES), "TERM": rng.choice(_TERMS)}
    environment = {name: value for name, value in {**os.environ, **variables}.items() if value is not None}
    line = f"'{sys.executable}' -m oncue {command} {how}"
    tried.count += 1
    try:
        ran = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line}"],
            cwd=folder / "ws",
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
        )
    except subprocess.TimeoutExpired:
        tried.failures.append(f"oncue {command} {how}: does not end")
        return
    if b"Traceback" in ran.stderr + ran.stdout or b"Exception ignored" in ran.stderr:
        tried.failures.append(f"oncue {command} {how}: {ran.stderr.decode(errors='replace')[-800:]}")
    elif not command and ran.returncode == 0:
        tried.failures.append(f"the app without a terminal, {how}: ended with 0")
    elif ran.returncode not in (0, 1, 2, 141):
        tried.failures.append(f"oncue {command} {how}: ended with {ran.returncode}: {ran.stderr[-300:]!r}")


ROWS = (
    Row("M5", "the app in terminals of odd kinds and languages", "starts", terminals),
    Row("M5'", "no terminal, closed and full streams", "commands", streams),
)
