"""All rows, in the order in which they are tried."""

import sys

from tests.endure import rows
from tests.endure.rows import Row


def _in_terminals() -> tuple[Row, ...]:
    """Those that need a Linux terminal, or fork."""
    if sys.platform != "linux":
        return ()
    from tests.endure import kills, monkey, terminal_screens

    return (*monkey.ROWS, *terminal_screens.ROWS, *kills.ROWS)


ROWS: tuple[Row, ...] = (*rows.ROWS, *_in_terminals())
BY_ID = {row.id: row for row in ROWS}
