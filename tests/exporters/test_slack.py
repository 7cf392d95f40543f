"""A file for each flow, and a report that says that Slack tells hardly anything apart."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, check_rules, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.errors import ExportError
from oncue.exporters.names import Names
from oncue.exporters.registry import Outcome

CHANNELS = {"wa-1": "C0000001", "wa-2": "C0000002", "mail": "C0000003", "dock": "C0000004"}
EVENTS = {
    "message_posted": "message_created",
    "user_joined_channel": "participant_added",
    "user_left_channel": "participant_removed",
}


def export(workspace: Workspace) -> Outcome:
    return exported("slack", workspace, Names("slack", {"instances": CHANNELS}))


def triggers_of(outcome: Outcome) -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in outcome.files.items()}


@thorough
@given(workspaces)
def test_triggers_match_what_the_report_says(workspace: Workspace) -> None:
    outcome = export(workspace)
    triggers = triggers_of(outcome)

    def fires(each: Flow, key: EventKey) -> bool:
        trigger = triggers.get(f"{each.id}.json")
        if trigger is None:
            return False
        event = trigger["event"]
        kind = EVENTS[event["event_type"].removeprefix("slack#/events/")]
        return kind == key.event and CHANNELS[str(key.instance)] in event["channel_ids"]

    check_rules(outcome, fires)


def test_messages_have_a_filter_and_others_none() -> None:
    triggers = triggers_of(export(workspace_of([flow("a"), flow("b", "participant_added")])))
    assert "filter" in triggers["a.json"]["event"]
    assert "filter" not in triggers["b.json"]["event"]


def test_a_missing_channel_is_named() -> None:
    with pytest.raises(ExportError, match="channel id of the instance 'wa-1'"):
        exported("slack", workspace_of([flow("a", instance="wa-1")]))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    for trigger in triggers_of(export(hostile(name))).values():
        assert trigger["name"].isprintable()
        assert "{{" not in json.dumps(trigger["event"]).replace("{{data.user_id}}", "")
