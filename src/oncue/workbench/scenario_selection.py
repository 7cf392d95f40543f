"""Which scenarios are meant: all of a workspace, some by id, or those with certain words in their names.

A scenario whose file cannot be read can be selected like any other; its problems are what there is to say about it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from oncue.domain.paths import id_of, is_of_scenarios, scenario_file
from oncue.domain.problems import Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.errors import SelectionError
from oncue.suggestions import did_you_mean


class SelectedScenario(NamedTuple):
    """The scenario of a file, or the problems why there is none. ``file`` is relative to the workspace."""

    id: str
    file: str
    scenario: Scenario | None = None
    problems: tuple[Problem, ...] = ()


def all_scenarios(workspace: Workspace) -> dict[str, SelectedScenario]:
    """Every scenario file by id, in order of id, unreadable ones included."""
    found = {each.id: SelectedScenario(each.id, scenario_file(each.id), each) for each in workspace.scenarios.values()}
    for problem in workspace.problems:
        if not is_of_scenarios(problem.file):
            continue
        name = id_of(problem.file)
        known = found.get(name, SelectedScenario(name, problem.file))
        found[name] = known._replace(problems=(*known.problems, problem))
    return dict(sorted(found.items()))


def select_scenarios(ids: Iterable[str], workspace: Workspace, where: str) -> list[SelectedScenario]:
    """The scenarios with these ids, each once. ``where`` is what `SelectionError` calls the workspace."""
    known = all_scenarios(workspace)
    wanted = dict.fromkeys(ids)
    for scenario_id in wanted:
        if scenario_id not in known:
            raise SelectionError(f"no scenario {scenario_id!r} in {where}; {did_you_mean(scenario_id, known)}")
    return [known[scenario_id] for scenario_id in wanted]


def with_words(scenarios: Iterable[SelectedScenario], words: str) -> list[SelectedScenario]:
    """Those of ``scenarios`` that have all of ``words``, or parts of words, in their id or name."""
    wanted = words.casefold().split()
    return [each for each in scenarios if all(word in _searched_text(each) for word in wanted)]


def _searched_text(selected: SelectedScenario) -> str:
    return f"{selected.id}\n{selected.scenario.name if selected.scenario else ''}".casefold()
