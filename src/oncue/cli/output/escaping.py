"""Text from files inside other languages: CSV, XML, Markdown, Mermaid, DOT.

A name may be written by anybody who can send a pull request. It is shown as it is written and is never taken for a
formula, a tag, a mention or a statement. Each function makes invisible characters visible first.
"""

import re

from oncue.text import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def csv_cell(text: str) -> str:
    """``text`` as a whole cell of CSV, quoted where it has to be; an apostrophe keeps it from being a formula."""
    shown = visible(text)
    if text.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA):
        shown = f"'{shown}"
    return '"{}"'.format(shown.replace('"', '""')) if any(mark in shown for mark in '",\r\n') else shown


def xml_text(text: str) -> str:
    """``text`` as content or attribute of XML."""
    shown = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text))
    return "".join(_MARKUP.get(letter, letter) for letter in shown)


def markdown_text(text: str) -> str:
    """``text`` as plain text of GitHub's Markdown: no markup, no link, and nobody is mentioned.

    A zero-width space after ``@`` and ``#`` keeps GitHub from making links to people and issues of them.
    """
    return _PUNCTUATION.sub(r"\\\1", visible(text)).replace("\\@", "\\@\u200b").replace("\\#", "\\#\u200b")


def markdown_code(text: str) -> str:
    """``text`` as a code span, in as many backticks as it takes."""
    shown = visible(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    space = " " if "`" in shown or not shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"


def mermaid_text(text: str) -> str:
    """``text`` within the double quotes of a Mermaid label, as numbered entities where it could be anything else."""
    return re.sub(r"[^\w .,:·–→×-]", lambda found: f"#{ord(found[0])};", visible(text))


def dot_text(text: str) -> str:
    """``text`` within the double quotes of a DOT string."""
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')
