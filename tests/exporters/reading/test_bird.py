"""Export, import, and the decisions are those of the triggers; and a flow as Bird itself exported one."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import exported, flow, workspace_of, workspaces

from oncue.analysis.decisions import decide
from oncue.domain.steps import AddNote, CloseConversation
from oncue.domain.workspace import Workspace
from oncue.exporters.names import Names
from oncue.exporters.reading.found import Found
from oncue.exporters.reading.registry import read

CHANNEL = "00000000-0000-4000-8000-00000000000"
TABLES = {
    "instances": {"wa-1": f"{CHANNEL}1", "wa-2": f"{CHANNEL}2", "mail": f"{CHANNEL}3", "dock": f"{CHANNEL}4"},
    "channels": {"email": "email:1", "kiosk": "kiosk:1"},
    "events": {"participant_added": "added", "participant_removed": "removed", "message_created": "message"},
}


def back(workspace: Workspace) -> Found:
    text = exported("bird", workspace, Names("bird", TABLES)).files["bird.json"]
    return read("bird", text.encode(), workspace.config, TABLES)


@thorough
@given(workspaces)
def test_flows_come_back_with_the_decisions_of_the_triggers(workspace: Workspace) -> None:
    for each in workspace.flows.values():
        alone = workspace_of([each], workspace.config)
        outcome = exported("bird", alone, Names("bird", TABLES))
        (loss,), grid = outcome.losses, outcome.job.grid
        keys = 0
        for made in back(alone).flows:
            keys |= grid.keys_that_start(made, decide(made, workspace.config))
        assert keys & (grid.keys if loss.rule.space is None else loss.rule.space) == loss.rule.keys


def test_steps_come_back() -> None:
    steps = (AddNote(text="About {{conversation.id}}"), CloseConversation())
    found = back(workspace_of([flow("a", "conversation_created", *steps, instance="wa-1", by="contact")]))
    assert found.not_understood == ()
    assert found.flows[0].steps == steps


def as_bird(data: dict[str, Any], **more: Any) -> dict[str, Any]:
    known = {"channelId": f"{CHANNEL}1", "connectorTemplateSlug": "whatsapp:1.0", "event": "created"}
    return {"name": "Menu", "trigger": {"type": "conversation", "data": {**known, **data}}, **more}


def test_a_flow_of_bird_itself() -> None:
    steps = {
        "get_1": {"type": "mrn:v1:contacts:endpoints:getContact:1.0.0", "parameters": {}, "next": "note_1"},
        "note_1": {
            "type": "mrn:v1:collaboration:endpoints:createComment:1.0.0",
            "parameters": {"payload": {"body": {"type": "text", "text": {"text": "x {{run.workspaceId}}"}}}},
            "next": "if_1",
        },
        "if_1": {"type": "conditional", "parameters": {"conditionals": [{"next": "end_1"}], "default": "end_1"}},
        "end_1": {"type": "terminate", "parameters": {}},
    }
    flows = as_bird({"participantTypes": ["contact"]}, definition={"startAt": "get_1", "steps": steps})
    found = read("bird", json.dumps(flows).encode(), CONFIG, TABLES)
    (made,) = found.flows
    assert (made.id, made.trigger.instance, made.steps) == ("menu", "wa-1", ())
    assert made.trigger.participant_types == frozenset({"contact"})
    assert [str(each) for each in found.not_understood] == [
        "Menu: the step mrn:v1:contacts:endpoints:getContact:1.0.0 is left out",
        "Menu: the step mrn:v1:collaboration:endpoints:createComment:1.0.0 is left out",
        "Menu: the step conditional is left out",
        "Menu: behind branches, 1 step left out, such as end_1",
    ]


@pytest.mark.parametrize(
    ("given_flow", "why"),
    [
        ({"name": "x", "trigger": None}, "none on conversations"),
        (as_bird({"event": "somethingElse"}), "'somethingElse' is not known"),
        (as_bird({"channelId": "gone"}), "channel gone is no instance"),
        (as_bird({"participantTypes": ["ghost"]}), "'ghost' is not known"),
        (as_bird({"participantTypes": "contact"}), "no list"),
        (as_bird({"messageTypes": ["text"]}), "messageTypes, which is not known"),
    ],
)
def test_a_flow_that_is_not_understood_is_none(given_flow: dict[str, Any], why: str) -> None:
    found = read("bird", json.dumps([given_flow]).encode(), CONFIG, TABLES)
    assert found.flows == ()
    assert why in str(found.not_understood[0])


def test_types_that_only_bird_tells_apart_are_noted() -> None:
    found = read("bird", json.dumps(as_bird({"participantTypes": ["user"]})).encode(), CONFIG, TABLES)
    assert [each.trigger.participant_types for each in found.flows] == [frozenset({"agent"})]
    assert "does not list 'agent'" in str(found.not_understood[0])
