"""The page, as a reader of Markdown shows it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exporters.space import HOSTILE, exported, flow, hostile, workspace_of

from oncue.text import visible
from oncue.workbench.escaping import markdown_text

markdown_it = pytest.importorskip("markdown_it")  # Textual brings it

TAGS = set(re.findall(r"\w+", "h1 h2 p ul li strong code table thead tbody tr th td"))


def rendered(text: str) -> str:
    """What GitHub makes of ``text``: it takes ``www.`` and schemes for links, but not every word with a dot."""
    reader = markdown_it.MarkdownIt("gfm-like", {"html": True})
    reader.linkify.set({"fuzzy_link": False})
    return str(reader.render(text))


def test_a_page() -> None:
    (page,) = exported("markdown", workspace_of([flow("a", by="contact")])).files.values()
    assert page.startswith("# Test\n\n1 flow on 4 instances.\n\n## WhatsApp\n\n- **A** (`a`): When a contact sends")
    assert "| 39 | exactly one flow always starts, and no other |" in page
    assert page.endswith("## Problems\n\nNone.\n")


def test_problems_are_there() -> None:
    (page,) = exported("markdown", workspace_of([flow("a", instance="gone")])).files.values()
    assert "- flows/a.toml: " in page


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    (page,) = exported("markdown", hostile(name)).files.values()
    html = rendered(page)
    assert set(re.findall(r"</?(\w+)", html)) <= TAGS


@given(st.text(max_size=30) | st.sampled_from(HOSTILE))
def test_text_is_shown_as_it_is(text: str) -> None:
    from html import unescape

    html = rendered(f"- a {markdown_text(text)}\n")
    shown = unescape(re.sub(r"\A<ul>\n<li>(.*)</li>\n</ul>\n\Z", r"\1", html, flags=re.DOTALL))
    shown = shown.replace("\u200b", "")  # which keeps GitHub from mentioning people, and is not to be seen
    assert " ".join(shown.split()) == " ".join(f"a {visible(text)}".split())
