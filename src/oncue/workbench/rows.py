"""A row of the transcript, and how a line becomes rows of a width."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from oncue.domain.flows import Flow
from oncue.workbench.spans import Line, wrapped

MISSED = -1
"""The line of an event that all rows about flows that did not run belong to."""


@dataclass(frozen=True)
class Row:
    """A line of the screen: the event (its number) and the line of it that it belongs to, and where it leads.

    ``flow_id`` and ``key``: the place in a flow that it speaks of. ``more``: it counts what can be shown on request.
    ``edit``: the flow after the edit that the row suggests, which ``says`` tells. ``continues``: it goes on with what
    the row above it says, as that had no room.
    """

    spans: Line
    number: int
    line: int = 0
    flow_id: str = ""
    key: str = ""
    more: bool = False
    edit: Flow | None = None
    says: str = ""
    continues: bool = False


broken = lru_cache(4_096)(wrapped)
"""After an edit most lines say what they said before, and to break them costs more than all else here."""


def rows_of(row: Row, width: int, indent: int) -> Iterator[Row]:
    """``row`` as often as its line takes lines of ``width`` cells."""
    for at, spans in enumerate(broken(row.spans, width, indent)):
        yield Row(
            spans,
            row.number,
            row.line,
            row.flow_id,
            row.key,
            row.more,
            row.edit,
            row.says,
            at > 0,
        )
