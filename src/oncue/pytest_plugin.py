"""Scenarios as tests of pytest: ``pytest --oncue WORKSPACE`` makes each scenario of a workspace an item.

Pytest imports this module in every project of an environment that has oncue. So it imports nothing of oncue before a
workspace is named. The items are added to those that pytest collects anyway, before it deselects any: ``-k`` and
``--deselect`` go for them, too.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from oncue.domain.problems import Problem
    from oncue.domain.scenarios import Scenario
    from oncue.domain.workspace import Workspace
    from oncue.matching.matcher import Matcher


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--oncue``."""
    parser.getgroup("oncue").addoption(
        "--oncue",
        action="append",
        default=[],
        metavar="WORKSPACE",
        help="run the scenarios of the oncue workspace in this folder as tests; may be given several times",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the scenarios of each workspace, before ``-k`` chooses among all items."""
    for name in dict.fromkeys(config.getoption("--oncue")):
        folder = config.invocation_params.dir / name
        node = WorkspaceNode.from_parent(session, name=name, nodeid=name, path=folder, workspace=_read(folder))
        items.extend(session.genitems(node))


def _read(folder: Path) -> "Workspace":
    from oncue.domain.paths import SCENARIOS, is_of_scenarios
    from oncue.errors import WorkspaceError
    from oncue.storage.loader import load_workspace

    try:
        workspace = load_workspace(folder)
    except WorkspaceError as error:
        raise pytest.UsageError(f"--oncue: {error}") from None
    if not workspace.scenarios and not any(is_of_scenarios(each.file) for each in workspace.problems):
        from oncue.storage.absence import not_found

        raise pytest.UsageError(f"--oncue: {not_found(folder, SCENARIOS, is_empty=True)}")
    return workspace


class WorkspaceNode(pytest.Collector):
    """The workspace in a folder. Its flows are compiled once for all scenarios."""

    def __init__(self, *, workspace: "Workspace", **options: Any) -> None:
        super().__init__(**options)
        self.workspace = workspace

    def collect(self) -> "Iterator[pytest.Item]":
        """An item for each scenario, and one for each file that cannot be read."""
        from oncue.matching.matcher import compile_matcher

        matcher = compile_matcher(self.workspace)
        broken: dict[str, list[Problem]] = {}
        for problem in self.workspace.problems:
            broken.setdefault(problem.file, []).append(problem._replace(file=f"{self.name}/{problem.file}"))
        for file, problems in broken.items():
            yield UnreadableItem.from_parent(self, name=file, problems=problems)
        for scenario in self.workspace.scenarios.values():
            yield ScenarioItem.from_parent(
                self, name=scenario.id, scenario=scenario, workspace=self.workspace, matcher=matcher
            )


class ScenarioItem(pytest.Item):
    """A scenario. It fails with the report of ``oncue test``, and is skipped if it expects nothing."""

    def __init__(self, *, scenario: "Scenario", workspace: "Workspace", matcher: "Matcher", **options: Any) -> None:
        super().__init__(**options)
        self.scenario, self.workspace, self.matcher = scenario, workspace, matcher
        self.extra_keyword_matches.add(scenario.name)

    def runtest(self) -> None:
        """Run the scenario."""
        from oncue.scripting import run_scenario

        run = run_scenario(self.scenario, self.workspace, self.matcher)
        if not run.ok:
            pytest.fail(run.report(), pytrace=False)
        if not run.checked:
            pytest.skip("not checked: the scenario expects nothing")

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the scenario is, and what people call it."""
        from oncue.domain.paths import scenario_file
        from oncue.text import visible

        return self.path / scenario_file(self.scenario.id), None, visible(f"{self.scenario.id} ({self.scenario.name})")


class UnreadableItem(pytest.Item):
    """A file of the workspace that cannot be read: an error and no failure, as nothing was tested."""

    def __init__(self, *, problems: "list[Problem]", **options: Any) -> None:
        super().__init__(**options)
        self.problems = problems

    def setup(self) -> None:
        """Report what is wrong with the file."""
        from oncue.text import visible

        pytest.fail("\n".join(visible(str(problem)) for problem in self.problems), pytrace=False)

    def runtest(self) -> None:
        """Nothing: it is over in `setup`."""

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the file is."""
        return self.path / self.name, None, f"{self.name} cannot be read"
