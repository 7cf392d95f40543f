from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import CREATED, flow, scenario, scripted, workspace

from oncue.cli.diagnostics import UsageError
from oncue.cli.output.junit import JunitReport, _safe
from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.matching.matcher import compile_matcher
from oncue.workbench.scenario_outcome import run_selected
from oncue.workbench.scenario_selection import SelectedScenario

WHERE = workspace(flow("greet", "conversation_created"))


def reported(*expect: str) -> ReportedScenario:
    each = scenario(scripted(CREATED, expect=expect))
    outcome = run_selected(SelectedScenario(each.id, "scenarios/s.toml", each), WHERE, compile_matcher(WHERE))
    return ReportedScenario(outcome, ".", WHERE, 0.25)


def test_a_case_for_each_scenario_and_totals(tmp_path: Path) -> None:
    report = JunitReport("Acme")
    report.add(reported("greet"))
    report.add(reported())
    file = tmp_path / "new/folder/report.xml"
    report.write(str(file), 1.5)
    root = ElementTree.parse(file).getroot()
    suite = root[0]
    assert (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("time")) == (
        "Acme",
        "2",
        "1",
        "1.500",
    )
    passed, failed = suite
    assert (passed.get("name"), passed.get("time"), list(passed)) == ("s", "0.250", [])
    assert failed[0].tag == "failure"
    assert failed[0].get("message") == "event 1: greet started and was not expected"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a file, so nothing is written there"):
        JunitReport("Acme").write(str(tmp_path), 0.0)


@given(st.text())
def test_any_text_is_valid_xml(text: str) -> None:
    element = ElementTree.Element("x", text=_safe(text))
    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).get("text") == _safe(text)
