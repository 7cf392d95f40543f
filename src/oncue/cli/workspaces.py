"""The workspace that a command works on, read so that no problem of one file hides the others."""

from pathlib import Path
from typing import TYPE_CHECKING

from oncue.cli.diagnostics import say

if TYPE_CHECKING:
    from oncue.domain.problems import Problem
    from oncue.domain.workspace import Workspace


def read_workspace(path: str, tell_scenarios: bool = True) -> "Workspace":
    """The workspace in the folder ``path``; what is wrong with its files goes to stderr.

    Commands that answer for the scenarios themselves have those left out with ``tell_scenarios=False``.
    """
    from oncue.domain.checks import check_flow
    from oncue.storage.loader import load_workspace

    workspace = load_workspace(path)
    for problem in workspace.problems:
        if tell_scenarios or not is_of_scenario(problem):
            say_problem(path, problem)
    for flow in workspace.flows.values():
        for problem in check_flow(flow, workspace.config):
            say_problem(path, problem)
    return workspace


def is_of_scenario(problem: "Problem") -> bool:
    """Whether ``problem`` is one of a scenario's file, or of the folder with all of them."""
    from oncue.domain.paths import is_of_scenarios

    return is_of_scenarios(problem.file)


def say_problem(path: str, problem: "Problem") -> None:
    """Say what is wrong with a file of the workspace in the folder ``path``."""
    say(str(at(path, problem)))


def at(path: str, problem: "Problem") -> "Problem":
    """``problem`` with its file as it is reached from here."""
    return problem._replace(file=str(Path(path, problem.file)))
