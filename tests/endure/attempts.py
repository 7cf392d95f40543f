"""The attempts of a row: each decided by seed, row and number, whichever process makes it."""

import os
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tests.endure.table import BY_ID
from tests.endure.tried import Tried

_MOST_FAILURES = 20


def shared(row_id: str, seed: int, seconds: float, jobs: int) -> Tried:
    """The attempts of a row, shared between processes."""
    if jobs == 1:
        return attempts(row_id, seed, seconds, 1, 0)
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        parts = list(pool.map(partial(attempts, row_id, seed, seconds, jobs), range(jobs)))
    return Tried(
        sum(part.count for part in parts),
        [failure for part in parts for failure in part.failures],
        sum((part.notes for part in parts), Counter[str]()),
        {reason for part in parts for reason in part.skipped},
    )


def attempts(row_id: str, seed: int, seconds: float, step: int, number: int) -> Tried:
    """The attempts ``number``, ``number + step`` and so on until the time is over; at least one."""
    tried, until = Tried(), time.monotonic() + seconds
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ |= {"ONCUE_STATE_DIR": f"{name}/state", "ONCUE_CONFIG_DIR": f"{name}/config"}
        os.environ |= {"TEXTUAL_ANIMATIONS": "none", "TERM": "xterm-256color"}
        while True:
            folder, before = Path(name) / str(number), len(tried.failures)
            folder.mkdir()
            BY_ID[row_id].attempt(random.Random(f"{seed}/{row_id}/{number}"), folder, tried)
            where = f"--seed {seed} --attempt {number}: "
            tried.failures[before:] = [where + failure for failure in tried.failures[before:]]
            number += step
            if time.monotonic() >= until or len(tried.failures) >= _MOST_FAILURES:
                return tried
