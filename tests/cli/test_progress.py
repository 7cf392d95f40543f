"""The counter of long runs: late, seldom, and gone in the end."""

import io
from itertools import pairwise

from oncue.cli.progress import ProgressCounter


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_appears_after_a_second_is_rewritten_seldom_and_vanishes() -> None:
    stream, clock = io.StringIO(), Clock()
    with ProgressCounter(3_000, "scenarios", stream, clock) as counter:
        for done in range(1, 3_001):
            clock.now = done / 1024
            counter.show(done)
    empty, *shown, blank, end = stream.getvalue().split("\r")
    times = [int(line.removesuffix(" of 3,000 scenarios").replace(",", "")) / 1024 for line in shown]
    assert times[0] == 1
    assert all(0.1 <= after - before < 0.11 for before, after in pairwise(times))
    assert (empty, blank, end) == ("", " " * len(shown[-1]), "")


def test_a_short_run_writes_nothing() -> None:
    stream, clock = io.StringIO(), Clock()
    with ProgressCounter(10, "scenarios", stream, clock) as counter:
        counter.show(10)
    assert stream.getvalue() == ""


def test_nothing_is_written_where_nobody_reads() -> None:
    clock = Clock()
    with ProgressCounter(10, "scenarios", None, clock) as counter:
        clock.now = 99
        counter.show(10)
