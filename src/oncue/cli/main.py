"""Where ``oncue`` starts.

Importing this costs nothing, because every run of every command pays for it: click is imported when there is
something to parse, the module of a command when it is that command that was asked for, pydantic when a
workspace is to be read, and Textual when the app opens. ``--version`` needs none of them.
"""

import sys
from typing import NoReturn

from oncue.cli.diagnostics import Exit, guarded


def main() -> NoReturn:
    """Run the command line that the process was started with, and exit."""
    sys.exit(guarded(lambda: run(sys.argv[1:])))


def run(arguments: list[str]) -> int:
    """Run the command line ``arguments``; returns the exit status, or raises what `guarded` knows to tell."""
    if arguments == ["--version"]:
        from oncue import __version__
        from oncue.cli.output import write_line

        write_line(f"oncue {__version__}")
        return Exit.FINE
    from oncue.cli.group import oncue

    done = oncue.main(arguments, prog_name="oncue", standalone_mode=False)
    return done if isinstance(done, int) else Exit.FINE
