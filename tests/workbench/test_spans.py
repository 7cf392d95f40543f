"""Lines of text in roles: nothing is ever wider than its room, and nothing is lost in wrapping."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from oncue.text import visible
from oncue.workbench.spans import Line, fitted, line, merged, spread, width_of, wrapped

# Narrow, wide, combining, control, markup, and spaces.
letters = st.sampled_from([*"ab c[/]", "界", "🚣", "é", "e\u0301", "\x1b", "\n", "\t", "\u202e", "\u200d", "​"])
texts = st.lists(letters, max_size=40).map("".join)
roles = st.sampled_from(["", "accent", "muted"])
lines = st.lists(st.tuples(texts, roles), max_size=5).map(tuple)
widths = st.integers(0, 60)


def text_of(spans: Line) -> str:
    return "".join(text for text, _ in spans)


@given(lines, widths)
def test_a_fitted_line_is_never_wider_than_its_room(spans: Line, width: int) -> None:
    cut = fitted(spans, width)
    assert width_of(cut) <= width
    if width_of(spans) <= width:
        assert text_of(cut) == visible(text_of(spans)) or text_of(cut) == "".join(visible(text) for text, _ in spans)
    elif width:
        assert text_of(cut).endswith("…"), "a cut is marked"


@given(lines, lines, widths)
def test_a_spread_line_is_as_wide_as_its_room(left: Line, right: Line, width: int) -> None:
    shown = spread(left, right, width)
    assert width_of(shown) <= width
    if right and width - width_of(right) >= 4:
        assert width_of(shown) == width
        assert "".join(visible(text) for text, _ in shown).endswith("".join(visible(text) for text, _ in right))


@given(lines, st.integers(8, 60), st.integers(0, 6))
def test_wrapped_lines_are_never_wider_than_their_room(spans: Line, width: int, indent: int) -> None:
    rows = wrapped(spans, width, indent)
    assert rows, "an empty line is a line"
    for row in rows:
        assert width_of(row) <= width
    assert all(text_of(row).startswith(" " * indent) for row in rows[1:])


@given(lines, st.integers(8, 60))
def test_wrapping_loses_nothing_but_spaces(spans: Line, width: int) -> None:
    def squeezed(text: str) -> str:
        return text.replace(" ", "")

    rows = wrapped(spans, width)
    whole = squeezed("".join(visible(text) for text, _ in spans))
    assert squeezed("".join(text_of(row) for row in rows)) == whole


@given(lines)
def test_merging_changes_no_text_and_no_role(spans: Line) -> None:
    short = merged(spans)
    assert text_of(short) == text_of(spans)
    assert [role for text, role in short for _ in text] == [role for text, role in spans for _ in text]
    assert all(one[1] != other[1] for one, other in pairwise(short))


def test_words_are_kept_whole_where_they_fit() -> None:
    rows = wrapped(line("When a contact starts ", ("a conversation", "accent")), 16, 2)
    assert [text_of(row) for row in rows] == ["When a contact", "  starts a", "  conversation"]


JOINED = st.lists(
    st.tuples(st.text(st.sampled_from("a\u200d\u202e 漢e\u0301👩\u200b\ufe0f…❤")), roles), max_size=5
).map(tuple)


@given(JOINED, JOINED, st.integers(8, 60), st.integers(0, 6))
@example((), (("aaaaaa", ""), ("\u200d\u200d漢", ""), ("a", "")), 8, 0)
def test_joiners_make_no_line_wider_than_its_room(one: Line, other: Line, width: int, indent: int) -> None:
    assert all(width_of(row) <= width for row in wrapped(one + other, width, indent))
    assert width_of(spread(one, other, width)) <= width
    assert width_of(fitted(one + other, width)) <= width
