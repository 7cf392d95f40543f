"""``oncue schema NAME``: the JSON Schema of a kind of file."""

import click

from oncue.cli.exit_status import Exit
from oncue.cli.options import OneOf

NAMES = {
    "workspace": "workspace.toml",
    "flow": "a file in flows/",
    "scenario": "a file in scenarios/",
    "event": "a line of captured events",
}


@click.command()
@click.argument("name", metavar="NAME", type=OneOf(NAMES))
def schema(name: str) -> int:
    """Print the JSON Schema (2020-12) of a kind of file, for editors.

    NAME is workspace (workspace.toml), flow (a file in flows/), scenario (a file in scenarios/) or event (a
    line of captured events).
    """
    from oncue.cli.stdout import write_line
    from oncue.workbench.json_schema import schema_text

    write_line(schema_text(name))
    return Exit.OK
