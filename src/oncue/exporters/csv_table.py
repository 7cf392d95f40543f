"""CSV: the decision table for spreadsheets, a row for each combination of types.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, so such a text gets an
apostrophe in front. Line breaks and control characters are shown and not written.
"""

import re

from oncue.domain.wording import flow_sentence
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import conditions_unsaid, exact, steps_unsaid
from oncue.exporters.table import Row, rows
from oncue.text import visible

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
    return ",".join(map(cell, cells)) + "\n"


def cell(text: str) -> str:
    """One cell, in quotes if it needs them."""
    shown = visible(text)
    # Some programs look past blanks, and some at full-width signs.
    if re.match(r"\s*[=+\-@＝＋－＠|%]", shown):
        shown = f"'{shown}"
    return '"' + shown.replace('"', '""') + '"' if re.search(r"[\",;\t']|^\s|\s$", shown) else shown
