"""The user's own editor: which program that is, and how it opens a file at a line.

``VISUAL`` comes before ``EDITOR``, as everywhere, and both may have arguments: ``code --wait``.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_USUAL = ("nano", "vim", "vi", "notepad")
_PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "micro", "joe", "kak", "mg", "pico"}
)
"""Editors that open a file at a line with ``+12``."""
_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})
"""Editors that do with ``file:12``."""


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The program and its arguments; empty if there is none."""
    for name in ("VISUAL", "EDITOR"):
        wanted = environment.get(name, "").strip()
        if wanted:
            try:
                return shlex.split(wanted)
            except ValueError:  # an open quote
                return [wanted]
    found = next(filter(None, map(shutil.which, _USUAL)), None)
    return [found] if found else []


def command_for(command: list[str], path: Path, line: int | None) -> list[str]:
    """The ``command`` that opens ``path``, at ``line`` where the editor is known to take one."""
    program = Path(command[0]).name.removesuffix(".exe")
    if line is not None and program in _PLUS_LINE:
        return [*command, f"+{line}", str(path)]
    if line is not None and program in _COLON_LINE:
        return [*command, f"{path}:{line}"]
    if line is not None and program in ("code", "codium"):
        return [*command, "-g", f"{path}:{line}"]
    return [*command, str(path)]


def run_editor(path: Path, line: int | None = None) -> str:
    """Open ``path`` in the editor and wait until it is closed; returns why it did not work, or nothing.

    To be called while the terminal is given back.
    """
    command = editor_command()
    if not command:
        return "There is no editor: set EDITOR to the one that you use."
    try:
        status = subprocess.run(command_for(command, path, line), check=False).returncode
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return f"The editor {command[0]!r} could not be started: {reason}."
    return "" if status == 0 else f"The editor {command[0]!r} ended with status {status}."
