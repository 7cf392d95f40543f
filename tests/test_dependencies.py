"""Every dependency has bounds, and CI runs with the lowest versions that they allow."""

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
