"""Patterns are evaluated over the whole event space: by a small evaluator, and by moto's, which nobody here wrote."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import HOSTILE, check_rules, event_json, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.errors import ExportError
from oncue.exporters.eventbridge import logical_id
from oncue.exporters.names import Names
from oncue.exporters.registry import Outcome

Engine = Callable[[dict[str, Any], dict[str, Any]], bool]


def matches(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    """Keys are anded, alternatives ored: what AWS documents of the parts that are used."""

    def fits(wanted: Any, found: Any) -> bool:
        if isinstance(wanted, dict):
            return all(fits(each, found.get(key) if isinstance(found, dict) else None) for key, each in wanted.items())
        return any(found is None if each == {"exists": False} else found == each for each in wanted)

    return fits(pattern, event)


def on_the_bus(key: EventKey) -> dict[str, Any]:
    return {"source": "oncue", "detail-type": key.event, "detail": event_json(key)}


def rules_of(outcome: Outcome) -> dict[str, dict[str, Any]]:
    (text,) = outcome.files.values()
    template: dict[str, Any] = json.loads(text)
    return {name: each["Properties"] for name, each in template["Resources"].items()}


def check(workspace: Workspace, engine: Engine) -> None:
    outcome = exported("eventbridge", workspace)
    rules = rules_of(outcome)

    def fires(each: Flow, key: EventKey) -> bool:
        rule = rules.get(logical_id(each.id))
        return rule is not None and rule["State"] == "ENABLED" and engine(rule["EventPattern"], on_the_bus(key))

    check_rules(outcome, fires)


@thorough
@given(workspaces)
def test_patterns_match_what_the_report_says(workspace: Workspace) -> None:
    check(workspace, matches)


@thorough
@given(workspaces)
def test_patterns_by_the_engine_of_moto(workspace: Workspace) -> None:
    models = pytest.importorskip("moto.events.models")

    def engine(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
        raw = json.dumps(pattern)
        return bool(models.EventPattern(raw, models.EventPatternParser(raw).parse()).matches_event(event))

    check(workspace, engine)


def test_an_external_id_is_the_instance() -> None:
    each = flow("a", "message_created", instance="wa-1")
    (rule,) = rules_of(exported("eventbridge", workspace_of([each]))).values()
    assert rule["EventPattern"]["detail"]["instance"] == ["wa-1", "whatsapp:+447700900101"]


def test_replays_are_kept_out() -> None:
    (rule,) = rules_of(exported("eventbridge", workspace_of([flow("a", "message_created")]))).values()
    assert rule["EventPattern"]["replay-name"] == [{"exists": False}]


def test_bus_and_source_are_settings() -> None:
    names = Names("eventbridge", {"settings": {"bus": "inbox", "source": "acme.inbox"}})
    (rule,) = rules_of(exported("eventbridge", workspace_of([flow("a", "message_created")]), names)).values()
    assert (rule["EventBusName"], rule["EventPattern"]["source"]) == ("inbox", ["acme.inbox"])


def test_a_pattern_that_is_too_long_is_refused() -> None:
    crowded = replaced(CONFIG.instances[1], external_ids=tuple(f"{number:0100}" for number in range(25)))
    config = replaced(CONFIG, instances=(crowded,))
    with pytest.raises(ExportError, match=r"a\.toml: its pattern has 2,7.. characters"):
        exported("eventbridge", workspace_of([flow("a", "message_created", instance="wa-2")], config))


def test_names_within_the_template_never_clash() -> None:
    assert logical_id("a-b") != logical_id("ab")
    assert re.fullmatch("[A-Za-z0-9]+", logical_id("9-a-b"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    outcome = exported("eventbridge", hostile(name))
    assert all(
        each["Description"].isprintable() and len(each["Description"]) <= 512 for each in rules_of(outcome).values()
    )
