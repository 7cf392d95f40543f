"""``python -m tests.endure --minutes N [--seed S] [--row ID]… [--jobs J]``: try to break oncue.

Each row is a way to try it, gets an equal share of the time, and is printed with how often it was tried and how often
it failed. The exit status is 1 if anything failed.

An attempt is decided by the seed, its row and its number. A failure is printed with these, and with ``--row M1 --seed S
--attempt N`` it is tried again, alone; what depends on the moment as well may need some tries. With ``--jobs J`` the
attempts of a row are shared between J processes, and are the same.

The rows in a terminal take 4,000 to 5,000 events a minute and process on a core of 2026: 100,000 events are
``--row M1 --minutes 12 --jobs 2`` or so. The number of attempts is not limited by anything but the time, and a row ends
early after 20 failures in a process.
"""

import argparse
import sys
import time

from tests.endure.attempts import attempts, shared
from tests.endure.table import BY_ID
from tests.endure.tried import Tried


def main() -> int:
    """Run every row for its share of the time."""
    parser = argparse.ArgumentParser(prog="python -m tests.endure", description="Try to break oncue.")
    parser.add_argument("--minutes", type=float, default=10.0, help="for so long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="of all that is random")
    parser.add_argument("--row", action="append", choices=BY_ID, metavar="ID", help="only this row; may be repeated")
    parser.add_argument("--attempt", type=int, metavar="N", help="only the attempt of this number, once")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: %(default)s)")
    options = parser.parse_args()
    row_ids = options.row or list(BY_ID)
    share = options.minutes * 60 / len(row_ids)
    failed = 0
    print(f"seed {options.seed}\n\n| id | tried how | tried | failed |\n|---|---|---|---|", flush=True)  # noqa: T201
    for row_id in row_ids:
        if options.attempt is not None:
            tried = attempts(row_id, options.seed, 0.0, 1, options.attempt)
        else:
            tried = shared(row_id, options.seed, share, options.jobs)
        failed += len(tried.failures)
        _print(row_id, tried)
    return 1 if failed else 0


def _print(row_id: str, tried: Tried) -> None:
    row = BY_ID[row_id]
    how = row.how + "".join(f"; not tried: {reason}" for reason in sorted(tried.skipped))
    print(f"| {row.id} | {how} | {tried.count:,} {row.noun} | {len(tried.failures)} |", flush=True)  # noqa: T201
    for note, times in tried.notes.most_common():
        print(f"|  | {note} | {times:,} |  |", flush=True)  # noqa: T201
    for failure in tried.failures:
        print(f"  {row.id}: {failure}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
