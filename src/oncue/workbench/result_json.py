"""The results of scenarios as JSON values, for programs.

A transcript is a flat list of lines with their depth: cascades can be deeper than parsers allow objects to nest.
"""

from collections.abc import Sequence
from typing import Any

from oncue.domain.conversations import Conversation
from oncue.domain.plain import as_plain
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.matching.explain import Explanation
from oncue.simulation.results import EventResult
from oncue.simulation.transcript import Line
from oncue.workbench.expectations import Missing, advice_on, event_of, explain_missing, explain_unexpected
from oncue.workbench.json_values import explanation_json, problem_json
from oncue.workbench.scenario_outcome import ScenarioOutcome


def outcome_json(outcome: ScenarioOutcome, workspace: Workspace) -> dict[str, Any]:
    """How the test of a scenario ended."""
    selected, result = outcome.selected, outcome.result
    delivery, events = (result.scenario.delivery, result.events) if result else ("once", ())
    return {
        "id": selected.id,
        "name": result.scenario.name if result else None,
        "file": selected.file,
        "status": outcome.status,
        "problems": [problem_json(problem) for problem in outcome.problems],
        "events": [event_result_json(each, delivery, workspace, events) for each in events],
    }


def event_result_json(
    result: EventResult, delivery: Delivery, workspace: Workspace, others: Sequence[EventResult] = ()
) -> dict[str, Any]:
    """What came of one event. ``delivery`` is that of the scenario, ``others`` are its events."""
    effects, expected_effects = result.effects, result.event.expect_effects
    return {
        "number": result.number,
        "conversation": result.conversation or None,
        "event": as_plain(event_of(result, workspace)),
        "delivery": result.event.delivery or delivery,
        "refusal": result.refusal,
        "started": result.fired,
        "expected": result.expected,
        "expected_refusal": bool(result.event.expect_refusal),
        "missing": [_missing_json(each, result, others) for each in explain_missing(result, workspace)],
        "unexpected": [_explained_json(each, result, others) for each in explain_unexpected(result, workspace)],
        "effects": effects._asdict(),
        "expected_effects": expected_effects and as_plain(expected_effects),
        "ok": result.ok,
        "differences": result.differences,
    }


def line_json(line: Line) -> dict[str, Any]:
    """A line of a transcript, with the event, flow or step that it is about."""
    found: dict[str, Any] = {"depth": line.depth, "kind": line.kind, "words": line.words}
    if line.kind == "event":
        found |= {"event": as_plain(line.trace.event), "matched": line.trace.matched}
    if line.kind == "timer" and line.trace.at is not None:
        found["at"] = as_plain(line.trace.at)
    if line.flow_id is not None:
        found["flow"] = line.flow_id
    if line.step is not None:
        found["step"] = line.step.type
    return found


def conversation_json(now: Conversation) -> dict[str, Any]:
    """A conversation as it is now."""
    return {
        "id": now.id,
        "channel": now.channel,
        "instance": now.instance,
        "started": now.started,
        "open": now.open,
        "participants": [as_plain(each) for each in now.participants],
        "assignee": now.assignee,
        "attributes": dict(now.attributes),
        "messages": now.messages,
        "received": now.received,
        "notes": now.notes,
        "labels": now.labels,
    }


def _explained_json(
    explanation: Explanation | None, result: EventResult, others: Sequence[EventResult]
) -> dict[str, Any]:
    if explanation is None:
        return {"clauses": [], "edits": [], "no_edit": None}
    advice = advice_on(explanation, result, others)
    return {**explanation_json(explanation, advice.edits), "no_edit": advice.no_edit and advice.no_edit.words}


def _missing_json(missing: Missing, result: EventResult, others: Sequence[EventResult]) -> dict[str, Any]:
    explained = _explained_json(missing.explanation, result, others)
    if missing.reason is not None:
        explained["edits"] = []  # no edit of the trigger makes up for the reason
    return {"flow": missing.flow_id, "reason": missing.reason, **explained}
