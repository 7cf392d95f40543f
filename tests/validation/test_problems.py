"""What pydantic finds wrong becomes problems with path, code and line; files are the caller's business."""

import pytest
from pydantic import TypeAdapter, ValidationError

from oncue.domain.flows import Flow
from oncue.domain.problems import Code, KeyPath, Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import WorkspaceConfig
from oncue.validation.problems import problems_of

FLOW = {"id": "a", "name": "A", "trigger": {"event": "message_created", "channel": "sms"}}


def problems(values: object, root: type = Flow) -> list[Problem]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(root).validate_python(values)
    return problems_of(caught.value, root, "a.toml")


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"nme": "B"}, ("nme",), Code.UNKNOWN_KEY),
        ({"name": ""}, ("name",), Code.RULE),
        ({"name": 3}, ("name",), Code.WRONG_TYPE),
        ({"enabled": 1}, ("enabled",), Code.WRONG_TYPE),
        ({"trigger": {"event": "message_created"}}, ("trigger", "channel"), Code.MISSING_KEY),
        ({"trigger": {"event": "x", "channel": "sms"}}, ("trigger", "event"), Code.UNKNOWN_VALUE),
        ({"trigger": {"event": "message_created", "channel": "S"}}, ("trigger", "channel"), Code.RULE),
        (
            {"trigger": {"event": "participant_added", "channel": "sms", "message_types": []}},
            ("trigger", "message_types"),
            Code.CONTRADICTION,
        ),
        ({"steps": [{"type": "add_nte"}]}, ("steps", 0, "type"), Code.UNKNOWN_VALUE),
        ({"steps": [{"text": "x"}]}, ("steps", 0, "type"), Code.MISSING_KEY),
        ({"steps": [{"type": "add_note", "text": 1}]}, ("steps", 0, "text"), Code.WRONG_TYPE),
        (
            {"steps": [{"type": "update_contact", "attributes": {"a": []}}]},
            ("steps", 0, "attributes", "a"),
            Code.WRONG_TYPE,
        ),
    ],
)
def test_path_and_code(changes: dict[str, object], path: KeyPath, code: Code) -> None:
    (problem,) = problems({**FLOW, **changes})
    assert (problem.file, problem.path, problem.code, problem.line) == ("a.toml", path, code, None)
    assert problem.severity == "error"


def test_a_rule_of_a_whole_table_blames_the_key_to_mend() -> None:
    twice = {"id": "a", "channel": "sms", "name": "A"}
    (problem,) = problems({"name": "W", "instances": [twice, twice]}, WorkspaceConfig)
    assert (problem.path, problem.code) == (("instances", 1, "id"), Code.CONTRADICTION)


def test_the_caller_says_on_which_line_a_path_is() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Scenario).validate_python({"id": "a", "name": "A", "events": [{"event": "x"}]})
    lines: dict[KeyPath, int] = {("events", 0, "event"): 7, ("events", 0, "instance"): 6}
    found = problems_of(caught.value, Scenario, "a.toml", lambda path: lines.get(path))
    assert {(problem.path, problem.line) for problem in found} == set(lines.items())
