"""Whatever a name says, in another language it is a text and nothing else."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from oncue.text import visible
from oncue.workbench.escaping import csv_cell, dot_text, markdown_code, markdown_text, mermaid_text, xml_text

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "=+-@\t\r\n\"',;|<>&`*_[]()#!\\{}$~^/: aA1.\x1b\u202e", max_size=20
)


@given(texts)
def test_csv_gives_it_back_and_no_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(f"{csv_cell(text)},2\n"))
    assert row[1] == "2"
    assert row[0].removeprefix("'") == visible(text).removeprefix("'")
    assert not row[0].lstrip().startswith(("=", "+", "-", "@"))


@given(texts)
def test_xml_gives_it_back(text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{xml_text(text)}">{xml_text(text)}</a>')
    for shown in (element.attrib["b"], element.text or ""):
        assert re.sub("[\ufffd\ufffe\uffff]", "", shown) == re.sub("[\ufffd\ufffe\uffff]", "", visible(text))
    assert not list(element)


def github() -> MarkdownIt:
    """As GitHub reads: it takes ``www.`` and schemes for links, but not every word with a dot."""
    reader = MarkdownIt("gfm-like")
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})
    return reader


@given(texts)
def test_markdown_is_plain_text(text: str) -> None:
    (paragraph,) = [token for token in github().parse(f"x {markdown_text(text)} x") if token.children]
    assert {child.type for child in paragraph.children or ()} <= {"text", "text_special"}
    shown = "".join(child.content for child in paragraph.children or ()).replace("\u200b", "")
    assert shown.split() == f"x {visible(text)} x".replace("\u200b", "").split()


@given(texts)
def test_markdown_code_is_code(text: str) -> None:
    (paragraph,) = [token for token in MarkdownIt("gfm-like").parse(f"x {markdown_code(text)} x") if token.children]
    kinds = [child.type for child in paragraph.children or ()]
    assert kinds == ["text", "code_inline", "text"] or not text.strip()
    if text.strip():
        assert (paragraph.children or [])[1].content.strip() == visible(text).strip()


@pytest.mark.parametrize("text", ["@octocat", "a@b.example", "#12", "octo/repo#1", "see #1, @a-b @c"])
def test_nobody_is_mentioned(text: str) -> None:
    assert not re.search(r"[@#]\w", markdown_text(text))


@given(texts)
def test_mermaid_has_nothing_that_ends_a_label(text: str) -> None:
    shown = mermaid_text(text)
    assert not set('"[](){}<>|;`\\/\n&%') & set(re.sub(r"#\d+;", "", shown))
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), shown) == visible(text)


@given(texts)
def test_dot_gives_it_back(text: str) -> None:
    shown = dot_text(text)
    assert re.fullmatch(r'(?:[^"\\\n]|\\.)*', shown)
    assert re.sub(r"\\(.)", r"\1", shown) == visible(text)
