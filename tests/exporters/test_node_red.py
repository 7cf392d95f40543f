"""The switches are followed over the whole event space, as Node-RED wires them."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, check_rules, event_json, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace

Nodes = dict[str, dict[str, Any]]


def nodes_of(workspace: Workspace) -> Nodes:
    (text,) = exported("node-red", workspace).files.values()
    return {each["id"]: each for each in json.loads(text)}


def reached(nodes: Nodes, event: dict[str, Any]) -> list[str]:
    """The names of the nodes at the ends that a message gets to, once for each time."""
    start = next(each for each in nodes.values() if each["type"] == "http in")
    found, waiting = [], list(start["wires"][0])
    while waiting:
        node = nodes[waiting.pop()]
        if node.get("d"):
            continue
        if node["type"] == "debug":
            found.append(node["name"].partition(":")[0])
        if node["type"] == "switch":
            value: Any = event
            for name in node["property"].split(".")[1:]:
                value = None if value is None else value.get(name)
            assert node["checkall"] == "false"
            for rule, wires in zip(node["rules"], node["wires"], strict=True):
                if value is None if rule["t"] == "null" else rule["v"] == value:
                    waiting += wires
                    break
    return found


@thorough
@given(workspaces)
def test_switches_match_what_the_report_says(workspace: Workspace) -> None:
    nodes = nodes_of(workspace)
    answers: dict[EventKey, list[str]] = {}

    def fires(each: Flow, key: EventKey) -> bool:
        if key not in answers:
            answers[key] = reached(nodes, event_json(key))
            assert len(answers[key]) == len(set(answers[key]))
        return each.id in answers[key]

    check_rules(exported("node-red", workspace), fires)


def test_wires_lead_to_nodes_of_the_tab() -> None:
    nodes = nodes_of(workspace_of([flow("a", by=("contact", "bot")), flow("b", enabled=False)]))
    tab = next(each["id"] for each in nodes.values() if each["type"] == "tab")
    for node in nodes.values():
        assert node["type"] == "tab" or node["z"] == tab
        assert all(target in nodes for output in node.get("wires", ()) for target in output)
        assert node["type"] != "switch" or node["outputs"] == len(node["rules"]) == len(node["wires"])


@pytest.mark.parametrize("name", [*HOSTILE, "${HOME}"])
def test_hostile_names_stand_never_alone(name: str) -> None:
    nodes = nodes_of(hostile(name))
    for node in nodes.values():
        assert name not in node.values()
        assert all(value.isprintable() for value in node.values() if isinstance(value, str))
