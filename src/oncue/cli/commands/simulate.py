"""``oncue simulate [WORKSPACE] SCENARIO``: what comes of the events of a scenario, or of a recording?"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oncue.cli.capture_options import FROM
from oncue.cli.diagnostics import UsageError
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import is_file
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.recording_simulation import RecordingOptions, is_recording, simulate_recording, write_result
from oncue.cli.scenario_arguments import ScenarioArgument, scenario_id, workspace_of
from oncue.cli.startup import resume_collector
from oncue.cli.workspaces import print_problem, reachable, read_workspace
from oncue.text import listed

if TYPE_CHECKING:
    from oncue.domain.scenarios import Scenario
    from oncue.domain.workspace import Workspace


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=ScenarioArgument())
@click.argument("scenario", metavar="SCENARIO", required=False, type=ScenarioArgument())
@click.option("--from", "provider", type=FROM, help=f"SCENARIO is a capture. {FROM.help}")
@click.option("--conversation", metavar="ID", help="Only this conversation of the recording.")
@click.option("--apply", is_flag=True, help="Carry out the steps of the flows that start, too.")
@click.option("--scenario", "saved_as", metavar="NAME", help="Save the conversation as a scenario of this name.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
def simulate(workspace: str | None, scenario: str | None, provider: str | None, style: str, **recorded: Any) -> int:
    """Run a scenario or a recording, and print its transcript.

    SCENARIO is an id or a file. WORKSPACE defaults to the one that the file is in, or to the current folder. What
    comes of the events is compared with what the scenario expects: the exit status is 1 if anything differs or
    cannot happen.

    A file that is no TOML, a folder with --from, or - for stdin is a recording, or a capture of another platform. Its
    conversations are told apart, their state is built from its events, and flows only decide, unless with --apply.
    """
    path, name = _split_arguments(workspace, scenario)
    options = RecordingOptions(provider, **recorded)
    if is_recording(name, options):
        return simulate_recording(path, name, options, style)
    if given := options.names:
        raise UsageError(f"{listed(given)}: only for a recording, and {name!r} is a scenario")
    loaded = read_workspace(path, with_scenario_problems=False)
    selected = _scenario(scenario_id(name, path), path, loaded)
    from oncue.domain.checks import check_scenario
    from oncue.matching.matcher import compile_matcher
    from oncue.simulation.runner import run_scenario

    resume_collector()
    for problem in check_scenario(selected, loaded.config, loaded.flows):
        print_problem(problem, path)
    result = run_scenario(selected, loaded, compile_matcher(loaded))
    write_result(result, loaded, style)
    return Exit.OK if result.ok else Exit.FINDINGS


def _split_arguments(workspace: str | None, scenario: str | None) -> tuple[str, str]:
    if workspace is not None and scenario is not None:
        return workspace, scenario
    if workspace is None or is_file(Path(workspace, "workspace.toml")):
        raise UsageError(f"name a scenario{f' of {workspace}' if workspace else ''}, too (see oncue simulate --help)")
    if workspace == "-" or not workspace.endswith(".toml"):
        return ("." if workspace == "-" or is_file(workspace) else workspace_of(workspace)), workspace
    return workspace_of(workspace), workspace


def _scenario(name: str, path: str, workspace: "Workspace") -> "Scenario":
    from oncue.workbench.scenario_selection import select_scenarios

    (selected,) = select_scenarios([name], workspace, path)
    if selected.scenario is None:
        *others, last = selected.problems
        for problem in others:
            print_problem(problem, path)
        raise UsageError(str(reachable(last, path)))
    return selected.scenario
