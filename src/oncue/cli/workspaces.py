"""The workspace of a command, and messages about what is wrong with its files."""

from pathlib import Path
from typing import TYPE_CHECKING

from oncue.cli.diagnostics import print_message

if TYPE_CHECKING:
    from oncue.domain.problems import Problem
    from oncue.domain.workspace import Workspace


def read_workspace(path: str, with_scenario_problems: bool = True) -> "Workspace":
    """The workspace in the folder ``path``; what is wrong with its files goes to stderr.

    Commands that report problems of scenarios themselves leave those out.
    """
    from oncue.domain.checks import check_flow
    from oncue.domain.paths import is_of_scenarios
    from oncue.storage.loader import load_workspace

    workspace = load_workspace(path)
    for problem in workspace.problems:
        if with_scenario_problems or not is_of_scenarios(problem.file):
            print_problem(problem, path)
    for flow in workspace.flows.values():
        for problem in check_flow(flow, workspace.config):
            print_problem(problem, path)
    return workspace


def print_problem(problem: "Problem", path: str) -> None:
    """Print what is wrong with a file of the workspace in the folder ``path``."""
    print_message(str(reachable(problem, path)))


def reachable(problem: "Problem", path: str) -> "Problem":
    """``problem`` with its line, and its file as it is reached from here."""
    from oncue.storage.places import located

    problem = located(problem, path)
    return problem._replace(file=str(Path(path, problem.file)))


def print_none(name: str, path: str, advice: str = "") -> None:
    """Say that the sub-folder ``name``, flows or scenarios, of the folder ``path`` has none, and why that may be."""
    from oncue.storage.files import overlooked

    found = overlooked(Path(path).resolve(), name)
    more = [f"{len(found) - _OVERLOOKED:,} more"] if len(found) > _OVERLOOKED else []
    where = f"there are no {name} in {Path(path, name)}, which has a file NAME.toml for each"
    print_message("; ".join(filter(None, (where, *found[:_OVERLOOKED], *more, advice))))


_OVERLOOKED = 3
"""Files that are named as not read."""
