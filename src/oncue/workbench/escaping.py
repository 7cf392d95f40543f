"""Text from files inside other languages: CSV, XML, Markdown, Mermaid, DOT, Liquid.

A name may be written by anybody who can send a pull request. It is shown as it is written and is never taken for a
formula, a tag, a mention or a statement. Reports and exports both use this; each function but that of Liquid, which
carries what is sent to people, makes invisible characters visible first.
"""

import re

from oncue.text import visible

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")
"""What programs take for the beginning of a formula: some look past blanks, and some at full-width signs."""

_QUOTED = re.compile(r"[\",;\t\r\n']|^\s|\s$")
"""What a cell has to be quoted for. Some programs take other signs for separators than a comma."""

_INLINE = re.compile(r"([\\`*_\[\]<>{}|&~#$^]|(?<=\])\()")
_LINK = re.compile(r"(?i)(?<=[a-z])(:)(?=//|[^ ])|(?<=www)(\.)")
_AT_START = re.compile(r"^(\s*)([-+=]|[0-9]{1,9}(?=[.)]))")
_MENTION = re.compile(r"(@|\\#)")
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def csv_cell(text: str) -> str:
    """``text`` as a whole cell of CSV, quoted where it has to be; an apostrophe keeps it from being a formula."""
    shown = visible(text)
    if _FORMULA.match(shown):
        shown = f"'{shown}"
    return '"{}"'.format(shown.replace('"', '""')) if _QUOTED.search(shown) else shown


def xml_text(text: str) -> str:
    """``text`` as content or attribute of XML."""
    shown = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text))
    return "".join(_MARKUP.get(letter, letter) for letter in shown)


def markdown_text(text: str) -> str:
    """``text`` as plain text of GitHub's Markdown, wherever in a line: no markup, no link, and nobody is mentioned.

    No more is escaped than has to be, as the page is read in its source, too. A zero-width space after ``@`` and ``#``
    keeps GitHub from making links to people and issues of them, which it looks for after entities are read. Blanks at
    the ends would keep bold text from being bold.
    """
    escaped = _INLINE.sub(r"\\\1", visible(text).strip())
    escaped = _LINK.sub(lambda found: f"&#{ord(found[0])};", escaped)
    escaped = _AT_START.sub(lambda found: f"{found[1]}&#{ord(found[2][0])};{found[2][1:]}", escaped)
    return _MENTION.sub("\\1\u200b", escaped)


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


def liquid_text(text: str) -> str:
    """``text`` for a template of Liquid, as it is written."""
    return re.sub(r"\{[{%]", lambda found: '{{ "' + found[0] + '" }}', text)
