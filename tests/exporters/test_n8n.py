"""The IF nodes are evaluated over the whole event space, and nothing in the workflow is an expression but ours."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, check_rules, event_json, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace


def workflow_of(workspace: Workspace) -> dict[str, Any]:
    (text,) = exported("n8n", workspace).files.values()
    found: dict[str, Any] = json.loads(text)
    return found


def left_value(expression: str, event: dict[str, Any]) -> object:
    """``{{ $json.body.participant?.type ?? '?' }}``, which is the only kind of expression that is written."""
    path = re.fullmatch(r"=\{\{ \$json\.body\.([a-z]+(?:\?\.[a-z]+)?) \?\? '\?' \}\}", expression)
    assert path is not None, expression
    value: Any = event
    for name in path[1].split("?."):
        value = None if value is None else value.get(name)
    return "?" if value is None else value


def passes(node: dict[str, Any], event: dict[str, Any]) -> bool:
    conditions = node["parameters"]["conditions"]
    assert conditions["combinator"] == "and"
    for each in conditions["conditions"]:
        found, wanted = left_value(each["leftValue"], event), each["rightValue"]
        match each["operator"]["operation"]:
            case "equals":
                held = found == wanted
            case "regex":
                held = re.search(wanted, str(found)) is not None
            case other:
                raise AssertionError(other)
        if not held:
            return False
    return True


@thorough
@given(workspaces)
def test_nodes_match_what_the_report_says(workspace: Workspace) -> None:
    nodes = {each["name"]: each for each in workflow_of(workspace)["nodes"]}

    def fires(each: Flow, key: EventKey) -> bool:
        node = nodes.get(f"If {each.id}")
        return node is not None and passes(node, event_json(key))

    check_rules(exported("n8n", workspace), fires)


def test_every_connection_leads_to_a_node_and_names_are_unique() -> None:
    workflow = workflow_of(workspace_of([flow("a"), flow("b", by="contact")]))
    names = [each["name"] for each in workflow["nodes"]]
    assert len(names) == len(set(names))
    for source, outputs in workflow["connections"].items():
        assert source in names
        assert all(each["node"] in names for output in outputs["main"] for each in output)
    assert [each["node"] for each in workflow["connections"]["Event"]["main"][0]] == ["If a", "If b"]


def test_external_ids_are_text_in_the_expression() -> None:
    from oncue.domain.values import replaced

    config = workspace_of([]).config
    crowded = replaced(config.instances[0], external_ids=("+31 (0)20", "a|b", "={{ $env }}"))
    workspace = workspace_of([flow("a", instance="wa-1")], replaced(config, instances=(crowded,)))
    workflow = workflow_of(workspace)
    for target in ("n8n", "node-red"):
        (loss,) = exported(target, workspace).losses
        assert loss.unsaid == (("trigger.instance", "not by its external id '={{ $env }}'"),), "it is not lost silently"
    node = next(each for each in workflow["nodes"] if each["name"] == "If a")
    event = {"event": "message_created", "channel": "whatsapp"}
    for name, expected in (("+31 (0)20", True), ("a|b", True), ("a", False), ("wa-1", True), ("={{ $env }}", False)):
        assert passes(node, {**event, "instance": name}) is expected


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_no_expressions(name: str) -> None:
    def texts(value: Any, key: str = "") -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [each for key, inner in value.items() for each in texts(inner, key)]
        if isinstance(value, list):
            return [each for inner in value for each in texts(inner, key)]
        return [(key, value)] if isinstance(value, str) else []

    for key, text in texts(workflow_of(hostile(name))):
        assert text.isprintable()
        assert not text.startswith("=") or key == "leftValue"
