"""What an export would write and what it would lose, to be looked at before anything is written.

Nothing is raised for what cannot be exported, as a preview can say so. Exporters of other packages may raise anything,
which is theirs to mend and must not end the program of whoever only looks.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from oncue.domain.paths import is_of_scenarios
from oncue.domain.workspace import Workspace
from oncue.errors import ExportError, OncueError
from oncue.exporters.loss_words import WIDENING, WORDS, refusal_lines, report_lines
from oncue.exporters.names import Names
from oncue.exporters.registry import TARGETS, run
from oncue.exporters.registry import targets as targets

_MOST_CELLS = 20
"""Groups of events that are listed for each flow that would be widened."""


class Preview(NamedTuple):
    """The ``files`` of an export to ``target``, and what is said about it, line by line.

    ``file`` is the name of its only file, empty if it makes several. ``refusal``: why nothing can be exported.
    ``widening``: flows that the target would start more often, which has to be allowed. ``losses``: all else.
    """

    target: str
    label: str
    file: str = ""
    files: Mapping[str, str] = {}
    refusal: str = ""
    widening: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def preview(target: str, workspace: Workspace, flow_id: str | None = None) -> Preview:
    """An export of all flows, or only of ``flow_id``."""
    chosen = () if flow_id is None else (flow_id,)
    if broken := unreadable(workspace, chosen):
        return Preview(target, target, refusal=f"{broken[0]} cannot be read, so it would be missing; mend it")
    if flow_id is not None:
        workspace = replace(workspace, flows={flow_id: workspace.flows[flow_id]})
    names = Names(target)
    try:
        outcome = run(target, workspace, names, flow_id is None, to_report=True)
    except Exception as error:
        if target in TARGETS and not isinstance(error, OncueError):
            raise
        return Preview(target, target, refusal=str(error) or type(error).__name__)
    try:
        names.refuse_missing()
        refusal = ""
    except ExportError as error:
        refusal = str(error)
    others = [name for name in WORDS if name not in WIDENING]
    return Preview(
        target,
        outcome.exporter.LABEL,
        outcome.exporter.FILE,
        outcome.files,
        refusal,
        tuple(refusal_lines(outcome, _MOST_CELLS)),
        tuple(report_lines(outcome, others)),
    )


def unreadable(workspace: Workspace, flow_ids: Collection[str]) -> list[str]:
    """The files that would be missing from an export of all flows, or of ``flow_ids``, as they cannot be read."""
    return [
        problem.file
        for problem in workspace.problems
        if not is_of_scenarios(problem.file) and (not flow_ids or PurePosixPath(problem.file).stem in flow_ids)
    ]
