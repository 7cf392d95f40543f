"""The workspace of a command, and messages about what is wrong with its files."""

from pathlib import Path
from typing import TYPE_CHECKING

from oncue.cli.diagnostics import print_message

if TYPE_CHECKING:
    from oncue.domain.problems import Problem
    from oncue.domain.workspace import Workspace


def read_workspace(path: str, with_scenario_problems: bool = True) -> "Workspace":
    """The workspace in the folder ``path``; what is wrong with its files, and that it has no flows, goes to stderr.

    Commands that report problems of scenarios themselves leave those out.
    """
    from oncue.domain.checks import check_flow
    from oncue.domain.paths import FLOWS, is_of_flows, is_of_scenarios
    from oncue.storage.absence import not_found
    from oncue.storage.loader import load_workspace

    workspace = load_workspace(path)
    for problem in workspace.problems:
        if with_scenario_problems or not is_of_scenarios(problem.file):
            print_problem(problem, path)
    for flow in workspace.flows.values():
        for problem in check_flow(flow, workspace.config):
            print_problem(problem, path)
    is_empty = not workspace.flows and not any(is_of_flows(problem.file) for problem in workspace.problems)
    if message := not_found(Path(path), FLOWS, is_empty):
        print_message(message)
    return workspace


def print_problem(problem: "Problem", path: str) -> None:
    """Print what is wrong with a file of the workspace in the folder ``path``."""
    print_message(str(reachable(problem, path)))


def reachable(problem: "Problem", path: str) -> "Problem":
    """``problem`` with its line, and its file as it is reached from here."""
    from oncue.storage.places import located

    problem = located(problem, path)
    return problem._replace(file=str(Path(path, problem.file)))
