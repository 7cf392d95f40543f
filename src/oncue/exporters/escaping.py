"""Text from files inside other languages. It is shown as it is written, and is never taken for markup or a statement.

Each function makes invisible characters visible first.
"""

import re

from oncue.text import visible

_INLINE = re.compile(r"([\\`*_\[\]<>{}|&~#$^])")
_LINK = re.compile(r"(?i)(?<=[a-z])(:)(?=//|[^ ])|(?<=www)(\.)|(@)")
_AT_START = re.compile(r"^(\s*)([-+=]|[0-9]{1,9}(?=[.)]))")


def markdown_text(text: str) -> str:
    """``text`` as plain text of Markdown, with no markup, link or mention, wherever in a line it stands."""
    escaped = _INLINE.sub(r"\\\1", visible(text).strip())
    escaped = _LINK.sub(lambda found: f"&#{ord(found[0])};", escaped)
    return _AT_START.sub(lambda found: f"{found[1]}&#{ord(found[2][0])};{found[2][1:]}", escaped)


def mermaid_text(text: str) -> str:
    """``text`` within the double quotes of a Mermaid label, as numbered entities where it could be anything else."""
    return re.sub(r"[^\w .,·–→×-]", lambda found: f"#{ord(found[0])};", visible(text))


def liquid_text(text: str) -> str:
    """``text`` for a template of Liquid, as it is written."""
    return re.sub(r"\{[{%]", lambda found: '{{ "' + found[0] + '" }}', text)
