"""The difference between two texts, line by line, in roles: what goes is red, what comes is green."""

from collections.abc import Iterator
from difflib import unified_diff

from oncue.workbench.spans import Span

ROLES = {"-": "error", "+": "success"}
"""By the first character of a line; the others are plain."""

SHOWN = 60_000
"""Characters of each text that are compared."""


def difference(before: str, after: str, names: tuple[str, str], context: int = 3) -> Iterator[Span]:
    """The lines of a unified difference, with the number of the line where each part of it begins; nothing if both are
    equal.

    Texts are as `oncue.text.visible_lines` has them.
    """
    old, new = before[:SHOWN].splitlines(), after[:SHOWN].splitlines()
    for line in unified_diff(old, new, *names, lineterm="", n=context):
        if line.startswith("@@"):
            yield f"line {_where(line)}", "muted"
        else:
            yield line, ROLES.get(line[:1], "")


def _where(header: str) -> str:
    """The first line that ``@@ -3,7 +3,8 @@`` is about, in the new text unless that is empty."""
    _, old, new, _ = header.split()
    first = new[1:].split(",")[0]
    return old[1:].split(",")[0] if first == "0" else first
