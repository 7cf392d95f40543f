import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.storage.align_steps import match_steps


def note(text: str) -> dict[str, Any]:
    return {"type": "add_note", "text": text}


def message(text: str) -> dict[str, Any]:
    return {"type": "send_message", "text": text}


HELLO, THANKS, BYE = message("Hello, how can we help?"), message("Thank you for waiting."), message("Goodbye!")
WHY = note("Why this customer called")
CLOSE = {"type": "close_conversation"}


@pytest.mark.parametrize(
    ("old", "new", "matched"),
    [
        ([], [], []),
        ([HELLO, WHY, BYE], [HELLO, WHY, BYE], [0, 1, 2]),
        ([HELLO, WHY, BYE], [HELLO, BYE], [0, 2]),
        ([HELLO, BYE], [HELLO, WHY, BYE], [0, None, 1]),
        ([HELLO, WHY, BYE], [BYE, HELLO, WHY], [2, 0, 1]),
        ([HELLO, HELLO, BYE], [HELLO, BYE], [0, 2]),
        ([HELLO, WHY, BYE], [HELLO, note("Changed"), BYE], [0, 1, 2]),
        ([HELLO, WHY, BYE], [HELLO, message("Now a message"), BYE], [0, 1, 2]),
        ([HELLO], [CLOSE, HELLO], [None, 0]),
    ],
)
def test_one_edit(old: list[Any], new: list[Any], matched: list[int | None]) -> None:
    assert match_steps(old, new) == matched


@pytest.mark.parametrize(
    ("edit", "old", "new", "matched"),
    [
        ("moved and changed", [HELLO, THANKS], [THANKS, message("Hello, how can I help?")], [1, 0]),
        ("first removed, second changed", [HELLO, THANKS], [message("Thank you for waiting!")], [1]),
        ("one added above, the old one changed", [THANKS], [HELLO, message("Thank you for waiting!")], [None, 0]),
        ("removed, and another one added elsewhere", [HELLO, WHY, CLOSE], [WHY, CLOSE, BYE], [1, 2, None]),
        ("two moved, one of them changed", [HELLO, WHY, BYE], [BYE, note("Why this customer rang"), HELLO], [2, 1, 0]),
    ],
)
def test_several_edits_in_one_save(edit: str, old: list[Any], new: list[Any], matched: list[int | None]) -> None:
    assert match_steps(old, new) == matched, edit


def test_a_flow_of_thousands_of_steps_is_quick() -> None:
    old, new = [message(f"{n} {'x' * 500}") for n in range(2_000)], [message(f"{n} {'y' * 500}") for n in range(2_100)]
    begin = time.process_time()
    assert len(match_steps(old, new)) == 2_100
    assert len(match_steps([HELLO] * 2_000, [HELLO] * 1_000)) == 1_000
    assert time.process_time() - begin < 5


steps = st.lists(st.sampled_from([HELLO, THANKS, BYE, WHY, CLOSE]), max_size=8)


@given(steps, steps)
def test_each_old_step_is_at_most_one_new_one(old: list[Any], new: list[Any]) -> None:
    matched = [index for index in match_steps(old, new) if index is not None]
    assert len(matched) == len(set(matched))
    assert all(0 <= index < len(old) for index in matched)


@given(steps, st.randoms())
def test_steps_that_are_only_moved_all_keep_theirs(old: list[Any], random: Any) -> None:
    new = random.sample(old, len(old))
    matched = match_steps(old, new)
    assert all(index is not None and old[index] == step for index, step in zip(matched, new, strict=True))
