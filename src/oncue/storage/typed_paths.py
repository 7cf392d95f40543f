"""Paths as people type them: relative to where the app was started, with ``~``, and not yet to their end."""

import os
from itertools import takewhile
from pathlib import Path

_LOOKED_AT = 5_000
"""How many names of a folder are looked at."""


def path_of(typed: str, base: Path) -> Path:
    """The path that ``typed`` means, from ``base`` on."""
    return base / Path(typed.strip()).expanduser()


def completed(typed: str, base: Path) -> tuple[str, list[str]]:
    """``typed``, a path from ``base`` on, as far as it can only go on one way; and the names it may go on with."""
    head, slash, begun = typed.rpartition("/")
    folder = base / Path(f"{head}{slash}").expanduser() if slash else base
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                f"{entry.name}/" if entry.is_dir() else entry.name
                for _, entry in zip(range(_LOOKED_AT), entries, strict=False)
                if entry.name.startswith(begun) and (begun.startswith(".") or not entry.name.startswith("."))
            )
    except (OSError, ValueError, RuntimeError):  # a NUL in it, or a home that nobody has
        return typed, []
    common = _beginning(names)
    return (f"{head}{slash}{common}" if len(common) > len(begun) else typed), names


def _beginning(names: list[str]) -> str:
    """What all ``names``, which are in order, begin with."""
    if not names:
        return ""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(names[0], names[-1], strict=False))
    return "".join(character for character, _ in same)
