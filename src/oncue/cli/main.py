"""Where ``oncue`` starts.

Importing this costs nothing, because every run of every command pays for it: click is imported when there is
more to parse than a folder, the module of a command when it is that command that was asked for, pydantic when a
workspace is to be read, and Textual when the app opens. ``--version`` needs none of them.
"""

import os
import sys
from typing import NoReturn

from oncue.cli import startup
from oncue.cli.command_table import COMMANDS
from oncue.cli.diagnostics import Exit, guarded
from oncue.cli.startup import hold


def main() -> NoReturn:
    """Run the command line that the process was started with, and exit."""
    hold()
    startup.no_plugins()
    sys.exit(guarded(lambda: run(sys.argv[1:])))


def run(arguments: list[str]) -> int:
    """Run the command line ``arguments``; returns the exit status, or raises what `guarded` knows to tell."""
    if arguments == ["--version"]:
        from oncue import __version__
        from oncue.cli.stdout import write_line

        write_line(f"oncue {__version__}")
        return Exit.OK
    if "_ONCUE_COMPLETE" not in os.environ and (folder := _only_folder(arguments)) is not None:
        from oncue.cli.commands.app import open_app

        return open_app(folder)
    from click.exceptions import Exit as Done

    from oncue.cli.group import oncue

    if "_ONCUE_COMPLETE" in os.environ:
        oncue.main(prog_name="oncue")
    try:
        # Not `oncue.main`, which has its own ideas of what a closed pipe and Ctrl+C are.
        with oncue.make_context("oncue", arguments) as context:
            status = oncue.invoke(context)
            return status if isinstance(status, int) else Exit.OK
    except Done as done:
        return done.exit_code


def _only_folder(arguments: list[str]) -> str | None:
    """The folder to open the app on, if the arguments say nothing but that."""
    if not arguments:
        return "."
    from pathlib import Path

    name = arguments[0]
    plain = len(arguments) == 1 and name not in COMMANDS and not name.startswith("-")
    return name if plain and Path(name).is_dir() else None
