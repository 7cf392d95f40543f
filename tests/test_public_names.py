"""What ``import oncue`` offers is a promise: changing this list is a change for users, and goes into CHANGELOG.md."""

import importlib
import subprocess
import sys

import pytest

import oncue

NAMES = [
    "Event",
    "Explanation",
    "Flow",
    "Instance",
    "Matcher",
    "Message",
    "OncueError",
    "Participant",
    "Problem",
    "Trigger",
    "UnreadableError",
    "Workspace",
    "WorkspaceConfig",
    "WorkspaceError",
    "__version__",
    "compile_matcher",
    "explain",
    "load_workspace",
]


def test_the_public_names() -> None:
    assert oncue.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_there_with_its_documentation(name: str) -> None:
    value = getattr(oncue, name)
    assert isinstance(value, str) or value.__doc__


@pytest.mark.parametrize(("name", "home"), oncue._HOMES.items())
def test_each_is_the_one_of_its_module(name: str, home: str) -> None:
    assert getattr(oncue, name) is getattr(importlib.import_module(home), name)


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="module 'oncue' has no attribute 'Work'"):
        _ = oncue.Work
    assert sorted(oncue._HOMES) == [name for name in NAMES if name != "__version__"]


def test_a_star_import_brings_them_all() -> None:
    program = "from oncue import *; print(len([n for n in dir() if n[0] != '_' or n == '__version__']))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(printed) == len(NAMES)
