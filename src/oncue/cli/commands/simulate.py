"""``oncue simulate [WORKSPACE] SCENARIO``: what comes of the events of a scenario?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncue.cli.diagnostics import Exit, UsageError
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.startup import release
from oncue.cli.stdout import stdout
from oncue.cli.workspaces import at, read_workspace, say_problem
from oncue.workbench.scenario_selection import ScenarioName, home_of, named

if TYPE_CHECKING:
    from oncue.domain.scenarios import Scenario
    from oncue.domain.workspace import Workspace


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=ScenarioName())
@click.argument("scenario", metavar="SCENARIO", required=False, type=ScenarioName())
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
def simulate(workspace: str | None, scenario: str | None, style: str) -> int:
    """Play a scenario and print its transcript.

    SCENARIO is its id, or its file; WORKSPACE the current folder, or the one that the file is in, if it is not
    given. What the scenario expects is compared with what comes of its events: the exit status is 1 if anything
    is not as expected or cannot happen.
    """
    path, name = _told_apart(workspace, scenario)
    loaded = read_workspace(path, tell_scenarios=False)
    wanted = _the_one(name, path, loaded)
    from oncue.cli.output.scenario_output import as_one_object, as_text
    from oncue.domain.checks import check_scenario
    from oncue.matching.matcher import compile_matcher
    from oncue.simulation.runner import run_scenario

    release()
    for problem in check_scenario(wanted, loaded.config, loaded.flows):
        say_problem(path, problem)
    result = run_scenario(wanted, loaded, compile_matcher(loaded))
    with stdout() as output:
        for piece in (as_one_object if style == "json" else as_text)(result, loaded):
            output.write(piece)
    return Exit.OK if result.ok else Exit.FINDINGS


def _told_apart(workspace: str | None, scenario: str | None) -> tuple[str, str]:
    if workspace is not None and scenario is not None:
        return workspace, scenario
    if workspace is None or Path(workspace, "workspace.toml").is_file():
        raise UsageError(f"name a scenario{f' of {workspace}' if workspace else ''}, too (see oncue simulate --help)")
    return home_of(workspace), workspace


def _the_one(name: str, path: str, workspace: "Workspace") -> "Scenario":
    (chosen,) = named([name], path, workspace)
    if chosen.scenario is None:
        *others, last = chosen.problems
        for problem in others:
            say_problem(path, problem)
        raise UsageError(str(at(path, last)))
    return chosen.scenario
