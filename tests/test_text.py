"""Text is shown as text: nothing that a terminal obeys or hides comes through, and nothing is lost unseen."""

import re
import shlex
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import oncue.text
from oncue.text import (
    LIMIT,
    counted,
    editable,
    first,
    from_editable,
    listed,
    masked,
    shell_command,
    visible,
    visible_lines,
)

NASTY = st.text(
    st.characters() | st.sampled_from("\x00\x1b\x07\r\n\t\x7f\x9b\u200b\u202e\u2066\ud800\ufeff\U000e0041\u00ad")
)
# Control, format, surrogate, line and paragraph separator; the two joiners are format characters that stay.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Zoë 日本 👍", "Zoë 日本 👍"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("[b]bold[/b] [@click=quit]x[/]", "[b]bold[/b] [@click=quit]x[/]"),
        ("a\x1b[2Jb\n", "a␛[2Jb␊"),
        ("\x00\t\r\x7f", "␀␉␍␡"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("abc\u202ecba", "abc⟨U+202E⟩cba"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("", ""),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(NASTY)
@example("\x1b]8;;http://x\x07y")
def test_nothing_that_a_terminal_obeys_comes_through(text: str) -> None:
    for shown in (visible(text), masked(text)):
        assert not [each for each in shown if unicodedata.category(each) in UNSEEN and not _stays(each)]
        shown.encode()  # no surrogates


def _stays(character: str) -> bool:
    """Joiners, and the format characters of single scripts, such as the Arabic number sign, which are seen."""
    return character in JOINERS or (
        unicodedata.category(character) == "Cf" and character not in "\u00ad\u061c\u180e\ufeff"
    )


@given(NASTY, st.integers(1, 60))
def test_the_limit_holds(text: str, limit: int) -> None:
    assert len(visible(text, limit)) <= limit
    assert len(masked(text)) == len(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30))
def test_what_fits_is_not_cut(text: str) -> None:
    assert "…" not in visible(text.replace("…", ""), limit=30)


def test_what_is_cut_says_so() -> None:
    assert visible("abcdef", 4) == "abc…"
    assert visible("ab\x80", 4) == "ab⟨…"
    assert visible("x" * 10_000) == "x" * (LIMIT - 1) + "…"
    assert visible_lines("a\nb\nc", 4) == "a\nb…"


def test_visible_lines() -> None:
    assert visible_lines("a\nb\r\nc\rd\x1b") == "a\nb\nc␍d␛"


@given(NASTY)
def test_lines_are_the_only_thing_that_is_left(text: str) -> None:
    assert "\x1b" not in visible_lines(text)
    assert "\r" not in visible_lines(text)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 flows"), (1, "1 flow"), (2, "2 flows"), (1_000, "1,000 flows"), (-1, "-1 flows")]
)
def test_counted(number: int, words: str) -> None:
    assert counted(number, "flow") == words


@pytest.mark.parametrize(("items", "words"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listed(items: list[str], words: str) -> None:
    assert listed(items) == words
    assert listed(items, "or") == words.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("most", "words"), [(1, "a and 2 more"), (2, "a, b and 1 more"), (3, "a, b, c"), (9, "a, b, c")]
)
def test_first(most: int, words: str) -> None:
    assert first(["a", "b", "c"], most) == words


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
@example("a b;id")
@example("-rf")
@example("'$(touch x)`")
def test_a_command_to_paste_has_its_path_as_one_word(path: str) -> None:
    program, word = shlex.split(shell_command("oncue", path))
    assert program == "oncue"
    assert word in (path, f"./{path}")
    assert not word.startswith("-")


def test_no_message_puts_a_command_together_otherwise() -> None:
    """What follows ``run: oncue`` in the source is never a value that is put in as it is."""
    source = Path(oncue.text.__file__).parent
    found = [
        f"{file.relative_to(source)}: {line.strip()}"
        for file in source.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"run: [^{\"']*oncue[^{\"']*\{", line) or ("shlex.quote" in line and file.name != "text.py")
    ]
    assert found == []


ODD = st.text() | st.text("\n\r\t\x00\x7f\x85␊␡⟨⟩U+0123456789ABCDEF\u200f\u2028\U000e0067")


@given(ODD, st.sampled_from(["", "\n\t"]))
def test_what_a_field_shows_reads_back(text: str, keep: str) -> None:
    shown = editable(text, keep)
    assert from_editable(shown) == text
    assert visible(shown.translate(dict.fromkeys(map(ord, keep))), len(shown) + 1) == shown.translate(
        dict.fromkeys(map(ord, keep))
    ), "and nothing of it is obeyed or hidden"


def test_what_is_typed_is_what_it_looks_like() -> None:
    assert editable("C:\\temp, 50 % ⟨x⟩") == "C:\\temp, 50 % ⟨x⟩"
    assert editable("a\nb\u200f") == "a␊b⟨U+200F⟩"
    assert from_editable("⟨U+D800⟩⟨U+FFFFFF⟩") == "⟨U+D800⟩⟨U+FFFFFF⟩"
