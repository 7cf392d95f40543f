"""All rows, in the order in which they are tried."""

import sys

from tests.endure import edits, hostile_workspaces, limits, matching, model, races, rows
from tests.endure.tried import Row


def _in_terminals() -> tuple[Row, ...]:
    """Those that need a Linux terminal, or fork."""
    if sys.platform != "linux":
        return ()
    from tests.endure import (
        interruptions,
        kills,
        monkey,
        odd_terminals,
        signals,
        strange_files,
        terminal_screens,
        users,
    )

    return (
        *strange_files.ROWS,
        *monkey.ROWS,
        *terminal_screens.ROWS,
        *kills.ROWS,
        *users.ROWS,
        *signals.ROWS,
        *interruptions.ROWS,
        *odd_terminals.ROWS,
    )


ROWS: tuple[Row, ...] = (
    *rows.ROWS,
    races.ROW,
    edits.ROW,
    *limits.ROWS,
    *matching.ROWS,
    *model.ROWS,
    *hostile_workspaces.ROWS,
    *_in_terminals(),
)
BY_ID = {row.id: row for row in ROWS}
