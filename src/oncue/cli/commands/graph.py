"""``oncue graph [WORKSPACE]``: which flow causes which, and where that goes round?"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from oncue.cli.diagnostics import UsageError
from oncue.cli.exit_status import Exit
from oncue.cli.flow_option import FlowOption, flow_meant
from oncue.cli.inputs import FOLDER
from oncue.cli.options import OneOf
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import stdout
from oncue.cli.workspaces import read_workspace

if TYPE_CHECKING:
    from oncue.workbench.cause_graph import CauseGraph

FORMATS: Mapping[str, str] = {
    "text": "a tree, for people",
    "json": "one object, for programs",
    "mermaid": "for Markdown that draws Mermaid, as GitHub's does",
    "dot": "for Graphviz",
    "svg": "a picture",
}
MOST_DRAWN = 400
"""Flows and events that a picture can have before nobody can read it."""


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=FOLDER)
@click.option("--flow", metavar="FLOW", type=FlowOption(), help="Only this flow: what starts it, what it starts.")
@click.option(
    "--format",
    "style",
    metavar="FORMAT",
    type=OneOf(FORMATS),
    default="text",
    show_default=True,
    help=f"How to print it: {', '.join(FORMATS)}.",
)
def graph(workspace: str | None, flow: str | None, style: str) -> int:
    """Show which flow causes which, and where that goes round.

    A step causes an event, such as a message by a flow or an agent who joins, and the event may start another flow,
    or the same one again. Loops are marked with ⟳. Where conditions decide, a flow is said to start sometimes.
    """
    path = workspace or "."
    loaded = read_workspace(path)
    flow_id = None if flow is None else flow_meant(flow, loaded, path)
    from oncue.workbench.cause_graph import CauseGraph

    resume_collector()
    found = CauseGraph(loaded, flow_id)
    if style == "svg":
        _check_size(found)
    with stdout() as output:
        if style == "json":
            from oncue.cli.output.graph_languages import write_graph_json

            write_graph_json(found, output.write)
        else:
            output.write_lines(_lines(found, style))
    return Exit.OK


def _lines(found: "CauseGraph", style: str) -> "Iterable[str]":
    if style == "mermaid":
        from oncue.cli.output.graph_languages import mermaid_rows

        return mermaid_rows(found)
    if style == "dot":
        from oncue.cli.output.graph_languages import dot_rows

        return dot_rows(found)
    if style == "svg":
        from oncue.cli.output.graph_svg import graph_svg

        return graph_svg(found)
    from oncue.cli.output.graph_text import graph_rows
    from oncue.cli.output.paint import paint_of_stdout

    return graph_rows(found, paint_of_stdout())


def _check_size(found: "CauseGraph") -> None:
    size = len(found.flows) + len(found.causes)
    if size > MOST_DRAWN:
        raise UsageError(
            f"the picture would have {size:,} boxes, and nobody could read it (the limit is {MOST_DRAWN}); "
            "name a flow with --flow, or use --format dot or json"
        )
