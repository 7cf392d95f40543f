"""The report for programs."""

import json

from tests.exporters.space import exported, flow, workspace_of

from oncue.cli.output.loss_report import report_json


def test_as_json_every_flow_and_every_region_is_there() -> None:
    outcome = exported("eventbridge", workspace_of([flow("a"), flow("b", when={"labels": ("x",)})]))
    found = json.loads(report_json(outcome, "eventbridge"))
    assert [each["flow"] for each in found["flows"]] == ["a", "b"]
    regions = ("gained", "loosened", "lost", "tightened")
    assert [[name for name in regions if each[name]] for each in found["flows"]] == [[], ["loosened"]]
    assert found["flows"][1]["loosened"]["events"] == 351
