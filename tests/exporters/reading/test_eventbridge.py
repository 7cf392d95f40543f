"""Export, import, and the decisions are those of the rules; and what is not understood is never ignored."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import exported, flow, workspace_of, workspaces

from oncue.analysis.decisions import decide
from oncue.domain.workspace import Workspace
from oncue.exporters.reading.found import Found
from oncue.exporters.reading.registry import read


def read_pattern(pattern: dict[str, Any]) -> Found:
    return read("eventbridge", json.dumps(pattern).encode(), CONFIG)


@thorough
@given(workspaces)
def test_flows_come_back_with_the_decisions_of_the_rules(workspace: Workspace) -> None:
    kept = [each for each in workspace.flows.values() if each.trigger.instance != "gone"]
    outcome = exported("eventbridge", workspace_of(kept, workspace.config))
    found = read("eventbridge", outcome.files["eventbridge.json"].encode(), workspace.config)
    grid, by_id = outcome.job.grid, {each.id: each for each in found.flows}
    narrowed = {each.where for each in found.not_understood}
    for loss in outcome.losses:
        expected = loss.rule.keys
        if loss.flow_id in narrowed:  # it may be that no type is stated
            expected &= ~sum(grid.bit(key) for key in grid.every_key(expected) if key.participant_type is None)
        back = by_id.get(loss.flow_id)
        assert (0 if back is None else grid.keys_that_start(back, decide(back, workspace.config))) == expected
        if back is not None:
            assert back.enabled is loss.rule.flow.enabled


def test_one_pattern_with_several_values_is_several_flows() -> None:
    found = read_pattern(
        {
            "detail-type": ["message_created"],
            "detail": {"channel": ["whatsapp", "email"], "message": {"type": ["text"]}},
        }
    )
    assert [(each.id, each.trigger.channel) for each in found.flows] == [
        ("pattern", "whatsapp"),
        ("pattern-2", "email"),
    ]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ({"detail-type": ["message_created"]}, "has to name both"),
        (
            {"detail-type": ["message_created"], "detail": {"channel": [{"prefix": "w"}]}},
            "operators are not understood",
        ),
        ({"detail-type": ["order_placed"], "detail": {"channel": ["whatsapp"]}}, "'order_placed', which is not known"),
        (
            {"detail-type": ["message_created"], "detail": {"channel": ["whatsapp"], "vip": [True]}},
            "detail.vip is nothing",
        ),
        ({"detail-type": ["message_created"], "detail": {"channel": ["Not a slug"]}}, "expected"),
        (
            {"detail-type": ["message_created"], "detail": {"channel": ["whatsapp"], "instance": ["nowhere"]}},
            "'nowhere' is no instance",
        ),
        (
            {"detail-type": ["message_created"], "detail": {"channel": ["whatsapp"], "message": {"text": ["hi"]}}},
            "detail.message.text is nothing",
        ),
    ],
)
def test_a_pattern_that_is_not_understood_makes_no_flow(pattern: dict[str, Any], why: str) -> None:
    found = read_pattern(pattern)
    assert found.flows == ()
    assert why in str(found.not_understood[0])


def test_an_external_id_is_its_instance() -> None:
    outcome = exported("eventbridge", workspace_of([flow("a", instance="wa-1")]))
    found = read("eventbridge", outcome.files["eventbridge.json"].encode(), CONFIG)
    assert [each.trigger.instance for each in found.flows] == ["wa-1"]
