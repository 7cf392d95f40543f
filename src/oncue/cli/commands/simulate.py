"""``oncue simulate [WORKSPACE] SCENARIO``: what comes of the events of a scenario?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncue.cli.diagnostics import UsageError
from oncue.cli.exit_status import Exit
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.scenario_arguments import ScenarioArgument, scenario_id, workspace_of
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import stdout
from oncue.cli.workspaces import print_problem, reachable, read_workspace

if TYPE_CHECKING:
    from oncue.domain.scenarios import Scenario
    from oncue.domain.workspace import Workspace


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=ScenarioArgument())
@click.argument("scenario", metavar="SCENARIO", required=False, type=ScenarioArgument())
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
def simulate(workspace: str | None, scenario: str | None, style: str) -> int:
    """Run a scenario and print its transcript.

    SCENARIO is an id or a file. WORKSPACE defaults to the one that the file is in, or to the current folder. What
    comes of the events is compared with what the scenario expects: the exit status is 1 if anything differs or
    cannot happen.
    """
    path, name = _split_arguments(workspace, scenario)
    loaded = read_workspace(path, with_scenario_problems=False)
    selected = _scenario(scenario_id(name, path), path, loaded)
    from oncue.cli.output.scenario_output import text_pieces, write_json
    from oncue.domain.checks import check_scenario
    from oncue.matching.matcher import compile_matcher
    from oncue.simulation.runner import run_scenario

    resume_collector()
    for problem in check_scenario(selected, loaded.config, loaded.flows):
        print_problem(problem, path)
    result = run_scenario(selected, loaded, compile_matcher(loaded))
    with stdout() as output:
        if style == "json":
            write_json(result, loaded, output.write)
        else:
            for piece in text_pieces(result, loaded):
                output.write(piece)
    return Exit.OK if result.ok else Exit.FINDINGS


def _split_arguments(workspace: str | None, scenario: str | None) -> tuple[str, str]:
    if workspace is not None and scenario is not None:
        return workspace, scenario
    if workspace is None or Path(workspace, "workspace.toml").is_file():
        raise UsageError(f"name a scenario{f' of {workspace}' if workspace else ''}, too (see oncue simulate --help)")
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
