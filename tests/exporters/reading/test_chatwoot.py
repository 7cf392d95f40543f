"""Export, import, and the decisions are those of the rules; and what is not understood is never ignored."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import exported, flow, workspace_of, workspaces

from oncue.analysis.decisions import decide
from oncue.domain.steps import AddLabel, AddNote, AssignAgent, AssignTeam, CloseConversation, SendMessage, Unassign
from oncue.domain.workspace import Workspace
from oncue.exporters.names import Names
from oncue.exporters.reading.found import Found
from oncue.exporters.reading.registry import read

TABLES = {
    "instances": {"wa-1": 1, "wa-2": 2, "mail": 3, "dock": 4},
    "agents": {"Anna": 7},
    "teams": {"Desk": 8},
}


def back(workspace: Workspace) -> Found:
    text = exported("chatwoot", workspace, Names("chatwoot", TABLES)).files["chatwoot.json"]
    return read("chatwoot", text.encode(), workspace.config, TABLES)


@thorough
@given(workspaces)
@example(workspace_of([flow("a", "message_created", when={"text_any": ("a",)})]))
def test_flows_come_back_with_the_decisions_of_the_rules(workspace: Workspace) -> None:
    for each in workspace.flows.values():
        alone = workspace_of([each], workspace.config)
        outcome = exported("chatwoot", alone, Names("chatwoot", TABLES))
        (loss,), grid, found = outcome.losses, outcome.job.grid, back(alone)
        if loss.rule.near:  # letters are looked for, which no condition here says
            assert found.flows == ()
            assert "content" in found.not_understood[0].why
            continue
        keys = 0
        for made in found.flows:
            keys |= grid.keys_that_start(made, decide(made, workspace.config))
            assert made.enabled is each.enabled
        space = loss.rule.space
        assert keys & (grid.keys if space is None else space) == loss.rule.keys


def test_steps_and_texts_come_back() -> None:
    steps = (
        SendMessage(text="Hi {{participant.name}} of {{contact.plan}}, {{ x }} {% y %} {{conversation.id}}"),
        AddNote(text="note"),
        AssignAgent(agent="Anna"),
        AssignTeam(team="Desk"),
        Unassign(),
        AddLabel(label="vip"),
        CloseConversation(),
    )
    found = back(workspace_of([flow("a", "message_created", *steps, by="contact")]))
    assert found.not_understood == ()
    assert found.flows[0].steps == steps


def rule(**changes: Any) -> dict[str, Any]:
    condition = {"attribute_key": "inbox_id", "filter_operator": "equal_to", "values": [1], "query_operator": None}
    return {"name": "A", "event_name": "message_created", "conditions": [condition], "actions": [], **changes}


def asks(key: str, values: list[Any], operator: str = "equal_to", query: str | None = None) -> dict[str, Any]:
    return {"attribute_key": key, "filter_operator": operator, "values": values, "query_operator": query}


@pytest.mark.parametrize(
    ("given_rule", "why"),
    [
        (rule(event_name="conversation_opened"), "'conversation_opened' is none of ours"),
        (rule(conditions=[]), "for all inboxes"),
        (rule(conditions=[asks("inbox_id", [99])]), "inbox 99 is no instance"),
        (rule(conditions=[asks("inbox_id", [1], query="and"), asks("content", ["x"], "contains")]), "content contains"),
        (
            rule(conditions=[asks("inbox_id", [1], query="OR"), asks("message_type", ["incoming"])]),
            "conditions with or",
        ),
        (rule(conditions=[asks("inbox_id", [1], "not_equal_to")]), "inbox_id not_equal_to"),
        (rule(conditions="x"), "no list of conditions"),
    ],
)
def test_a_rule_that_is_not_understood_makes_no_flow(given_rule: dict[str, Any], why: str) -> None:
    found = read("chatwoot", json.dumps([given_rule]).encode(), CONFIG, TABLES)
    assert found.flows == ()
    assert why in str(found.not_understood[0])


def test_an_action_that_is_not_understood_is_left_out_and_listed() -> None:
    actions = [{"action_name": "mute_conversation"}, {"action_name": "assign_agent", "action_params": [99]}, "x"]
    found = read("chatwoot", json.dumps({"payload": [rule(actions=actions)]}).encode(), CONFIG, TABLES)
    assert [each.steps for each in found.flows] == [()]
    assert len(found.not_understood) == 3
