"""CSV: the decision table for spreadsheets, a row for each combination of types.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, so such a text gets an
apostrophe in front. Line breaks and control characters are shown and not written.
"""

from oncue.domain.wording import flow_sentence
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import conditions_unsaid, exact, steps_unsaid
from oncue.exporters.table import Row, rows
from oncue.workbench.escaping import csv_cell

LABEL = "CSV"
FILE = "oncue.csv"


def export(job: Job, /) -> Exported:
    """A row for each combination, with the flow's name and sentence beside it."""
    lines = [_line((*Row._fields, "name", "sentence"))]
    for row in rows(job):
        flow = job.workspace.flows[row.flow]
        lines.append(_line((*row, flow.name, flow_sentence(flow, job.config))))
    rules = tuple(
        exact(
            each,
            job.grid,
            (
                *conditions_unsaid(each.open, "only in words; its rows say sometimes"),
                *steps_unsaid(each.flow, "only in words"),
            ),
        )
        for each in job.narrowed
    )
    return Exported({FILE: "".join(lines)}, rules)


def _line(cells: tuple[str, ...]) -> str:
    return ",".join(map(csv_cell, cells)) + "\n"
