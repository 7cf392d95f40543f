"""``python -m tests.endure --minutes N [--seed S]``: try to break oncue, for as long as one likes.

Each row is a way to try it, gets an equal share of the time, and is printed with how often it was tried and how often
it failed; a failure is printed with all that is needed to repeat it. The exit status is 1 if anything failed.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.endure.rows import ROWS
from tests.endure.tried import Tried


def main() -> int:
    """Run every row for its share of the time."""
    parser = argparse.ArgumentParser(prog="python -m tests.endure", description="Try to break oncue.")
    parser.add_argument("--minutes", type=float, default=10.0, help="for so long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="of all that is random")
    options = parser.parse_args()
    share = options.minutes * 60 / len(ROWS)
    failed = 0
    print(f"seed {options.seed}\n\n| id | tried how | tried | failed |\n|---|---|---|---|", flush=True)  # noqa: T201
    for row in ROWS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            os.environ |= {"ONCUE_STATE_DIR": f"{name}/state", "ONCUE_CONFIG_DIR": f"{name}/config"}
            os.environ |= {"TEXTUAL_ANIMATIONS": "none", "TERM": "xterm-256color"}
            tried, until = Tried(), time.monotonic() + share
            number = 0
            while time.monotonic() < until and len(tried.failures) < 20:
                folder = Path(name) / str(number)
                folder.mkdir()
                row.attempt(random.Random(f"{options.seed}/{row.id}/{number}"), folder, tried)
                number += 1
        failed += len(tried.failures)
        print(f"| {row.id} | {row.how} | {tried.count:,} {row.noun} | {len(tried.failures)} |", flush=True)  # noqa: T201
        for note, times in tried.notes.most_common():
            print(f"|  | {note} | {times:,} |  |", flush=True)  # noqa: T201
        for failure in tried.failures:
            print(f"  {row.id}: {failure}", file=sys.stderr, flush=True)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
