"""``oncue export [WORKSPACE] --to TARGET``: flows as other systems configure them.

Nothing is written that would start a flow on events on which it does not start here, unless that is allowed; and files
are written only after all of them could be made.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.flow_option import FlowOption, flow_meant
from oncue.cli.inputs import FILE, FOLDER
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.stdout import stdout
from oncue.cli.workspaces import read_workspace
from oncue.exporters.registry import TARGETS, targets

if TYPE_CHECKING:
    from oncue.domain.workspace import Workspace
    from oncue.exporters.names import Names
    from oncue.exporters.registry import Outcome


class _Target(OneOf):
    """A target; those of other packages are looked for only if it is none of our own."""

    def __init__(self) -> None:
        super().__init__({name: meaning for name, (_, meaning) in TARGETS.items()})

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check that there is such a target."""
        return value if value in targets() else super().convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The targets that begin with ``incomplete``."""
        return [CompletionItem(name, help=text) for name, text in targets().items() if name.startswith(incomplete)]


@click.command(epilog="\b\nTargets:\n" + "\n".join(f"  {name:<13}{meaning}" for name, (_, meaning) in TARGETS.items()))
@click.argument("workspace", default=".", type=FOLDER)
@click.option("--to", "target", type=_Target(), required=True, metavar="TARGET", help="What to make; see below.")
@click.option("-o", "--output", type=FILE, help="Write to this file, or folder for several; else to stdout.")
@click.option("--flow", "flows", type=FlowOption(), multiple=True, metavar="FLOW", help="Only this flow; repeatable.")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if the files of -o are not up to date.")
@click.option("--allow-widening", is_flag=True, help="Export flows that would start on more events, and list these.")
@click.option("--map", "map_file", metavar="FILE", type=FILE, help="What the target calls things: TOML or JSON.")
@click.option("--report", is_flag=True, help="Print what would be lost, and export nothing.")
@click.option(
    "--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print a report."
)
def export(
    workspace: str,
    target: str,
    output: str | None,
    flows: tuple[str, ...],
    check: bool,
    allow_widening: bool,
    map_file: str | None,
    report: bool,
    style: str,
) -> int:
    """Write flows as other systems configure them, and say what is lost.

    What the target cannot say is listed on stderr. A flow that would start there on events on which it does not
    start here is refused with exit status 1, unless --allow-widening is given.
    """
    if check and output in (None, "-"):
        raise UsageError("--check compares with files; name them with -o (see oncue export --help)")
    if style != "text" and not report:
        raise UsageError("--format is how a report is printed; add --report (see oncue export --help)")
    chosen, is_whole = _chosen(read_workspace(workspace), flows, workspace)
    from oncue.cli.output.loss_report import report_json
    from oncue.exporters.loss_words import refusal_lines, report_lines
    from oncue.exporters.registry import run

    outcome = run(target, chosen, _names(target, map_file), is_whole, to_report=report)
    if report:
        with stdout() as out:
            if style == "json":
                out.write(report_json(outcome, target) + b"\n")
            else:
                out.write("".join(f"{line}\n" for line in report_lines(outcome)).encode())
        return Exit.FINDINGS if outcome.widening else Exit.OK
    if outcome.widening and not allow_widening:
        for line in refusal_lines(outcome):
            print_message(line)
        print_message("nothing was exported; --allow-widening exports it all the same, --flow only some flows")
        return Exit.FINDINGS
    if check:
        return _check(outcome, str(output))
    for line in report_lines(outcome):
        print_message(line)
    _write(outcome, output, target, workspace)
    return Exit.OK


def _chosen(workspace: "Workspace", flows: tuple[str, ...], path: str) -> "tuple[Workspace, bool]":
    """The flows to export. Files that cannot be read would be missing from it, so they are refused."""
    from oncue.exporters.preview import unreadable

    flow_ids = tuple(flow_meant(each, workspace, path) for each in flows)
    if missing := unreadable(workspace, flow_ids):
        raise UsageError(f"{missing[0]} cannot be read, so it would be missing; mend it, or choose others with --flow")
    if not flow_ids:
        return workspace, True
    return replace(workspace, flows={each: workspace.flows[each] for each in sorted(set(flow_ids))}), False


def _names(target: str, map_file: str | None) -> "Names":
    """What the target calls things, by the map."""
    from oncue.exporters.names import Names

    if map_file is None:
        return Names(target)
    from oncue.cli.maps import read_map

    return Names(target, read_map(map_file))


def _check(outcome: "Outcome", output: str) -> Exit:
    """Whether the files are as they would be written, and there are no others of flows that are gone."""
    from oncue.cli.written_files import places_of

    stale = []
    wanted = places_of(outcome.files, output, not outcome.exporter.FILE, "-o")
    for name, content in wanted.items():
        try:
            if Path(name).expanduser().read_bytes() != content:
                stale.append(f"{name} is not up to date")
        except FileNotFoundError:
            stale.append(f"{name} is missing")
    if not outcome.exporter.FILE:
        found = sorted(map(str, Path(output).expanduser().glob("*.json")))
        stale += [f"{each} is of no flow that is exported" for each in found if each not in wanted]
    for each in stale:
        print_message(f"{each}; export again")
    return Exit.FINDINGS if stale else Exit.OK


def _write(outcome: "Outcome", output: str | None, target: str, workspace: str) -> None:
    if output is not None and output != "-":
        from oncue.cli.written_files import check_written_files, places_of, write_to

        wanted = places_of(outcome.files, output, not outcome.exporter.FILE, "-o")
        check_written_files(wanted, workspace, "-o")
        for name, content in wanted.items():
            write_to(name, content, "-o")
        return
    if not outcome.exporter.FILE:
        raise UsageError(f"{target} makes a file for each flow; name a folder with -o")
    with stdout() as out:
        for text in outcome.files.values():
            out.write(text.encode())
