"""``oncue schema NAME``: the JSON Schema of a kind of file.

The schemas are files of the package, so that printing one takes no longer than reading it, and editors can be pointed
at them. A test holds them equal to what `oncue.workbench.json_schema` makes of the types.
"""

from pathlib import Path

import click

import oncue
from oncue.cli.exit_status import Exit
from oncue.cli.options import OneOf

SCHEMAS = Path(oncue.__file__).parent / "schemas"
NAMES = {
    "workspace": "workspace.toml",
    "flow": "a file in flows/",
    "scenario": "a file in scenarios/",
    "event": "a line of captured events",
    "bundle": "an export as JSON",
}


@click.command()
@click.argument("name", metavar="NAME", type=OneOf(NAMES))
def schema(name: str) -> int:
    """Print the JSON Schema (2020-12) of a kind of file, for editors.

    NAME is workspace (workspace.toml), flow (a file in flows/), scenario (a file in scenarios/), event (a line
    of captured events) or bundle (what export --to json writes).
    """
    from oncue.cli.stdout import write_line

    write_line((SCHEMAS / f"{name}.json").read_text(encoding="utf-8").rstrip("\n"))
    return Exit.OK
