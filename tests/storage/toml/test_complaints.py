"""Why a text is no TOML is said in words for people, with the line of the mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.flows import Flow
from oncue.domain.paths import LISTS_OF_TABLES
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import UnreadableError
from oncue.storage.toml.read import read_toml

A_QUOTE_INSIDE = r"the text ends at its second quote; write \" for a quote in a text, or the text in " + "'…'"
YAML = "this looks like YAML; in TOML it is key = value, with = and not :"
JSON = "this looks like JSON; in TOML each line is key = value"
NOT_CLOSED = 'the quotes are not closed; a text of several lines is in """…"""'
IN_QUOTES = 'expected a value; text must be in quotes: "…"'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            'text = "see C:\\docs\\new"',
            1,
            r"a backslash begins an escape such as \n; write \\ for a backslash, or the text in '…' "
            r'(column 16: text = "see C:\docs\new")',
        ),
        ('a = 1\ntext = "Hello\nworld"', 2, f'{NOT_CLOSED} (text = "Hello)'),
        ("a = 1\ntext = 'Hello", 2, f"{NOT_CLOSED} (column 14: text = 'Hello)"),
        ('text = """Hello\nworld', 1, f'{NOT_CLOSED} (text = """Hello)'),
        ('text = "He said "hi""', 1, A_QUOTE_INSIDE),
        ("text = 'It's me'", 1, 'the text ends at its second quote; write a text with an apostrophe in "…"'),
        ('name = "x";', 1, "remove the ; at the end of the line"),
        ('name = "x",', 1, "remove the , at the end of the line"),
        ("plz = 01234", 1, "a number does not begin with 0; text, such as a telephone number, must be in quotes"),
        ('{"name": "x"}', 1, JSON),
        ("name: x", 1, YAML),
        ("- name: x", 1, YAML),
        ("x := 1", 1, "write key = value, with = and not :="),
        ("enabled = yes", 1, "write true and not yes; text must be in quotes"),
        ("enabled = Off # now", 1, "write false and not Off; text must be in quotes"),
        ("enabled = True", 1, "write true, in lower case"),
        ("name = null", 1, "there is no null in TOML; leave the key out"),
        ("name = “x”", 1, 'write straight quotes: "…"'),
        ("name =", 1, "the value behind the = is missing"),
        ("[steps]\na = 1\n[steps]", 3, "write [[steps]] above each of them"),
        ("[trigger]\n[trigger]", 2, "this key or table is there already"),
        ("[trigger", 1, "the header is not closed; write ] at its end"),
        ("[[steps]", 1, "the header is not closed; write ]] at its end"),
        ('tags = ["a" "b"]', 1, "a comma is missing between two entries of the list"),
        ('tags = ["a",\nname = "x"', 2, "the list is not closed; write ] at its end"),
        ("x = 2026-13-01", 1, "this is no date; expected one such as 2026-11-22"),
        ("x = 10m", 1, IN_QUOTES),
        ("x = hello world", 1, IN_QUOTES),
        ("x = .5", 1, IN_QUOTES),
        ("= 1", 1, "the key before the = is missing"),
        ("x == 1", 1, "there is one = too many"),
        ("[a] b", 1, "nothing but a comment may follow what is here"),
    ],
)
def test_what_people_do_is_said_in_their_words(text: str, line: int, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_toml(text.encode(), "flows/x.toml")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert problem.message.startswith(message)


def test_a_long_line_is_shortened() -> None:
    with pytest.raises(UnreadableError, match=r"\(column 5: a = x{55}…\)$"):
        read_toml(b"a = " + b"x" * 500, "x.toml")


def test_lists_of_tables_are_keys_of_the_files() -> None:
    keys = {*Flow.__dataclass_fields__, *Scenario.__dataclass_fields__, *WorkspaceConfig.__dataclass_fields__}
    assert {*LISTS_OF_TABLES} <= keys


PIECES = st.sampled_from(
    ['"', "'", '"""', "\\", "\n", "=", "a", " ", "[", "]", "{", "}", "#", ",", "yes", "1", "a = ", ":", "-"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_written_is_explained_with_a_line_of_it(text: str) -> None:
    try:
        read_toml(text.encode(), "x.toml")
    except UnreadableError as error:
        (problem,) = error.problems
        assert problem.line is not None
        assert 1 <= problem.line <= text.count("\n") + 1
        assert "this is no TOML" not in problem.message or "expected" in problem.message
