"""What is not as expected of one event of a scenario, as rows of text that are safe to print."""

from collections.abc import Iterator, Sequence

from oncue.cli.output.explanation_rows import explanation_rows
from oncue.domain.vocabulary import DELIVERIES, Delivery
from oncue.domain.wording import place
from oncue.domain.workspace import Workspace
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.transcript import event_words
from oncue.text import counted, visible
from oncue.workbench.expectations import (
    Missing,
    TextDifference,
    advice_on,
    event_of,
    explain_missing,
    explain_unexpected,
    text_differences,
)

SHORT = 240
"""Characters of a sentence in which two texts are compared at a glance."""
AROUND = 40
"""Characters that are shown on either side of the first difference."""
LONGEST = 1_800
"""Characters of one text that are shown in full; the first difference is shown in any case."""
MOST = 20
"""Texts of each side that are shown in full."""


def failure_rows(result: ScenarioResult, workspace: Workspace) -> Iterator[str]:
    """Each event that did not have the expected result, with the differences below it."""
    for each in result.failed:
        yield event_line(each, result.scenario.delivery, workspace)
        yield from (f"  {row}" for row in difference_rows(each, workspace, result.events))


def event_line(result: EventResult, delivery: Delivery, workspace: Workspace) -> str:
    """``event 2, delivered late: Contact Jane wrote: "hi" · WhatsApp · Support · c-1``."""
    event = event_of(result, workspace)
    # The words about a new conversation say where it is.
    created = event.event == "conversation_created"
    where = "" if created else place(event.channel, event.instance, workspace.config)
    parts = (event_words(event, workspace), where, result.conversation)
    when = result.event.delivery or delivery
    number = f"{result.number}" if when == "once" else f"{result.number}, delivered {DELIVERIES[when].label.lower()}"
    return f"event {number}: {' · '.join(visible(part) for part in parts if part)}"


def difference_rows(result: EventResult, workspace: Workspace, others: Sequence[EventResult] = ()) -> list[str]:
    """What is not as expected, each difference with its reasons; ``others`` are the events of the same scenario."""
    if result.refusal is not None:
        return [f"✗ {visible(sentence)}" for sentence in result.differences]
    rows: list[str] = []
    if result.missing or result.unexpected:
        rows += (f"expected  {_ids(result.expected)}", f"started   {_ids(result.fired)}")
    for missing in explain_missing(result, workspace):
        rows += (f"✗ {missing.flow_id} was expected and did not start", *_reason_rows(missing, result, others))
    for explanation in explain_unexpected(result, workspace):
        advice = advice_on(explanation, result, others)
        rows += (f"✗ {explanation.flow.id} started and was not expected", *explanation_rows(explanation, advice))
    return [*rows, *_effect_rows(result)]


def _reason_rows(missing: Missing, result: EventResult, others: Sequence[EventResult]) -> list[str]:
    if missing.reason is not None or missing.explanation is None:
        return [f"      {visible(missing.reason or '')}"]
    return explanation_rows(missing.explanation, advice_on(missing.explanation, result, others))


def _effect_rows(result: EventResult) -> Iterator[str]:
    texts = text_differences(result)
    for sentence in result.differences[len(result.missing) + len(result.unexpected) :]:
        long = next((each for each in texts if sentence.startswith(each.sentence)), None)
        if long is None or len(sentence) <= SHORT:
            yield f"✗ {visible(sentence)}"
        else:
            yield from _text_rows(long)


def _text_rows(difference: TextDifference) -> Iterator[str]:
    """Where two long lists of texts differ first, then both in full."""
    sides = (("expected", difference.expected), (difference.past, difference.found))
    number, at = difference.first + 1, difference.at
    wanted, found = len(difference.expected), len(difference.found)
    counts = f"{difference.sentence}{counted(wanted, 'text')}, {difference.past} {found:,}"
    yield f"✗ {counts}; the first difference is in text {number} at character {at + 1:,}:"
    for side, texts in sides:
        yield f"      {side:8}  {_excerpt(texts[number - 1], at) if number <= len(texts) else 'nothing'}"
    for side, texts in sides:
        yield from (f"      {side} {n}: {visible(text, LONGEST)}" for n, text in enumerate(texts[:MOST], 1))
        if len(texts) > MOST:
            yield f"      {side}: and {len(texts) - MOST:,} more"


def _excerpt(text: str, at: int) -> str:
    start, end = max(at - AROUND, 0), at + AROUND
    shown = visible(text[start:end], 20 * AROUND)
    return f'"{"…" if start else ""}{shown}{"…" if end < len(text) else ""}"'


def _ids(flow_ids: tuple[str, ...] | None) -> str:
    return ", ".join(flow_ids or ()) or "nothing"
