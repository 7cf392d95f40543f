"""Phrases are found as words, in any case, in one pass, and always in time that grows with the text only."""

import re
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oncue.domain.conditions import _PhraseSpelling, is_of_word
from oncue.matching.phrases import _ALONE, _APART, _FEW, _NOT_PLAIN, PhraseIndex, Text, _encoded, _words_apart, folded


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("I want a REFUND!", "refund", True),
        ("refunded", "refund", False),
        ("prerefund", "refund", False),
        ("refunded", "refund*", True),
        ("refund", "refund*", True),
        ("prerefunded", "refund*", False),
        ("money \t\n back", "money back", True),
        ("money-back", "money back", False),
        ("moneyback", "money back", False),
        ("money back", " money  back ", True),
        ("e-mail", "e-mail", True),
        ("e - mail", "e-mail", False),
        ("I like c++", "c++", True),
        ("c", "c++", False),
        ("STRASSE", "straße", True),
        ("ﬁne", "fine", True),  # a ligature
        ("ＦＵＬＬ", "full", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("cafe\u0301", "cafe", False),  # the accent is of the letter
        ("İstanbul", "i̇stanbul", True),
        ("नमस्ते", "नम", False),
        ("नमस्ते जी", "नमस्ते", True),
        ("我要退款", "退款", True),
        ("我要退款", "退*", True),
        ("snake_case", "case", False),
        ("", "a", False),
        ("   ", "a", False),
        ("9.5", "9", True),
        ("95", "9", False),
        ("😀 ok", "😀", True),
        ("a* b", "＊", True),  # not the sign at the end
        ("a\x1c\x1cb", "a b", True),  # blanks, too
        ("a \u00a0\u3000b", "a b", True),
        ("money\u200bback", "money back", False),  # no blank
        ("don't", "don", True),
        ("don't", "don't", True),
        ("don’t", "don't", False),
        ("한국어", "한국어", True),
        ("\u1112\u1161\u11ab국어", "한*", True),
        ("refund, money refund", "refund money", False),
        ("refund, refund money", "refund money", True),
        ("a a b", "a b", True),
        ("(退款)", "(退", True),
        ("#1 offer", "#1", True),
        ("1 offer", "#1", False),
        ("well ?! no", "?!", True),
        ("⑴", "1", True),
    ],
)
def test_what_is_found(text: str, phrase: str, found: bool) -> None:
    assert Text(text).has(phrase) is found
    assert (phrase in PhraseIndex([phrase, "else"]).find(text)[0]) is found


@pytest.mark.parametrize(
    ("text", "phrase", "begins"),
    [
        ("Hello you", "hello", True),
        ("  hello", "hello", True),
        ("oh hello", "hello", False),
        ("hello", "hello you", False),
    ],
)
def test_what_a_text_begins_with(text: str, phrase: str, begins: bool) -> None:
    assert Text(text).begins_with(phrase) is begins
    assert (phrase in PhraseIndex([phrase, "oh"]).find(text)[1]) is begins


words = st.text(st.sampled_from("aAbß e\u0301-+_9 退ÀK"), max_size=12)
plain_phrases = st.text(st.sampled_from("aAbß e\u0301-+_9 退ÀK"), min_size=1, max_size=4).filter(str.strip)
phrases = plain_phrases | plain_phrases.filter(lambda each: is_of_word(each.strip()[-1])).map(
    lambda each: f"{each.strip()}*"
)


def reference(text: str, phrase: str) -> bool:
    """The meaning in other words: the folded phrase is in the folded text, and no word goes on at its ends."""
    open_ended = phrase.strip().endswith("*")
    wanted = " ".join(folded(phrase.strip().removesuffix("*") if open_ended else phrase).split())
    inside = re.sub(r"\s+", " ", folded(text))
    for at in range(len(inside)):
        if not inside.startswith(wanted, at):
            continue
        before, after = inside[at - 1 : at] if at else "", inside[at + len(wanted) :][:1]
        if _goes_on(before, wanted[0]) or (not open_ended and _goes_on(wanted[-1], after)):
            continue
        return True
    return False


def _goes_on(one: str, other: str) -> bool:
    """Whether two neighbours are of one word."""
    return is_of_word(one) and is_of_word(other)


@given(words, st.lists(phrases, min_size=1, max_size=5))
@example("退\u0301", ["\u0301"])
def test_the_index_finds_what_each_phrase_means(text: str, wanted: list[str]) -> None:
    (found, first), one_by_one = PhraseIndex(wanted).find(text), Text(text)
    for phrase in wanted:
        assert (phrase in found) == one_by_one.has(phrase)
        assert (phrase in first) == one_by_one.begins_with(phrase)


# What folds, joins, separates and is blank in any way; short, so that phrases meet their likes.
_ODD = "aAbſsßﬁifİıKk한\u1112\u1161\u11abe\u0301é\u0307 \t\x1c\u00a0\u2028\u200b\u200d_9٣'’-+.*退款กำ฿ス\uff9e⑴😀"
odd_texts = st.text(st.sampled_from(_ODD), max_size=16) | st.lists(
    st.sampled_from(["ab", "AB ", " a", "b-a", "a b", "ﬁ", "Fi", "İ", "退", "a\u0301", " ", "\n", "+", "'"]),
    max_size=10,
).map("".join)


@st.composite
def texts_and_phrases(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text, and phrases that overlap in it: parts of it, with and without `*`, in other case, and others."""
    text = draw(odd_texts)
    ends = st.integers(0, len(text))
    parts = st.tuples(ends, ends).map(lambda pair: text[min(pair) : max(pair)])
    changed = st.sampled_from([str, str.upper, str.lower, str.swapcase, "{}*".format, " {} ".format])
    made = st.builds(lambda part, change: change(part), parts | odd_texts, changed).filter(_PhraseSpelling.passes)
    return text, draw(st.lists(made, max_size=8))


@settings(max_examples=300)
@given(texts_and_phrases())
def test_the_index_finds_what_overlapping_and_odd_phrases_mean(drawn: tuple[str, list[str]]) -> None:
    text, wanted = drawn
    (found, first), one_by_one = PhraseIndex(wanted).find(text), Text(text)
    assert found == {phrase for phrase in wanted if one_by_one.has(phrase)}
    assert first == {phrase for phrase in wanted if one_by_one.begins_with(phrase)}


# Words that are in one another and before one another, and what can stand between them.
_PARTS = ["ab", "AB", "abc", "ab_", "ab1", "xab", "é", "É", "aß", "ass", "退", "e\u0301", "😀", "Ж"]
_GAPS = [" ", "  ", "\t", "\u00a0", "\x85", "-", " - ", ", ", ".", "_", "'"]
sentences = st.lists(st.sampled_from(_PARTS) | st.sampled_from(_GAPS), max_size=12).map("".join)
latin_sentences = sentences.filter(lambda each: _words_apart(folded(each)) is not None)
few_words = st.lists(st.sampled_from(_PARTS[:9]), min_size=1, max_size=3)
phrases_of_words = st.builds(
    lambda parts, gap, before, after: before + gap.join(parts) + after,
    few_words,
    st.sampled_from([" ", " ", "-", ", "]),
    st.sampled_from(["", "", "#", "- "]),
    st.sampled_from(["", "", "!", "*", "++"]),
).filter(_PhraseSpelling.passes)


@settings(max_examples=300)
@given(latin_sentences | sentences, st.lists(phrases_of_words, min_size=1, max_size=10))
@example("ab  ab, ab ab", ["ab ab"])  # it begins with the phrase, which is found behind this as it is written
@example("xab é ab", ["ab é"])
@example("ab éa ab", ["ab é"])
@example("ab\té", ["ab é"])
@example("ab", ["ab", "a*"])
@example(" ab", ["ab"])
@example("ab ab! ab", ["ab!"])
@example("ab é", [f"ab {number}" for number in range(_FEW)] + ["ab é"])
def test_the_index_finds_what_phrases_mean_that_share_their_words(text: str, wanted: list[str]) -> None:
    (found, first), one_by_one = PhraseIndex(wanted).find(text), Text(text)
    assert found == {phrase for phrase in wanted if one_by_one.has(phrase)}
    assert first == {phrase for phrase in wanted if one_by_one.begins_with(phrase)}


EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1)]


def test_plain_scripts_have_no_marks_and_no_words_of_one_character() -> None:
    odd = {each for each in EVERY_CHARACTER if category(each)[0] == "M"}
    odd |= set(re.findall(f"[{_ALONE}]", "".join(EVERY_CHARACTER)))
    assert not odd.difference(_NOT_PLAIN.findall("".join(EVERY_CHARACTER)))


def test_latin_1_is_cut_into_words_as_all_other_texts_are() -> None:
    for code in range(256):
        is_word = re.fullmatch(r"\w", chr(code)) is not None
        assert bytes([_APART[code]]).decode("latin-1") == (chr(code).lower() if is_word else " "), hex(code)


def test_a_word_is_the_same_bytes_in_a_text_of_latin_1_and_in_any_other() -> None:
    in_words = [each for each in EVERY_CHARACTER if is_of_word(each)]
    assert len({_encoded(each) for each in in_words}) == len(in_words)
    assert "\\" not in in_words, "the escape of what Latin-1 lacks"
    assert all(_words_apart(each) in (None, _encoded(each)) for each in in_words if folded(each) == each)


def test_nothing_that_is_printable_is_blank_but_the_blank() -> None:
    assert [each for each in EVERY_CHARACTER if each.isspace() and each.isprintable()] == [" "]
    assert all(not each.split() for each in EVERY_CHARACTER if each.isspace())


ascii_text = st.text(st.sampled_from("aAb -+_9\t."), max_size=14)
ascii_phrases = st.text(st.sampled_from("aAb -+_9"), min_size=1, max_size=4).filter(str.strip)


@given(
    ascii_text,
    ascii_phrases | ascii_phrases.filter(lambda each: is_of_word(each.strip()[-1])).map(lambda e: f"{e.strip()}*"),
)
def test_a_phrase_is_what_stands_between_the_ends_of_words(text: str, phrase: str) -> None:
    assert Text(text).has(phrase) == reference(text, phrase)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    "unit", ["a", "a ", "a a a ", "a  ", "refund ", "refund, ", "refun", "e\u0301 ", "a 退", "退", " ", "+", "\u0301"]
)
def test_the_work_for_a_long_text_grows_with_its_length(unit: str) -> None:
    index = PhraseIndex([*(f"refund {number}" for number in range(300)), "a a a b", "a a*", "re*", "+ + -"])
    short, long = (calls(partial(index.find, unit * (size // len(unit)))) for size in (10_000, 100_000))
    assert long <= 11 * short


def calls(call: Callable[[], object]) -> int:
    """How many functions are called by ``call``: the same in each run."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    call()  # what is made once is there
    sys.setprofile(counted)
    try:
        call()
    finally:
        sys.setprofile(None)
    return count
