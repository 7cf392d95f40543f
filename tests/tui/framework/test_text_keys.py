"""What a paste becomes; that keys act in their order is tried in `test_terminal_keys`."""

from hypothesis import given
from hypothesis import strategies as st

from oncue.text import from_editable
from oncue.tui.framework.text_keys import pasted

TYPED = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])


@given(st.text(TYPED | st.sampled_from("\n\t")))
def test_a_paste_of_lines_is_the_text_that_is_meant(text: str) -> None:
    assert from_editable(pasted(text, lines=True)) == text


@given(st.lists(st.text(TYPED), min_size=1))
def test_no_line_of_a_paste_into_one_line_is_lost(lines: list[str]) -> None:
    for end in ("\n", "\r\n", "\r"):
        joined = from_editable(pasted(end.join(lines), lines=False))
        assert joined == " ".join(filter(None, lines))


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_in_a_paste(text: str) -> None:
    for lines in (True, False):
        assert set(pasted(text, lines)).isdisjoint(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))
