"""What ``import oncue`` offers is a promise: changing this list is a change for users, and goes into CHANGELOG.md."""

import importlib
import inspect
import os
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import oncue

NAMES = [
    "AddLabel",
    "AddNote",
    "AddParticipant",
    "ArgumentError",
    "AssignAgent",
    "AssignTeam",
    "ClauseResult",
    "CloseConversation",
    "Decision",
    "Event",
    "EventKey",
    "EventResult",
    "ExpectedEffects",
    "Explanation",
    "Flow",
    "Hours",
    "ImpossibleEvent",
    "Instance",
    "Known",
    "Matcher",
    "Message",
    "NotifyParticipants",
    "OncueError",
    "Participant",
    "PlaceFinding",
    "Problem",
    "Recording",
    "RemoveLabel",
    "RemoveParticipant",
    "ReopenConversation",
    "RuleError",
    "Scenario",
    "ScenarioEvent",
    "ScenarioRun",
    "SendMessage",
    "Simulation",
    "SimulationSettings",
    "Step",
    "SuggestedEdit",
    "Trigger",
    "Unassign",
    "UnreadableError",
    "UpdateContact",
    "Wait",
    "When",
    "Workspace",
    "WorkspaceConfig",
    "WorkspaceError",
    "__version__",
    "compile_matcher",
    "explain",
    "findings_about",
    "load_workspace",
    "run_scenario",
]


def test_the_public_names() -> None:
    assert oncue.__all__ == NAMES


def test_dir_lists_them_before_any_is_used() -> None:
    program = "import oncue, sys; names = dir(oncue); assert 'oncue.domain' not in sys.modules; print(*names)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert set(NAMES) <= set(printed.split())


@pytest.mark.parametrize("name", [name for name in NAMES if isinstance(getattr(oncue, name), type)])
def test_each_class_says_what_it_takes(name: str) -> None:
    """Also in a fresh process, before the first value of the class is made."""
    kind = getattr(oncue, name)
    if issubclass(kind, Exception):
        return
    assert "**" not in str(inspect.signature(kind))
    program = f"import inspect, oncue; print(inspect.signature(oncue.{name}))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str(inspect.signature(kind))


def test_help_and_signature_have_fields_types_and_defaults() -> None:
    parameters = inspect.signature(oncue.Trigger).parameters
    assert [*parameters] == ["event", "channel", "instance", "participant_types", "message_types"]
    assert (parameters["channel"].annotation, parameters["channel"].default) == (str, inspect.Parameter.empty)
    assert (parameters["instance"].annotation, parameters["instance"].default) == (str | None, None)
    for value in (oncue.Event, oncue.Scenario, oncue.WorkspaceConfig):
        text = pydoc.render_doc(value, renderer=pydoc.plaintext)  # type: ignore[attr-defined]
        assert "**values" not in text
        # Newer Pythons give each parameter a line.
        flat = re.sub(r"[\s|]+", " ", text)
        shown = re.findall(rf"(?:{value.__name__}|__init__)\( ?(?:self, /, )?\*[^)]*", flat)
        assert len(shown) == 2
        assert not any("Annotated" in each or "**" in each for each in shown)


def test_scripts_are_checked_strictly(tmp_path: Path) -> None:
    """The package says that it is typed, and what the script of the benchmarks uses is."""
    script = Path(__file__).parents[1] / "benchmarks/count_flows.py"
    assert Path(oncue.__file__).with_name("py.typed").exists()
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--follow-imports", "silent"]
    environment = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path)}
    home = Path(oncue.__file__).parents[1]
    if home.name != "site-packages":  # a checkout; mypy finds what is installed, and refuses to be told of it
        environment["MYPYPATH"] = str(home)
    ran = subprocess.run([*command, str(script)], capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert script.read_text("utf-8").count("\n") < 50


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
