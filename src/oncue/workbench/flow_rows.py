"""A flow as a row of the list: one line, or two where the list has the screen for itself.

The first cells say whether the flow is marked, whether it is on, and what starts it; the last ones what is wrong with
it, whether it is unsaved, and the channel. All of that can be read without colour, and the name gets what is left.
"""

from collections.abc import Sequence
from typing import NamedTuple

from oncue.domain.flows import Flow
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.findings import NONE, SIGNS, Counts
from oncue.workbench.spans import Line, Span, line, spread

ON, OFF, MARKED, UNSAVED = "●", "○", "✓", "*"
"""Signs: of a flow that is on or off, is marked, is unsaved."""


class FlowRow(NamedTuple):
    """What a row shows of a flow. ``code`` is its channel in two letters, ``channel`` what people call it.

    ``counts`` are its problems, of which hints are not shown.
    """

    flow: Flow
    channel: str
    code: str
    opened: bool = False
    marked: bool = False
    unsaved: bool = False
    counts: Counts = NONE


def one_line(row: FlowRow, width: int) -> Sequence[Line]:
    """The row in one line."""
    signs: list[Span] = []
    if row.counts.wrong:
        signs.append(SIGNS["error" if row.counts.errors else "warning"])
    if row.unsaved:
        signs.append((UNSAVED, "warning"))
    return (spread(_beginning(row), (*signs, *line(" " if signs else "", (row.code, "muted"))), width),)


def two_lines(row: FlowRow, width: int) -> Sequence[Line]:
    """The row in two lines, the second of which says in words what the signs of the first mean."""
    flow = row.flow
    marks: list[Span] = []
    for part in row.counts._replace(hints=0).parts():
        marks += [(" ", "")] * bool(marks) + [*part]
    if row.unsaved:
        marks.append((f"{' ' if marks else ''}{UNSAVED} unsaved", "warning"))
    about = f"{'' if flow.enabled else 'off · '}{EVENT_LOOKS[flow.trigger.event].word} · {row.channel}"
    return _beginning(row), spread(line("     ", (about, "muted")), tuple(marks), width)


def _beginning(row: FlowRow) -> Line:
    """Whether it is marked, whether it is on, what starts it, and its name."""
    flow = row.flow
    look = EVENT_LOOKS[flow.trigger.event]
    return line(
        (MARKED if row.marked else " ", "accent"),
        (ON, "success") if flow.enabled else (OFF, "muted"),
        " ",
        look.mark if flow.enabled else (look.glyph, "muted"),
        " ",
        (flow.name, "strong" if row.opened else "" if flow.enabled else "muted"),
    )
