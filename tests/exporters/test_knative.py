"""Filters are evaluated over the whole event space by what CloudEvents says of their dialects."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, check_rules, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.exporters.names import Names


def passes(each: dict[str, Any], event: dict[str, str]) -> bool:
    ((dialect, value),) = each.items()
    match dialect:
        case "exact":
            return all(event.get(name) == wanted for name, wanted in value.items())
        case "any":
            return any(passes(inner, event) for inner in value)
        case "not":
            return not passes(value, event)
    raise AssertionError(dialect)


def cloud_event(key: EventKey) -> dict[str, str]:
    values = {
        "type": f"oncue.{key.event}",
        "channel": key.channel,
        "instance": key.instance,
        "participanttype": key.participant_type,
        "messagetype": key.message_type,
    }
    return {name: value for name, value in values.items() if value is not None}


def triggers_of(workspace: Workspace, names: Names | None = None) -> dict[str, dict[str, Any]]:
    (text,) = exported("knative", workspace, names).files.values()
    return {each["metadata"]["name"]: each for each in json.loads(text)["items"]}


@thorough
@given(workspaces)
def test_filters_match_what_the_report_says(workspace: Workspace) -> None:
    triggers = triggers_of(workspace)

    def fires(each: Flow, key: EventKey) -> bool:
        trigger = triggers.get(f"{each.id}-flow")
        return trigger is not None and all(passes(part, cloud_event(key)) for part in trigger["spec"]["filters"])

    check_rules(exported("knative", workspace), fires)


def test_names_are_those_of_kubernetes() -> None:
    (name,) = triggers_of(workspace_of([flow("a-")]))
    assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", name)


def test_where_events_come_from_and_go_to_are_settings() -> None:
    names = Names("knative", {"settings": {"broker": "inbox", "uri": "http://flows.example/"}})
    (trigger,) = triggers_of(workspace_of([flow("a")]), names).values()
    assert trigger["spec"]["broker"] == "inbox"
    assert trigger["spec"]["subscriber"] == {"uri": "http://flows.example/"}


def test_a_disabled_flow_is_left_out_and_reported() -> None:
    (loss,) = exported("knative", workspace_of([flow("a", enabled=False)])).losses
    assert [each.field for each in loss.unsaid] == ["enabled"]
    assert not loss.widens


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    assert len(triggers_of(hostile(name))) == 4
    assert all(
        value.isprintable()
        for each in triggers_of(hostile(name)).values()
        for value in each["metadata"]["annotations"].values()
    )
