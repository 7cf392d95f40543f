"""What is not as expected of one event of a scenario, as rows of text that are safe to print."""

from oncue.cli.output.explanation_rows import explanation_rows
from oncue.domain.vocabulary import DELIVERIES, Delivery
from oncue.domain.wording import place
from oncue.domain.workspace import Workspace
from oncue.simulation.results import EventResult
from oncue.simulation.transcript import event_words
from oncue.text import visible
from oncue.workbench.expectations import Missing, event_of, explain_missing, explain_unexpected


def event_line(result: EventResult, delivery: Delivery, workspace: Workspace) -> str:
    """``event 2, delivered late: Contact Jane wrote: "hi" · WhatsApp · Support · c-1``."""
    event = event_of(result, workspace)
    where = place(event.channel, event.instance, workspace.config)
    parts = (event_words(event, workspace), where, result.conversation)
    when = result.event.delivery or delivery
    number = f"{result.number}" if when == "once" else f"{result.number}, delivered {DELIVERIES[when].label.lower()}"
    return f"event {number}: {' · '.join(visible(part) for part in parts if part)}"


def difference_rows(result: EventResult, workspace: Workspace) -> list[str]:
    """What is not as expected, each difference with its reasons."""
    if result.refusal is not None:
        return [f"✗ {visible(sentence)}" for sentence in result.differences]
    rows: list[str] = []
    effects = result.differences[len(result.missing) + len(result.unexpected) :]
    if result.missing or result.unexpected:
        rows += (f"expected  {_ids(result.expected)}", f"started   {_ids(result.fired)}")
    for missing in explain_missing(result, workspace):
        rows += (f"✗ {missing.flow_id} was expected and did not start", *_reason_rows(missing))
    for explanation in explain_unexpected(result, workspace):
        fits = (f"{clause} {actual}" for clause, expected, actual, _ in explanation.clauses[1:] if expected != "any")
        rows.append(f"✗ {explanation.flow.id} started and was not expected")
        rows.append(f"      it matched on {visible(', '.join(fits))}")
    return [*rows, *(f"✗ {visible(sentence)}" for sentence in effects)]


def _reason_rows(missing: Missing) -> list[str]:
    if missing.reason is not None or missing.explanation is None:
        return [f"      {visible(missing.reason or '')}"]
    return explanation_rows(missing.explanation, failed_only=True)


def _ids(flow_ids: tuple[str, ...] | None) -> str:
    return ", ".join(flow_ids or ()) or "nothing"
