"""Lint a workspace: everything that is wrong with it, from files that cannot be read to flows that start each other.

Findings have paths of keys and no lines: a workspace in memory has none. `oncue.storage.findings` adds them.
"""

from collections.abc import Iterator

from oncue.domain.checks import check_scenario
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.linting.catalogue import RULES
from oncue.linting.context import Context
from oncue.linting.selection import Selection

EVERYTHING = Selection()


def lint(workspace: Workspace, selection: Selection = EVERYTHING) -> tuple[Problem, ...]:
    """The findings in ``workspace`` that are wanted, by file, those of a file in order of its rules."""
    return tuple(sorted(_findings(workspace, selection), key=lambda problem: problem.file))


def _findings(workspace: Workspace, selection: Selection) -> Iterator[Problem]:
    context = Context(workspace)
    yield from (problem for problem in workspace.problems if selection.wants(problem.code))
    for problems in context.of_single_flows.values():
        yield from (problem for problem in problems if selection.wants(problem.code))
    for scenario in workspace.scenarios.values():
        problems = check_scenario(scenario, workspace.config, workspace.flows)
        yield from (problem for problem in problems if selection.wants(problem.code))
    for code, rule in RULES.items():
        if rule.find is not None and selection.wants(code):
            yield from rule.find(context)
