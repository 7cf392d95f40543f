from itertools import permutations

import pytest

from oncue.storage.toml.blocks import blocks, closed_up, replace_blocks

TEXT = """\
top = 1

# about one
[[s]] # one
x = 1
# below one

# about two

[[s]]
x = 2
[s.t]
y = 3

[other]
z = 1

# about three
[[s]]
x = 3

# the end
"""


def bodies(text: str) -> list[str]:
    return [text[start:end] for start, end in blocks(text, "s")]


def test_a_block_has_the_comments_above_its_header_and_its_sub_tables() -> None:
    assert bodies(TEXT) == [
        "# about one\n[[s]] # one\nx = 1\n# below one",
        "# about two\n\n[[s]]\nx = 2\n[s.t]\ny = 3",
        "# about three\n[[s]]\nx = 3",
    ]
    assert blocks(TEXT, "other") == []


def test_the_same_bodies_give_the_same_text() -> None:
    assert replace_blocks(TEXT, blocks(TEXT, "s"), bodies(TEXT)) == TEXT


def test_a_moved_block_takes_its_comments_along() -> None:
    one, two, three = bodies(TEXT)
    after = replace_blocks(TEXT, blocks(TEXT, "s"), [three, one, two])
    assert bodies(after) == [three, one, two]
    assert after.index("[other]") < after.index("# about two")


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_fewer_bodies_leave_what_is_between_and_no_gap(keep: int) -> None:
    after = replace_blocks(TEXT, blocks(TEXT, "s"), bodies(TEXT)[:keep])
    assert bodies(after) == bodies(TEXT)[:keep]
    assert "[other]\nz = 1\n" in after
    assert after.endswith("# the end\n")
    assert "\n\n\n" not in after


def test_more_bodies_follow_the_last() -> None:
    after = replace_blocks(TEXT, blocks(TEXT, "s"), [*bodies(TEXT), "[[s]]\nx = 4"])
    assert after == TEXT.replace("x = 3\n\n# the end", "x = 3\n\n[[s]]\nx = 4\n\n# the end")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "[[s]]\n\n[[s]]\n"),
        ("a = 1", "a = 1\n\n[[s]]\n\n[[s]]\n"),
        ("a = 1\r\n", "a = 1\r\n\r\n[[s]]\r\n\r\n[[s]]\r\n"),
    ],
)
def test_the_first_blocks_of_a_text(text: str, after: str) -> None:
    assert replace_blocks(text, [], ["[[s]]", "[[s]]"]) == after


TIGHT = "[t]\n[[s]]\nx = 1\n# below one\n\n# above two\n\n[[s]]\nx = 2\n[[s]]\nx = 3\n[u]\n"


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("size", [1, 2, 3])
def test_comments_stay_with_their_block_where_there_are_no_empty_lines(order: tuple[int, ...], size: int) -> None:
    there = bodies(TIGHT)
    wanted = [there[each] for each in order[:size]]
    assert bodies(replace_blocks(TIGHT, blocks(TIGHT, "s"), wanted)) == wanted
    wanted += ["[[s]]\nx = 4", *wanted]
    assert bodies(replace_blocks(TIGHT, blocks(TIGHT, "s"), wanted)) == wanted


def test_the_first_blocks_stand_above_the_comments_at_the_end() -> None:
    after = replace_blocks("a = 1\n# of a\n\n# the end\n", [], ["[[s]]\nx = 1"])
    assert after == "a = 1\n# of a\n\n[[s]]\nx = 1\n\n# the end\n"


def test_a_block_is_closed_up_above_the_comments_at_its_end() -> None:
    assert closed_up("[[s]]\nx = 1\n\n# one\n\n# two\n") == "[[s]]\nx = 1\n# one\n# two\n"
    assert closed_up("[[s]]\n\nx = 1\n\n") == "[[s]]\n\nx = 1\n\n"
