"""``oncue [WORKSPACE]``: open the app.

Whatever is wrong with the folder or the terminal is found before Textual is imported and takes over the screen. Click
is not imported here: if a folder is the only argument, there is nothing to parse.
"""

import os
import signal
import sys
from pathlib import Path

from oncue.cli.command_table import COMMANDS
from oncue.cli.diagnostics import UsageError
from oncue.cli.environment import prepare_environment
from oncue.cli.startup import resume_collector
from oncue.errors import WorkspaceError
from oncue.text import listed, shell_command, visible


def open_app(workspace: str) -> int:
    """Open the app on the folder ``workspace``; the exit status. Raises what `guarded` reports."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the app has a handler; a traceback helps nobody
    _check_terminal()
    folder = _around(Path(workspace).absolute())
    if not _made(folder):
        _check_workspace(folder)
    prepare_environment(os.environ)
    from oncue.tui.app import run

    return run(folder, settled=resume_collector)


def _around(folder: Path) -> Path:
    """The workspace that ``folder`` is in, as git finds its repository; ``folder`` itself if it is in none."""
    if folder.is_dir():
        return next((each for each in (folder, *folder.parents) if (each / "workspace.toml").is_file()), folder)
    return folder


def _made(folder: Path) -> bool:
    """Whether a workspace was made in the empty ``folder``, as the user wanted it."""
    try:
        if not folder.is_dir() or any(folder.iterdir()) or not _wanted(folder):
            return False
    except OSError:
        return False
    from oncue.storage.starter import init

    init(folder)
    return True


def _wanted(folder: Path) -> bool:
    """Whether the user says that a workspace is to be made in ``folder``."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    sys.stderr.write(f"There is no workspace in {visible(str(folder))}. Make one there? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _check_terminal() -> None:
    """Textual reads keys from stdin and draws on stderr."""
    commands = listed([f"oncue {name}" for name in COMMANDS])
    missing = [name for name in ("stdin", "stderr") if not _is_terminal(name)]
    if missing:
        why = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not"
    elif os.environ.get("TERM") == "dumb":
        why = "TERM=dumb says that this one cannot draw"
    else:
        return
    raise UsageError(f"the app needs a terminal, and {why}; without one there are {commands}")


def _is_terminal(name: str) -> bool:
    stream = getattr(sys, name)
    return stream is not None and stream.isatty()


def _check_workspace(folder: Path) -> None:
    if not folder.exists():
        hint = f"to make a workspace there, run: {shell_command('oncue init', str(folder))}"
        raise WorkspaceError(str(folder), "there is no such folder", hint)
    if not folder.is_dir():
        raise WorkspaceError(str(folder), "this is a file; a workspace is a folder")
    if not (folder / "workspace.toml").is_file():
        from oncue.storage.absence import advice_without_config

        missing = "there is no workspace.toml, so this is no workspace"
        raise WorkspaceError(str(folder), missing, advice_without_config(folder))
