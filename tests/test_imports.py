"""The walls between the packages: what is imported when, and the contracts of pyproject.toml."""

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import oncue

ROOT = Path(__file__).parents[1]
HEAVY = ("pydantic", "rtoml", "tomlkit", "tomli_w", "textual", "rich", "click", "platformdirs", "filelock")


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
        ("import oncue.errors", (*HEAVY, "difflib", "oncue.domain")),
        ("import oncue.text", (*HEAVY, "oncue.domain")),
        (
            "from oncue import Flow, Event, Workspace; Event(event='message_created')",
            (*HEAVY, "oncue.matching", "oncue.storage", "oncue.editing"),
        ),
        ("from oncue import compile_matcher, explain", (*HEAVY, "oncue.storage", "oncue.editing")),
        ("import oncue.editing.session, oncue.editing.edits", (*HEAVY, "oncue.matching", "oncue.storage")),
        (
            "from oncue import load_workspace, Flow, Event; assert not load_workspace('sample_workspace').problems",
            ("pydantic", "textual", "rich", "click", "tomlkit", "oncue.validation", "oncue.tui", "oncue.cli"),
        ),
    ],
)
def test_what_is_not_loaded(statement: str, never: tuple[str, ...]) -> None:
    assert not loaded_by(statement) & set(never)


def test_the_app_loads_no_tls_and_no_compression() -> None:
    start = (
        "from oncue.cli import startup; startup.no_plugins(); startup.no_tls_and_compression(); import oncue.tui.app"
    )
    assert not loaded_by(start) & {"ssl", "_ssl", "bz2", "lzma", "email"}
    assert {"ssl", "lzma"} < loaded_by(f"{start}; import ssl, lzma")


def pure_modules() -> list[str]:
    found = pkgutil.walk_packages(oncue.__path__, "oncue.")
    pure = ("oncue.domain", "oncue.matching", "oncue.simulation", "oncue.editing", "oncue.text", "oncue.errors")
    return [module.name for module in found if module.name.startswith(pure)]


def test_the_pure_packages_load_nothing_that_draws_or_reads_files() -> None:
    """All in one go: one process is enough to see what any of them brings in."""
    assert len(pure_modules()) > 20
    assert not loaded_by("import " + ", ".join(pure_modules())) & {
        *HEAVY,
        "oncue.storage",
        "oncue.tui",
        "oncue.cli",
    }


def test_the_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken." in ran.stdout
