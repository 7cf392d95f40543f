"""docs/examples.md is so: each section is a workspace without problems whose scenarios prove what its rules mean."""

import re
import shlex
from pathlib import Path

import pytest

from oncue import load_workspace
from oncue.cli.diagnostics import guarded
from oncue.cli.main import run
from oncue.domain.checks import check_flow, check_scenario
from oncue.matching.matcher import compile_matcher
from oncue.simulation.mutation_testing import check_mutants
from oncue.simulation.runner import run_scenario

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/examples.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
RULES = re.findall(r"^### [^\n]+\n(.*?)(?=^###? |\Z)", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, heading: str) -> Path:
    """The workspace of the section with this heading."""
    for file, text in re.findall(r"^`([\w/.-]+\.toml)`\n\n```toml\n(.*?)^```$", SECTIONS[heading], re.M | re.S):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_rule_is_there_and_few_cannot_be_said() -> None:
    impossible = [rule for rule in RULES if "**Cannot be said.**" in rule]
    assert len(RULES) == 21
    assert len(RULES) - len(impossible) == 18
    assert "with 21 rules" in PAGE
    assert "18 of the\nrules keep their meaning" in PAGE
    assert all("flows/" in rule for rule in RULES if rule not in impossible)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_scenarios_prove_the_rules(folder: Path, heading: str) -> None:
    workspace = load_workspace(folder)
    assert workspace.problems == ()
    assert len(workspace.flows) == SECTIONS[heading].count("`flows/")
    assert not [problem for flow in workspace.flows.values() for problem in check_flow(flow, workspace.config)]
    matcher, results = compile_matcher(workspace), []
    for scenario in workspace.scenarios.values():
        assert not check_scenario(scenario, workspace.config, workspace.flows)
        results.append(run_scenario(scenario, workspace, matcher))
        assert results[-1].ok, [each.differences for each in results[-1].events]
    proved = [
        each
        for each in check_mutants(workspace, matcher, results)
        if each.mutant.drops_condition or each.mutant.clause == "enabled"
    ]
    assert len(proved) >= len(workspace.flows)
    assert not [(each.mutant.flow.id, each.mutant.words) for each in proved if each.killed is None]


@pytest.mark.parametrize("heading", [heading for heading, text in SECTIONS.items() if "```console" in text])
def test_what_is_printed(
    folder: Path, heading: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(folder)
    for command, output in re.findall(r"^```console\n\$ oncue (.*)\n((?:.*\n)*?)```$", SECTIONS[heading], re.MULTILINE):
        assert guarded(lambda command=command: run(shlex.split(command))) == 0  # type: ignore[misc]
        out, err = capsysbinary.readouterr()
        assert (out.decode(), err) == (output, b"")
