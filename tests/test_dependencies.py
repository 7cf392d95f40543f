"""Every dependency has bounds, and CI runs with the lowest versions that they allow."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
DEPENDENCIES = [
    Requirement(each)
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
]


def lowest(script: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("dependency", DEPENDENCIES, ids=str)
def test_a_dependency_has_a_lowest_version_and_ends_before_an_untested_one(dependency: Requirement) -> None:
    assert sorted(each.operator for each in dependency.specifier) == ["<", ">="]


def test_ci_runs_with_the_lowest_version_of_each() -> None:
    printed = lowest(ROOT / ".ci/lowest").stdout.splitlines()
    expected = [
        f"{each.name}=={bound.version}" for each in DEPENDENCIES for bound in each.specifier if bound.operator == ">="
    ]
    assert printed == expected
    assert ".ci/lowest >" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_a_dependency_without_lowest_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci/lowest"
    script.write_text((ROOT / ".ci/lowest").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["click<9"]\n', encoding="utf-8")
    assert lowest(script).stderr == "pyproject.toml: 'click<9' states no lowest version, as in 'click>=8.1'\n"


def python_of(version: str, path: Path) -> subprocess.CompletedProcess[str]:
    """What `.ci/run` finds for a version of Python, with nothing but ``path`` on the PATH."""
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    function = script[script.index("python_of() {") : script.index("\n}\n", script.index("python_of() {")) + 3]
    command = f"{function}\npython_of {version}"
    bash = shutil.which("bash")
    assert bash is not None
    return subprocess.run([bash, "-c", command], env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def program(path: Path, answer: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_ci_takes_the_python_on_the_path_or_one_of_pyenv_or_says_that_there_is_none(tmp_path: Path) -> None:
    found = python_of("3.13", tmp_path)
    assert (found.returncode, found.stdout, found.stderr) == (1, "", "skipped: there is no Python 3.13 here\n")
    program(tmp_path / "python3.13", "exit 127")  # pyenv has such a shim for versions that are not switched on
    assert python_of("3.13", tmp_path).returncode == 1
    prefix = tmp_path / "versions/3.13.0"
    installed = program(prefix / "bin/python", "echo 3.13")
    program(tmp_path / "pyenv", f'case "$1" in latest) echo 3.13.0 ;; prefix) echo {prefix} ;; esac')
    assert python_of("3.13", tmp_path).stdout == f"{installed}\n"
    program(tmp_path / "python3.13", "echo 3.13")
    assert python_of("3.13", tmp_path).stdout == "python3.13\n"


def test_ci_runs_with_the_lowest_and_the_newest_python() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert classifiers == ">=3.11"
    assert "python=$(python_of 3.11)" in script
    assert "python=$(python_of 3.13)" in script
    assert not re.search("/(?:root|home|opt)/", script), "no path of one machine"
