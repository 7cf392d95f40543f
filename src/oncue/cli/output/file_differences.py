"""How the content of a file changes, as a unified diff that is safe to print."""

from difflib import unified_diff

from oncue.text import visible


def difference(file: str, before: bytes | None, after: bytes | None) -> str:
    """The lines that differ, with some around them; nothing if none do."""
    old, new = (_lines(data) for data in (before, after))
    lines = unified_diff(old, new, f"a/{file}", f"b/{file}", lineterm="")
    return "".join(f"{_shown(line)}\n" for line in lines)


def _lines(data: bytes | None) -> list[str]:
    return [] if data is None else data.decode("utf-8", "replace").splitlines()


def _shown(line: str) -> str:
    return visible(line.expandtabs(4))
