"""Who imports whom: the contracts of pyproject.toml, no import cycle of any kind, and what is loaded when."""

import ast
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import oncue

ROOT = Path(__file__).parents[1]
HEAVY = ("pydantic", "rtoml", "tomli_w", "textual", "rich", "click", "platformdirs")


def loaded_by(statement: str) -> set[str]:
    """The top-level packages, and the packages of oncue, that are loaded after ``statement``."""
    program = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    modules = json.loads(ran.stdout.splitlines()[-1])
    return {module.split(".")[0] for module in modules} | {".".join(module.split(".")[:2]) for module in modules}


@pytest.mark.parametrize(
    ("statement", "never"),
    [
        ("import oncue", (*HEAVY, "inspect", "oncue.domain", "oncue.errors")),
        ("import oncue; oncue.__version__", (*HEAVY, "oncue.domain")),
        ("import oncue.errors", (*HEAVY, "difflib", "oncue.matching", "oncue.storage")),
        ("import oncue.suggestions", (*HEAVY, "difflib", "oncue.domain")),
        ("import oncue.text", (*HEAVY, "oncue.domain")),
        (
            "from oncue import Flow, Event, Workspace; Event(event='message_created')",
            (*HEAVY, "oncue.matching", "oncue.storage", "oncue.editing"),
        ),
        ("from oncue import compile_matcher, explain", (*HEAVY, "oncue.storage", "oncue.editing")),
        ("import oncue.editing.session, oncue.editing.edits", (*HEAVY, "oncue.matching", "oncue.storage")),
        (
            "from oncue import load_workspace, Flow, Event; assert not load_workspace('sample_workspace').problems",
            ("pydantic", "textual", "rich", "click", "oncue.validation", "oncue.tui", "oncue.cli"),
        ),
    ],
)
def test_what_is_not_loaded(statement: str, never: tuple[str, ...]) -> None:
    assert not loaded_by(statement) & set(never)


def modules_in(*packages: str) -> list[str]:
    names = tuple(f"oncue.{package}" for package in packages)
    return [module.name for module in pkgutil.walk_packages(oncue.__path__, "oncue.") if module.name.startswith(names)]


IMPURE = {*HEAVY[1:], "oncue.storage", "oncue.tui", "oncue.cli"}


def test_the_pure_packages_load_nothing_that_draws_or_reads_files() -> None:
    """All in one go: one process is enough to see what any of them brings in."""
    pure = modules_in("domain", "validation", "matching", "analysis", "simulation", "editing", "text", "errors")
    assert len(pure) > 20
    assert not loaded_by("import " + ", ".join(pure)) & IMPURE


def test_the_workbench_loads_no_front_end_and_no_storage() -> None:
    """Rich only measures text in terminal cells, and JSON Schemas are pydantic's."""
    assert not loaded_by("import " + ", ".join(modules_in("workbench"))) & (IMPURE - {"rich", "pydantic"})


def test_the_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken." in ran.stdout


# Import cycles

Graph = Mapping[str, set[str]]


def imports_of(source: str) -> Iterator[tuple[str, str]]:
    """Every import in ``source`` as module and name, those in functions and TYPE_CHECKING blocks included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None and not node.level, "imports are absolute"
            yield from ((node.module, alias.name) for alias in node.names)


def import_graph(sources: Mapping[str, str]) -> Graph:
    """Which of the modules imports which; ``from a import b`` is of module ``a.b`` if there is one, else of ``a``."""
    return {
        name: {
            found
            for module, what in imports_of(source)
            for found in [f"{module}.{what}" if f"{module}.{what}" in sources else module]
            if found in sources and found != name
        }
        for name, source in sources.items()
    }


def modules_of_oncue() -> dict[str, str]:
    """The source of each module by its name."""
    found = {}
    for path in (ROOT / "src").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        found[name] = path.read_text(encoding="utf-8")
    return found


def reached_from(start: str, graph: Graph) -> set[str]:
    """All modules that ``start`` imports, directly or through others."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def ring_through(start: str, members: frozenset[str], graph: Graph) -> str:
    """The shortest way from ``start`` back to it, as ``a → b → a``."""
    ways = [[start]]
    for way in ways:
        for following in sorted(graph[way[-1]] & members):
            if following == start:
                return " → ".join([*way, start])
            if not any(following in each for each in ways):
                ways.append([*way, following])
    raise AssertionError(start)


def rings(graph: Graph) -> list[str]:
    """A ring in each group of modules that all import each other, directly or through others."""
    reached = {name: reached_from(name, graph) for name in graph}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in graph}
    return sorted(ring_through(min(group), group, graph) for group in groups if group)


def test_rings_are_found_wherever_the_import_stands() -> None:
    sources = {
        "a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p import b",
        "p": "",
        "p.b": "import c",
        "c": "def f():\n    from a import x",
        "d": "import a, e, json",
        "e": "from p.b import f",
        "g": "import h",
        "h": "import g",
    }
    assert rings(import_graph(sources)) == ["a → p.b → c → a", "g → h → g"]
    assert rings(import_graph({**sources, "c": "", "h": "import a"})) == []


def test_there_is_no_import_cycle_of_any_kind() -> None:
    found = rings(import_graph(modules_of_oncue()))
    assert not found, "\n".join(found)
