"""What came of one event of a scenario, and why it is not what was expected: as rows of text, and for JSON.

That a flow did not start is explained as ``oncue match --explain`` does it, by the clauses that fail and the
nearest edit. There are other reasons: its file cannot be read, it is no flow, or the event starts none at all.
"""

from typing import Any, NamedTuple

from oncue.cli.output.match_output import clause_row, edit_row, explanation_json
from oncue.domain.events import Event
from oncue.domain.paths import flow_file
from oncue.domain.plain import as_plain
from oncue.domain.values import replaced
from oncue.domain.vocabulary import DELIVERIES, Delivery
from oncue.domain.wording import place
from oncue.domain.workspace import Workspace
from oncue.errors import did_you_mean
from oncue.matching.explain import Explanation, explain
from oncue.simulation.results import EventResult
from oncue.simulation.transcript import event_words
from oncue.text import visible


class Missing(NamedTuple):
    """Why ``flow_id`` was expected and did not start: clauses that fail, or a ``reason`` that is none of them."""

    flow_id: str
    reason: str | None = None
    explanation: Explanation | None = None


def event_of(result: EventResult, workspace: Workspace) -> Event:
    """The event as it happened; one that could not happen with the channel of its instance."""
    if result.trace is not None:
        return result.trace.event
    instance = workspace.config.by_id.get(result.event.instance)
    return replaced(result.event.as_event, channel=instance.channel if instance else None)


def event_line(result: EventResult, delivery: Delivery, workspace: Workspace) -> str:
    """``event 2, delivered late: Contact Jane wrote: "hi" · WhatsApp · Support · c-1``, safe to print."""
    event = event_of(result, workspace)
    where = place(event.channel, event.instance, workspace.config)
    parts = (event_words(event, workspace), where, result.conversation)
    when = result.event.delivery or delivery
    number = f"{result.number}" if when == "once" else f"{result.number}, delivered {DELIVERIES[when].label.lower()}"
    return f"event {number}: {' · '.join(visible(part) for part in parts if part)}"


def difference_rows(result: EventResult, workspace: Workspace) -> list[str]:
    """What is not as expected, each difference with its reasons, safe to print."""
    if result.refusal is not None:
        return [f"✗ {visible(sentence)}" for sentence in result.differences]
    rows: list[str] = []
    effects = result.differences[len(result.missing) + len(result.unexpected) :]
    if result.missing or result.unexpected:
        rows += (f"expected  {_ids(result.expected)}", f"started   {_ids(result.fired)}")
    for missing in why_missing(result, workspace):
        rows += (f"✗ {missing.flow_id} was expected and did not start", *_reason_rows(missing))
    for explanation in why_unexpected(result, workspace):
        fits = (f"{clause} {actual}" for clause, expected, actual, _ in explanation.clauses[1:] if expected != "any")
        rows.append(f"✗ {explanation.flow.id} started and was not expected")
        rows.append(f"      it matched on {visible(', '.join(fits))}")
    return [*rows, *(f"✗ {visible(sentence)}" for sentence in effects)]


def event_json(result: EventResult, delivery: Delivery, workspace: Workspace) -> dict[str, Any]:
    """What came of one event, for JSON. ``delivery`` is that of the scenario."""
    effects, expected_effects = result.effects, result.event.expect_effects
    return {
        "number": result.number,
        "conversation": result.conversation or None,
        "event": as_plain(event_of(result, workspace)),
        "delivery": result.event.delivery or delivery,
        "refusal": result.refusal,
        "matched": result.fired,
        "expected": result.expected,
        "missing": [_missing_json(each) for each in why_missing(result, workspace)],
        "unexpected": [_unexpected_json(each) for each in why_unexpected(result, workspace)],
        "effects": effects._asdict(),
        "expected_effects": expected_effects and as_plain(expected_effects),
        "ok": result.ok,
        "differences": result.differences,
    }


def why_missing(result: EventResult, workspace: Workspace) -> list[Missing]:
    """Each flow that was expected and did not start, with the reason."""
    return [_why(flow_id, result, workspace) for flow_id in result.missing]


def why_unexpected(result: EventResult, workspace: Workspace) -> list[Explanation]:
    """Each flow that started and was not expected, with its clauses, which all hold."""
    return [
        explain(workspace.flows[flow_id], event_of(result, workspace), workspace.config)
        for flow_id in result.unexpected
    ]


def _why(flow_id: str, result: EventResult, workspace: Workspace) -> Missing:
    if flow_id not in workspace.flows:
        for problem in workspace.problems:
            if problem.file == flow_file(flow_id):
                return Missing(flow_id, f"its file cannot be used: {problem}")
        return Missing(flow_id, f"there is no flow {flow_id!r}; {did_you_mean(flow_id, workspace.flows)}")
    if result.trace is None:
        return Missing(flow_id, "the event cannot happen")
    explanation = explain(workspace.flows[flow_id], result.trace.event, workspace.config)
    # If all clauses hold and yet it did not start, the event starts no flow at all, and its note says why.
    return Missing(flow_id, result.trace.note if explanation.matched else None, explanation)


def _reason_rows(missing: Missing) -> list[str]:
    if missing.reason is not None or missing.explanation is None:
        return [f"      {visible(missing.reason or '')}"]
    failing = (clause_row(clause) for clause in missing.explanation.clauses if not clause.ok)
    return [*failing, edit_row(missing.explanation)]


def _missing_json(missing: Missing) -> dict[str, Any]:
    explained = explanation_json(missing.explanation) if missing.explanation else {"clauses": [], "nearest_edit": None}
    return {"flow": missing.flow_id, "reason": missing.reason, **explained}


def _unexpected_json(explanation: Explanation) -> dict[str, Any]:
    return {"flow": explanation.flow.id, "clauses": [clause._asdict() for clause in explanation.clauses]}


def _ids(flow_ids: tuple[str, ...] | None) -> str:
    return ", ".join(flow_ids or ()) or "nothing"
