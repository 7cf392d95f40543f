"""The option ``--flow``: a flow by its id, or by its name, as the app shows it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from oncue.cli.diagnostics import UsageError
from oncue.cli.labels import keys_meant, label_hint
from oncue.text import visible

if TYPE_CHECKING:
    from oncue.domain.workspace import Workspace


class FlowOption(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """A flow. Any is accepted here; completion offers the ids of the workspace, from the names of the files."""

    name = "flow"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin with ``incomplete``."""
        from oncue.cli.completion import workspace_in
        from oncue.domain.paths import FLOWS
        from oncue.domain.problems import Problem
        from oncue.storage.files import find

        folder = Path(workspace_in(ctx, "workspace")).resolve()
        ids = sorted(found.id for found in find(folder, FLOWS) if not isinstance(found, Problem))
        return [CompletionItem(visible(flow_id)) for flow_id in ids if flow_id.startswith(incomplete)]


def flow_meant(word: str, workspace: "Workspace", path: str) -> str:
    """The id of the flow of ``workspace``, in ``path``, that ``word`` names.

    Raises `UsageError` if it names none, or several, or one whose file cannot be read.
    """
    from oncue.domain.paths import flow_file

    names = {flow_id: flow.name for flow_id, flow in workspace.flows.items()}
    meant = keys_meant(word, names)
    if len(meant) == 1:
        return meant[0]
    file = flow_file(word)
    if any(problem.file == file for problem in workspace.problems):
        raise UsageError(f"--flow: {file} cannot be read; mend it, or choose another flow")
    wrong = f"{len(meant)} flows are called {word!r}" if meant else f"there is no flow {word!r}"
    raise UsageError(f"--flow: {wrong} in {path}; {label_hint(word, names)}")
