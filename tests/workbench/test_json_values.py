import json

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import CREATED, flow, workspace

from oncue.domain.events import Event, Participant
from oncue.domain.plain import as_plain
from oncue.domain.problems import Code, Problem
from oncue.matching.explain import explain
from oncue.workbench.json_values import as_json, explanation_json, problem_json


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_json_is_printable_ascii_and_reads_back(value: object) -> None:
    encoded = as_json(value)
    assert encoded.decode("ascii").isprintable()
    assert json.loads(encoded) == value


def test_what_a_value_does_not_state_is_left_out() -> None:
    event = Event(event="participant_added", participant=Participant(name="Jane"))
    assert as_plain(event) == {"event": "participant_added", "participant": {"name": "Jane"}}


def test_an_explanation() -> None:
    where = workspace(flow("reply", by="agent"))
    explanation = explain(where.flows["reply"], CREATED, where.config)
    found = json.loads(as_json(explanation_json(explanation)))
    assert found["flow"] == "reply"
    assert [(each["clause"], each["ok"]) for each in found["clauses"]][:3] == [
        ("enabled", True),
        ("event", False),
        ("channel", False),
    ]
    assert found["edits"] == []  # the event states no channel


def test_a_problem_has_its_place_as_people_write_it() -> None:
    problem = Problem("flows/a.toml", "it is empty", Code.RULE, ("steps", 1, "text"), 7)
    assert problem_json(problem)["key"] == "steps[2].text"


def test_an_edit_says_all_that_it_changes() -> None:
    where = workspace(flow("greet", "conversation_created", by="agent", enabled=False))
    event = Event(event="conversation_created", instance="wa", participant=Participant(type="agent"))
    found = json.loads(as_json(explanation_json(explain(where.flows["greet"], event, where.config))))
    assert found["clauses"][0] == {"clause": "enabled", "expected": ["enabled"], "actual": "disabled", "ok": False}
    assert found["clauses"][3] == {"clause": "instance", "expected": None, "actual": "wa", "ok": True}
    trigger = {"event": "conversation_created", "channel": "whatsapp", "participant_types": ["agent"]}
    edit = {"words": "enable the flow", "trigger": trigger, "when": None, "enabled": True, "starts": 1, "stops": 0}
    assert found["edits"] == [{**edit, "always": True, "shift": None, "depends": []}]
