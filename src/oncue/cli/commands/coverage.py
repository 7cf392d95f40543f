"""``oncue coverage [WORKSPACE]``: how many flows answer each kind of event, and what nobody answers?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from oncue.cli.diagnostics import UsageError
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FOLDER
from oncue.cli.options import CHANNEL, EVENT, INSTANCE, OneOf
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import stdout
from oncue.cli.workspaces import read_workspace

if TYPE_CHECKING:
    from oncue.analysis.coverage import Coverage
    from oncue.cli.stdout import Output
    from oncue.domain.workspace import Workspace, WorkspaceConfig
    from oncue.workbench.coverage_matrix import Chosen

FORMATS: Mapping[str, str] = {
    "text": "for people",
    "json": "one object, for programs",
    "csv": "a line per kind of event, for spreadsheets",
    "svg": "a heat map",
}


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=FOLDER)
@click.option("--event", metavar="EVENT", type=EVENT, help="Only events of this kind.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only this channel.")
@click.option(
    "--instance", metavar="ID", type=INSTANCE, help="Only this instance, by its id, its name or an external id."
)
@click.option("--gaps", is_flag=True, help="Only what nothing answers, each with an event that shows it.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
def coverage(
    workspace: str | None, event: str | None, channel: str | None, instance: str | None, gaps: bool, style: str
) -> int:
    """Show how many flows answer each kind of event.

    A kind of event is what a trigger can tell apart: what happened, on which instance, by whom, and of which type a
    message is; each may be unknown. Instances that are answered alike share a matrix. Kinds of events for which
    flows with conditions start only sometimes are marked as such.

    Options take labels of the app as well as keys: "Live chat", live-chat or live_chat.
    """
    if gaps and style == "svg":
        raise UsageError("--gaps is a list and no picture; leave it out, or use --format text, json or csv")
    path = workspace or "."
    loaded = read_workspace(path)
    chosen = _chosen(loaded.config, event, channel, instance)
    from oncue.analysis.coverage import coverage as coverage_of

    resume_collector()
    found = coverage_of(loaded)
    with stdout() as output:
        if gaps:
            _write_gaps(found, chosen, loaded, style, output)
        else:
            _write(found, chosen, loaded, style, output)
    return Exit.OK


def _write(found: "Coverage", chosen: "Chosen", workspace: "Workspace", style: str, output: "Output") -> None:
    from oncue.workbench.coverage_matrix import matrices

    config = workspace.config
    if style == "json":
        from oncue.cli.output.coverage_data import write_coverage_json

        write_coverage_json(found, chosen, workspace.name, output.write)
    elif style == "csv":
        from oncue.cli.output.coverage_data import csv_rows

        output.write_lines(csv_rows(found, chosen, None, config))
    elif style == "svg":
        from oncue.cli.output.coverage_svg import coverage_svg

        output.write_lines(coverage_svg(matrices(found, chosen), workspace.name, config))
    else:
        from oncue.cli.output.coverage_text import matrix_rows
        from oncue.cli.output.paint import paint_of_stdout

        output.write_lines(matrix_rows(matrices(found, chosen), workspace.name, config, paint_of_stdout()))


def _write_gaps(found: "Coverage", chosen: "Chosen", workspace: "Workspace", style: str, output: "Output") -> None:
    from oncue.analysis.gaps import gaps as gaps_of

    config = workspace.config
    among, total = 0, 0
    for key in chosen.every_key():
        among |= found.grid.bit(key)
        total += 1
    gaps = gaps_of(found, among)
    if style == "json":
        from oncue.cli.output.coverage_data import write_gaps_json

        write_gaps_json(gaps, total, workspace.name, config, output.write)
    elif style == "csv":
        from oncue.cli.output.coverage_data import csv_rows

        output.write_lines(csv_rows(found, chosen, gaps, config))
    else:
        from oncue.cli.output.coverage_text import gap_rows
        from oncue.cli.output.paint import paint_of_stdout

        output.write_lines(gap_rows(gaps, total, config, paint_of_stdout()))


def _chosen(config: "WorkspaceConfig", event: str | None, channel: str | None, instance: str | None) -> "Chosen":
    """The part of the event space that the options leave."""
    from oncue.analysis.grid import places_of
    from oncue.cli.places import channel_named, instance_named
    from oncue.domain.vocabulary import EVENT_KINDS
    from oncue.workbench.coverage_matrix import Chosen

    places = places_of(config)
    if channel is not None:
        channel = channel_named(channel, config.installed_channels, config)
        places = tuple(place for place in places if place[0] == channel)
    if instance is not None:
        found = config.by_name[instance_named(instance, channel, config)]
        places = ((found.channel, found.id),)
    if not places:
        raise UsageError("no instance is installed in this workspace, so there is nothing that flows could answer")
    return Chosen(places, tuple(EVENT_KINDS) if event is None else (event,))
