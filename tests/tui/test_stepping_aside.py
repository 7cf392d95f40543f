"""Work in a thread that steps aside."""

import sys
import threading

from pytest import raises

from oncue.tui import stepping_aside as aside
from oncue.tui.stepping_aside import stepping_aside


def never() -> bool:
    return False


def called() -> None:
    pass


def test_the_result_is_that_of_the_work() -> None:
    assert stepping_aside(lambda: 1, never, never) == 1
    with raises(ZeroDivisionError):
        stepping_aside(lambda: 1 // 0, never, never)
    assert sys.getprofile() is None


def test_it_gives_up_what_nobody_wants() -> None:
    wanted = iter([False] * 5)

    def work() -> None:
        while True:
            called()

    assert stepping_aside(work, never, lambda: next(wanted, True)) is None
    assert sys.getprofile() is None


def test_it_stands_still_while_a_key_is_carried_out() -> None:
    """Nothing is done between the moment in which the thread was seen to wait and the end of the key."""
    waiting, key = threading.Event(), threading.Event()
    done, seen = 0, -1

    def busy() -> bool:
        nonlocal seen
        if not key.is_set() and done > 1_000:
            if waiting.is_set():
                assert seen in (-1, done), "it went on"
                seen = done
            waiting.set()
            return True
        return False

    def work() -> int:
        nonlocal done
        while done < 10_000:
            called()
            done += 1
        return done

    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(stepping_aside(work, busy, never)))
    thread.start()
    assert waiting.wait(10)
    key.set()
    thread.join(10)
    assert found == [10_000]


def test_who_stands_still_gives_up_too() -> None:
    looks = iter([False] * 3)

    def work() -> None:
        for _ in range(10 * aside.LOOK):
            called()

    assert stepping_aside(work, lambda: True, lambda: next(looks, True)) is None
