"""``oncue [WORKSPACE]``: open the app.

Everything that can be wrong with the folder or the terminal is found out before Textual is imported and takes
the screen.
"""

import os
import sys
from pathlib import Path

import click

from oncue.cli.collector import release
from oncue.cli.diagnostics import Refused
from oncue.cli.group import COMMANDS
from oncue.errors import WorkspaceError
from oncue.text import listed


class _App(click.Command):
    """What runs when no command is named: its help is that of ``oncue``."""

    def get_help(self, ctx: click.Context) -> str:
        """The help of ``oncue``."""
        return ctx.parent.get_help() if ctx.parent else super().get_help(ctx)


@click.command(cls=_App, name="oncue")
@click.argument("workspace", default=".", type=click.Path())
def app(workspace: str) -> int:
    """Open the app on the folder WORKSPACE."""
    _need_terminal()
    folder = Path(workspace).absolute()
    _need_workspace(folder)
    from oncue.tui.app import run

    release()
    return run(folder)


def _need_terminal() -> None:
    """Textual reads keys from stdin and draws on stderr."""
    commands = listed([f"oncue {name}" for name in COMMANDS])
    missing = [name for name in ("stdin", "stderr") if not _is_terminal(name)]
    if missing:
        why = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not"
    elif os.environ.get("TERM") == "dumb":
        why = "TERM=dumb says that this one cannot draw"
    else:
        return
    raise Refused(f"the app needs a terminal, and {why}; without one there are {commands}")


def _is_terminal(name: str) -> bool:
    stream = getattr(sys, name)
    return stream is not None and stream.isatty()


def _need_workspace(folder: Path) -> None:
    if not folder.exists():
        hint = f"to make a workspace there, run: oncue init {folder}"
        raise WorkspaceError(str(folder), "there is no such folder", hint)
    if not folder.is_dir():
        raise WorkspaceError(str(folder), "this is a file; a workspace is a folder")
    if not (folder / "workspace.toml").is_file():
        hint = f"to make one, run: oncue init {folder}"
        raise WorkspaceError(str(folder), "there is no workspace.toml, so this is no workspace", hint)
