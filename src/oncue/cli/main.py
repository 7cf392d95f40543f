"""The entry point of ``oncue``.

Every run of every command pays for what is imported here, so it is next to nothing: click is imported when there is
more to parse than a folder, the module of a command when that command is used, and Textual when the app opens.
``--version`` needs none of them.
"""

import os
import sys
from io import TextIOWrapper
from typing import NoReturn

from oncue.cli.command_table import COMMANDS
from oncue.cli.diagnostics import guarded
from oncue.cli.exit_status import Exit
from oncue.cli.startup import pause_collector


def main() -> NoReturn:
    """Run the command line that the process was started with, and exit."""
    pause_collector()
    _write_messages_in_utf8()
    sys.exit(guarded(lambda: run(sys.argv[1:])))


def _write_messages_in_utf8() -> None:
    """Write messages, and what the app draws, in UTF-8 as data is: a locale without it hardly means the terminal."""
    if isinstance(sys.stderr, TextIOWrapper) and sys.stderr.encoding.lower().replace("-", "") != "utf8":
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")


def run(arguments: list[str]) -> int:
    """Run the command line ``arguments``; returns the exit status, or raises what `guarded` reports."""
    if arguments == ["--version"]:
        from oncue import __version__
        from oncue.cli.stdout import write_line

        write_line(f"oncue {__version__}")
        return Exit.OK
    if "_ONCUE_COMPLETE" not in os.environ and (folder := _only_folder(arguments)) is not None:
        from oncue.cli.commands.app import open_app

        return open_app(folder)
    from click.exceptions import Exit as ClickExit

    from oncue.cli.group import oncue

    if "_ONCUE_COMPLETE" in os.environ:
        from oncue.cli.completion import answer
        from oncue.cli.stdout import stdout

        with stdout() as output:
            output.write(answer(oncue))
        return Exit.OK
    try:
        # Not `oncue.main`, which handles a closed pipe and Ctrl+C in its own way.
        with oncue.make_context("oncue", arguments) as context:
            status = oncue.invoke(context)
            return status if isinstance(status, int) else Exit.OK
    except ClickExit as ended:
        return ended.exit_code


def _only_folder(arguments: list[str]) -> str | None:
    """The folder to open the app on, if there is no other argument."""
    if not arguments:
        return "."
    from pathlib import Path

    name = arguments[0]
    plain = len(arguments) == 1 and name not in COMMANDS and not name.startswith("-")
    return name if plain and Path(name).is_dir() else None
