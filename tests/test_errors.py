"""Errors are one clear line, and keep their parts. The tree is the one that is drawn."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import oncue
from oncue import errors
from oncue.domain.problems import Code, Problem
from oncue.errors import (
    ConflictError,
    EditError,
    ImpossibleEvent,
    OncueError,
    SaveError,
    UnreadableError,
    WorkspaceError,
)

BAD = Problem("a.toml", "bad", Code.RULE, ("trigger", "event"), 3)
WORSE = Problem("a.toml", "worse", Code.UNREADABLE)


def test_the_tree_is_as_it_is_drawn() -> None:
    assert errors.__doc__ is not None
    drawn = re.findall(r"^    ([ │├└─]*)([A-Z]\w+) ", errors.__doc__, re.MULTILINE)
    parents: list[str] = []
    tree = {}
    for indent, name in drawn:
        del parents[len(indent) // 4 :]
        tree[name] = parents[-1] if parents else "Exception"
        parents.append(name)
    for module in pkgutil.walk_packages(oncue.__path__, "oncue."):
        if module.name != "oncue.__main__":
            importlib.import_module(module.name)
    errors_here: list[type[Exception]] = [OncueError, *below(OncueError)]
    assert tree == {error.__name__: error.__mro__[1].__name__ for error in errors_here}


def below(error: type[Exception]) -> Iterator[type[Exception]]:
    """All errors that are derived from ``error``, but for those that a front end has for itself."""
    for each in error.__subclasses__():
        if not each.__module__.startswith(("oncue.cli.", "oncue.tui.")):
            yield each
            yield from below(each)


@pytest.mark.parametrize(
    ("error", "line", "parts"),
    [
        (
            WorkspaceError("/w", "there is no workspace.toml"),
            "/w: there is no workspace.toml",
            {"path": "/w", "hint": ""},
        ),
        (WorkspaceError("/w", "gone", "run: oncue init"), "/w: gone (run: oncue init)", {"hint": "run: oncue init"}),
        (
            SaveError("flows/a.toml", "disk full"),
            "flows/a.toml: disk full",
            {"file": "flows/a.toml", "reason": "disk full"},
        ),
        (ConflictError("flows/a.toml", b"x"), "flows/a.toml: changed on disk since it was loaded", {"on_disk": b"x"}),
        (
            ConflictError("flows/a.toml", None),
            "flows/a.toml: was removed on disk since it was loaded",
            {"on_disk": None},
        ),
        (EditError("no"), "no", {}),
        (ImpossibleEvent("no"), "no", {}),
        (
            UnreadableError([BAD, WORSE]),
            "a.toml:3: trigger.event: bad; a.toml: worse",
            {"problems": (BAD, WORSE)},
        ),
    ],
)
def test_the_line_and_the_parts(error: OncueError, line: str, parts: dict[str, object]) -> None:
    assert str(error) == line
    assert {name: getattr(error, name) for name in parts} == parts
