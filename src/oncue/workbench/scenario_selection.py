"""Which scenarios arguments mean: ids, or paths of files, as a shell completes them and other programs list them.

A path lies in a workspace, so it names that as well: ``oncue test acme/scenarios/new.toml`` needs no other argument.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import CompletionItem

from oncue.cli.diagnostics import UsageError
from oncue.cli.workspaces import is_of_scenario
from oncue.errors import did_you_mean

if TYPE_CHECKING:
    from oncue.domain.problems import Problem
    from oncue.domain.scenarios import Scenario
    from oncue.domain.workspace import Workspace


class Chosen(NamedTuple):
    """The scenario of a file, or the problems why there is none. ``file`` is relative to the workspace."""

    id: str
    file: str
    scenario: "Scenario | None" = None
    problems: "tuple[Problem, ...]" = ()


def every(workspace: "Workspace") -> dict[str, Chosen]:
    """All files of scenarios by id, in order of id, those that cannot be read among them."""
    from oncue.domain.paths import id_of, scenario_file

    found = {each.id: Chosen(each.id, scenario_file(each.id), each) for each in workspace.scenarios.values()}
    for problem in filter(is_of_scenario, workspace.problems):
        name = id_of(problem.file)
        known = found.get(name, Chosen(name, problem.file))
        found[name] = known._replace(problems=(*known.problems, problem))
    return dict(sorted(found.items()))


def named(names: Iterable[str], path: str, workspace: "Workspace") -> list[Chosen]:
    """The scenarios that ``names`` mean in the workspace in the folder ``path``, each once; or `UsageError`."""
    known = every(workspace)
    ids = dict.fromkeys(_id_of(name, path) for name in names)
    for scenario_id in ids:
        if scenario_id not in known:
            raise UsageError(f"no scenario {scenario_id!r} in {path}; {did_you_mean(scenario_id, known)}")
    return [known[scenario_id] for scenario_id in ids]


def matching(chosen: Iterable[Chosen], words: str) -> list[Chosen]:
    """Those of ``chosen`` that have all of ``words``, or parts of words, in their id or name."""
    wanted = words.casefold().split()
    return [each for each in chosen if all(word in _searched(each) for word in wanted)]


def home_of(name: str) -> str:
    """The workspace that the scenario ``name`` is of: the one that its file is in, or the current folder."""
    file = Path(name)
    if file.suffix == ".toml" and file.parent.name == "scenarios":
        return str(file.parent.parent)
    if not Path("workspace.toml").is_file():
        raise UsageError(f"no workspace: {name!r} is none, and neither is the current folder")
    return "."


def _id_of(name: str, path: str) -> str:
    if not name.endswith(".toml"):
        return name
    folder = Path(path, "scenarios")
    for file in (folder / name, Path(path, name), Path(name)):
        if folder.is_dir() and file.parent.is_dir() and file.parent.samefile(folder):
            return file.stem
    raise UsageError(f"{name} is not in {folder}; name a scenario by its id, or by a file in that folder")


def _searched(chosen: Chosen) -> str:
    return f"{chosen.id}\n{chosen.scenario.name if chosen.scenario else ''}".casefold()


class ScenarioName(click.Path):
    """A folder or the name of a scenario; completion offers both."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin with ``incomplete``, in the folder that was named before them, and folders and files."""
        given = [ctx.params.get("workspace"), *(ctx.params.get("arguments") or ())][:2]
        folder = next((name for name in given if name and Path(name).is_dir()), ".")
        ids = sorted(file.stem for file in Path(folder, "scenarios").glob("*.toml"))
        return [
            *(CompletionItem(scenario_id) for scenario_id in ids if scenario_id.startswith(incomplete)),
            CompletionItem(incomplete, type="file"),
        ]
