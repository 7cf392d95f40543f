"""Arguments that name scenarios: ids, or paths of files as a shell completes them and other programs list them.

A path is in a workspace and so names that as well: ``oncue test acme/scenarios/new.toml`` needs no other argument.
"""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from oncue.cli.completion import workspace_in
from oncue.cli.diagnostics import UsageError
from oncue.cli.inputs import TypedPath, check_there, is_file, is_folder


class ScenarioArgument(TypedPath):
    """A folder or the name of a scenario; completion offers both."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin with ``incomplete``, in the folder that was named before them, and folders and files."""
        ids = _ids(workspace_in(ctx, "workspace", "arguments"))
        return [
            *(CompletionItem(scenario_id) for scenario_id in ids if scenario_id.startswith(incomplete)),
            CompletionItem(incomplete, type="file"),
        ]


def _ids(folder: str) -> list[str]:
    from oncue.domain.paths import SCENARIOS
    from oncue.storage.files import Found, find

    try:
        return sorted(found.id for found in find(Path(folder).resolve(), SCENARIOS) if isinstance(found, Found))
    except (OSError, RuntimeError):  # a folder that is gone, or a link that leads back to itself
        return []


def workspace_of(name: str) -> str:
    """The workspace of the scenario ``name``: the one that its file is in, or the current folder."""
    file = Path(name)
    if file.suffix == ".toml" and file.parent.name == "scenarios":
        return str(file.parent.parent)
    if _is_path(name) and not name.endswith(".toml"):
        check_there(name)
    if not is_file("workspace.toml"):
        raise UsageError(f"no workspace: {name!r} is none, and neither is the current folder")
    return "."


def scenario_id(name: str, workspace: str) -> str:
    """The id of the scenario ``name`` in the folder ``workspace``: itself, or that of its file."""
    if not _is_path(name):
        return name
    folder = Path(workspace, "scenarios")
    if name.endswith(".toml") and is_folder(folder):
        for file in (folder / name, Path(workspace, name), Path(name)):
            if is_folder(file.parent) and file.parent.samefile(folder):
                return file.stem
    check_there(name)
    raise UsageError(f"{name} is not in {folder}; name a scenario by its id, or by a file in that folder")


def _is_path(name: str) -> bool:
    """Whether ``name`` cannot be an id, as it has a folder or an ending."""
    return Path(name).name != name or bool(Path(name).suffix)
