from typing import Any

import pytest
import rtoml
from hypothesis import given
from hypothesis import strategies as st

from oncue.storage.toml.edit_list import edit_list
from oncue.storage.toml.spans import Uneditable


def edited(text: str, new: list[Any]) -> str:
    after = edit_list(text, rtoml.loads(f"k = {text}")["k"], new)
    assert rtoml.loads(f"k = {after}")["k"] == new
    return after


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        ("[ 1,2 ]", [1], "[1]"),
        ("[\n]", [1], "[1]"),
        ("[\n  1, # one\n  2, # two\n]", [2], "[\n  2, # two\n]"),
        ("[\n  1, # one\n  2, # two\n]", [], "[\n]"),
        ("[\n  1, # one\n  2, # two\n]", [1, 3], "[\n  1, # one\n  3, # two\n]"),
        ("[\n  1, # one\n  2, # two\n]", [1, 2, 3], "[\n  1, # one\n  2, # two\n  3,\n]"),
        ("[\n  1, # one\n  2, # two\n]", [1, 3, 2], "[\n  1, # one\n  3,\n  2, # two\n]"),
        ("[\n  1, # one\n]", [0, 1], "[\n  0,\n  1, # one\n]"),
        ("[\n  1, # one\n  2  # two\n]", [1, 2, 3, 4], "[\n  1, # one\n  2,  # two\n  3,\n  4\n]"),
        ("[ 1,\n  2 ]", [1, 2, 3], "[ 1,\n  2, 3, ]"),
        ("[1, 2, # both\n]", [1], "[1,  # both\n]"),
        ("[\n  1 # one\n  , 2\n]", [1, 2, 3], "[\n  1 # one\n  , 2,\n  3\n]"),
        ('[\n  "#,]", # one\n  2,\n]', ["#,]"], '[\n  "#,]", # one\n]'),
        ("[\r\n  1, # one\r\n]", [1, 2], "[\r\n  1, # one\r\n  2,\r\n]"),
    ],
)
def test_elements_that_stay_keep_their_lines(text: str, new: list[Any], after: str) -> None:
    assert edited(text, new) == after


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("[\n  # none yet\n]", [1]),
        ("[\n  1 # one\n  , 2\n]", [2]),
        ("[\n  [ # inner\n    1 ],\n]", [[2]]),
    ],
)
def test_what_would_lose_a_comment_is_refused(text: str, new: list[Any]) -> None:
    with pytest.raises(Uneditable):
        edited(text, new)


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.lists(st.integers(0, 6), max_size=3), st.booleans())
def test_the_comment_of_an_element_that_stays_is_still_behind_it(kept: list[bool], at: list[int], comma: bool) -> None:
    text = "[\n" + "".join(f"  {n}, # c{n}\n" for n in range(len(kept))) + "]"
    if not comma:
        text = text.replace(f"{len(kept) - 1}, #", f"{len(kept) - 1} #")
    new = [number for number, stays in enumerate(kept) if stays]
    for number, place in enumerate(at):
        new.insert(place, 100 + number)
    after = edited(text, new).split("\n")
    for number, stays in enumerate(kept):
        if stays:
            (line,) = (line for line in after if line.strip().startswith((f"{number},", f"{number} ")))
            assert line.endswith(f" # c{number}")


LIST = "[ # head\n  # above one\n  1, # one\n  2, # two\n  3  # three\n]"


def test_elements_that_change_places_take_their_comments_along() -> None:
    moved = "[ # head\n  3,  # three\n  # above one\n  1, # one\n  2 # two\n]"
    assert edited(LIST, [3, 1, 2]) == moved
    assert edited(LIST.replace("\n", "\r\n"), [3, 1, 2]) == moved.replace("\n", "\r\n")


def test_another_element_of_a_set_does_not_get_the_comment() -> None:
    text = "[\n  1, # one\n  2, # two\n]"
    assert edit_list(text, [1, 2], [1, 3], is_set=True) == "[\n  1, # one\n  3,\n]"


def test_an_element_that_was_edited_and_moved_keeps_its_comment() -> None:
    text = "[\n  1, # one\n  2, # two\n]"
    assert edit_list(text, [1, 2], [2, 5], [1, 0]) == "[\n  2, # two\n  5, # one\n]"
    assert edit_list(text, [1, 2], [5, 2], [None, 1]) == "[\n  5,\n  2, # two\n]"
    with pytest.raises(Uneditable):
        edit_list("[1, # one\n  2, # two\n]", [1, 2], [2, 1])


@given(st.permutations(range(5)), st.integers(0, 5), st.booleans())
def test_any_order_keeps_every_comment_at_its_element(order: list[int], size: int, comma: bool) -> None:
    text = "[\n" + "".join(f"  {n}, # c{n}\n" for n in range(5)) + "]"
    if not comma:
        text = text.replace("4, #", "4 #")
    new = [*order[:size], 9]
    after = edit_list(text, list(range(5)), new, is_set=True)
    assert rtoml.loads(f"k = {after}")["k"] == new
    for line in after.split("\n")[1:-1]:
        assert ("#" not in line) == line.strip().startswith("9")
        assert "#" not in line or line.strip()[0] == line[-1]


@pytest.mark.parametrize(
    ("new", "after"),
    [
        (["b"], '[\n  # of b\n  "b", # b\n]'),
        (["c", "a", "b"], '[\n  "c",\n  # of a\n  "a", # a\n  # of b\n  "b", # b\n]'),
        (["c", "a"], '[\n  "c",\n  # of a\n  "a", # a\n]'),
    ],
)
def test_comments_above_an_element_go_and_stay_with_it(new: list[str], after: str) -> None:
    before = '[\n  # of a\n  "a", # a\n  # of b\n  "b", # b\n]'
    assert edit_list(before, ["a", "b"], new, is_set=True) == after
