import json
from dataclasses import replace

from tests.builders import CREATED, flow, message, run_events, scenario, scripted, workspace

from oncue.domain.problems import Code, Problem
from oncue.domain.steps import SendMessage
from oncue.matching.matcher import compile_matcher
from oncue.simulation.transcript import transcript
from oncue.workbench.json_values import as_json
from oncue.workbench.result_json import conversation_json, event_result_json, line_json, outcome_json
from oncue.workbench.scenario_outcome import run_selected
from oncue.workbench.scenario_selection import all_scenarios

WHERE = workspace(flow("greet", "conversation_created", SendMessage(text="Hi")), flow("reply", by="agent"))
RESULT = run_events(WHERE, scripted(CREATED, expect=["reply"]), scripted(message()))


def test_an_event_has_what_was_expected_and_why_it_did_not_come() -> None:
    found = json.loads(as_json(event_result_json(RESULT.events[0], "once", WHERE)))
    assert (found["number"], found["delivery"], found["ok"]) == (1, "once", False)
    assert (found["started"], found["expected"]) == (["greet"], ["reply"])
    assert [each["flow"] for each in found["missing"]] == ["reply"]
    assert [each["flow"] for each in found["unexpected"]] == ["greet"]
    assert found["effects"] == {
        "messages": ["Hi"],
        "notes": [],
        "assignee": None,
        "labels": [],
        "closed": False,
        "loops": [],
        "stopped": False,
    }
    assert found["expected_effects"] is None


def test_an_event_that_is_not_checked_expects_nothing() -> None:
    found = event_result_json(RESULT.events[1], "twice", WHERE)
    assert (found["expected"], found["missing"], found["unexpected"], found["delivery"]) == (None, [], [], "twice")


def test_a_transcript_is_flat() -> None:
    lines = [line_json(line) for line in transcript(RESULT.traces[0], WHERE)]
    assert [(each["depth"], each["kind"]) for each in lines[:4]] == [
        (0, "event"),
        (1, "flow"),
        (2, "step"),
        (3, "event"),
    ]
    assert lines[0]["matched"] == ("greet",)
    assert (lines[1]["flow"], lines[2]["step"]) == ("greet", "send_message")


def test_a_conversation_is_as_it_is_at_the_end() -> None:
    found = json.loads(as_json(conversation_json(RESULT.conversations[0])))
    assert (found["channel"], found["open"], found["assignee"], found["attributes"]) == ("whatsapp", True, None, {})
    assert {"type": "contact", "id": "p-1", "name": "Jane"} in found["participants"]


def test_an_outcome_has_the_problems_of_a_file_that_cannot_be_read() -> None:
    broken = Problem("scenarios/broken.toml", "no TOML", Code.SYNTAX)
    where = replace(WHERE, scenarios={"s": scenario(scripted(CREATED))}, problems=(broken,))
    selected, matcher = all_scenarios(where), compile_matcher(where)
    error, passed = (outcome_json(run_selected(selected[name], where, matcher), where) for name in ("broken", "s"))
    assert (error["status"], error["name"], error["events"]) == ("error", None, [])
    assert error["problems"][0]["message"] == "no TOML"
    assert (passed["status"], passed["name"], len(passed["events"])) == ("unchecked", "s", 1)
