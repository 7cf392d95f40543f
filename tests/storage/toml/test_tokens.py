from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.storage.toml import tokens
from oncue.storage.toml.scan import statements
from oncue.storage.toml.tokens import comments_in, dotted_key, elements, value_end


def test_elements() -> None:
    text = '[1, "a,]", [2, 3], {a=1, b="}"}, # c, d\n 1979-05-27 07:32:00,\n]'
    assert [text[each.start : each.end] for each in elements(text)] == [
        "1",
        '"a,]"',
        "[2, 3]",
        '{a=1, b="}"}',
        "1979-05-27 07:32:00",
    ]
    assert elements("[ ]") == []
    assert elements("[ # only, a comment\n]") == []


def test_an_element_ends_before_its_comma_wherever_that_stands() -> None:
    text = '["a" # one\n , "b"]'
    first, second = elements(text)
    assert (text[first.start : first.end], text[first.end : first.after]) == ('"a"', " # one\n ,")
    assert second.after == second.end


@pytest.mark.parametrize(
    ("text", "value", "line"),
    [
        ("1 # c\nx", "1", "1 # c\n"),
        ('"#" # c', '"#"', '"#" # c'),
        ("[ # c\n1]\nx", "[ # c\n1]", "[ # c\n1]\n"),
        ('"""\n#"""""\nx', '"""\n#"""""', '"""\n#"""""\n'),
        ("'''a\n''' # c\nx", "'''a\n'''", "'''a\n''' # c\n"),
        ('"open\nx', '"open', '"open\n'),
        ("[1,\n", "[1,", "[1,\n"),
        ("", "", ""),
    ],
)
def test_a_value_ends_with_its_line_unless_a_bracket_is_open(text: str, value: str, line: str) -> None:
    end, line_end = value_end(text, 0)
    assert (text[:end], text[:line_end]) == (value, line)


@pytest.mark.parametrize(
    ("text", "parts", "behind"),
    [
        ("a = 1", ["a"], "1"),
        (" \"a.b\" . 'c' .d=1", ["a.b", "c", "d"], "1"),
        (r'"\u0041\t\"" = 1', ['A\t"'], "1"),
        ("a.b]", ["a", "b"], "]"),
        ("= 1", [], "1"),
    ],
)
def test_a_dotted_key(text: str, parts: list[str], behind: str) -> None:
    found, at = dotted_key(text, 0)
    assert (found, text[at:]) == (parts, behind)


def test_comments_are_told_from_strings() -> None:
    assert comments_in("[ 1, # c\n]")
    assert not comments_in('[ "#", \'#\', """\n#""" ]')


@given(st.text(alphabet="a=[]{}.,\"'\n\\# 1\r", max_size=80))
def test_any_text_is_scanned_to_its_end(text: str) -> None:
    end, line_end = value_end(text, 0)
    assert 0 <= end <= line_end <= len(text)
    spans = elements(text)
    assert all(each.start < each.end <= each.after <= len(text) for each in spans)
    assert all(one.after <= other.start for one, other in pairwise(spans))


@given(st.text(alphabet="a.=[]{},\"'\n\\# 1\r\t\x0b", max_size=14))
def test_what_is_found_by_one_match_is_what_its_tokens_say(text: str) -> None:
    found = value_end(text, 0), dotted_key(text, 0), list(statements(text))
    with pytest.MonkeyPatch.context() as patch:
        for pattern in ("_PLAIN_VALUE", "_BARE_KEY", "_PLAIN_ENTRY"):
            patch.setattr(tokens, pattern, "(?!)")
        assert found == (value_end(text, 0), dotted_key(text, 0), list(statements(text)))
