"""``oncue init [DIR]``: make a small workspace."""

import click

from oncue.cli.command_table import COMMANDS
from oncue.cli.diagnostics import print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FOLDER
from oncue.cli.stdout import write_line
from oncue.text import shell_command, visible


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=FOLDER)
def init(folder: str) -> int:
    """Make a small workspace in the folder DIR, which is the current one if none is given.

    Prints the files that it made. A folder that already contains a workspace is left unchanged.
    """
    from oncue.storage.starter import init as make_workspace

    for path in make_workspace(folder):
        write_line(visible(str(path)))
    print_message(f"made a workspace; to open it, run: {opening(folder)}")
    return Exit.OK


def opening(folder: str) -> str:
    """The command that opens the app on ``folder``, ready to paste into a shell."""
    if folder == ".":
        return "oncue"
    return shell_command("oncue", f"./{folder}" if folder in COMMANDS else folder)
