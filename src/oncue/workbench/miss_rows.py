"""The rows of the simulator that say why flows did not run on an event, in the words of the form.

Of the open flow two lines say what turned it away and which edit would let it run; all others are counted in one.
On request every flow is explained: the open one first, then the others, the nearest first, then those that ran.
"""

from collections.abc import Iterator

from oncue.domain.flows import Flow
from oncue.matching.explain import Explanation, explain, nearest_first
from oncue.matching.suggested_edits import SuggestedEdit
from oncue.simulation.results import EventResult
from oncue.simulation.trace import Trace
from oncue.text import visible
from oncue.workbench.condition_forms import FORMS
from oncue.workbench.expectations import explain_missing, explain_unexpected
from oncue.workbench.explanation_words import clause_label, clause_words, consequences
from oncue.workbench.rows import MISSED, Row, rows_of
from oncue.workbench.spans import Line, line
from oncue.workbench.state import State

EXPLAINED = 200
"""Flows that are explained at most."""

WORDS = 600
"""Characters of one line which are shown."""

NEAR = 2
"""Clauses that may turn the open flow away for this to be said at length; else its turn is far off."""


def missed_rows(state: State, result: EventResult, width: int, explained: bool, last: bool) -> list[Row]:
    """Which flows did not run on an event, and why; of all of them if it is ``explained``."""
    return list(_missed(state, result, width, explained, last))


def _missed(state: State, result: EventResult, width: int, explained: bool, last: bool) -> Iterator[Row]:
    trace, number = result.trace, result.number
    if trace is None:
        return
    opened = state.flow
    ran = set(trace.matched)
    if explained and not trace.fires:
        spans = line("  ", ("✗ ", "error"), ("no flow can run: ", "muted"), (trace.note, ""))
        yield from rows_of(Row(spans, number, MISSED), width, 4)
        return
    if explained:
        yield from _all_explained(state, trace, number, width)
        return
    told: set[str] = set()
    for explanation in _unlike_expected(state, result):
        told.add(explanation.flow.id)
        yield from explanation_rows(explanation, number, width)
    if opened is not None and opened.id not in ran | told:
        explanation = explain(opened, trace.event, state.workspace.config, trace.known)
        if not trace.fires:
            yield from _silent_rows(opened, trace.note, number, width)
        elif last and len(explanation.failed) <= NEAR:
            yield from explanation_rows(explanation, number, width)
        else:
            yield _short_row(explanation, number)
        told.add(opened.id)
    others = len(state.workspace.flows) - len(ran) - len(told - ran)
    if others:
        word = f"{'other' if others == 1 else 'others'} " if told - ran else ""
        spans = line("  ", (f"{others:,} {word}did not run", "muted"), ("  w", "accent"))
        yield Row(spans, number, MISSED, more=True)


def _all_explained(state: State, trace: Trace, number: int, width: int) -> Iterator[Row]:
    """Why each flow ran or did not."""
    flows, config, known = state.workspace.flows, state.workspace.config, trace.known
    opened, ran = state.session.selected, frozenset(trace.matched)
    others = nearest_first(explain(flow, trace.event, config, known) for flow in flows.values() if flow.id not in ran)
    found = sorted(others, key=lambda each: each.flow.id != opened)
    found += [explain(flows[flow_id], trace.event, config, known) for flow_id in trace.matched if flow_id in flows]
    for explanation in found[:EXPLAINED]:
        yield from explanation_rows(explanation, number, width)
    if len(found) > EXPLAINED:
        yield Row(line(("    … ", "muted"), (f"{len(found) - EXPLAINED:,} more", "muted")), number, MISSED)


def _unlike_expected(state: State, result: EventResult) -> Iterator[Explanation]:
    """The flows that ran and should not, and those that should and did not, where their clauses say why."""
    for missing in explain_missing(result, state.workspace):
        if missing.explanation is not None and missing.reason is None:
            yield missing.explanation
    yield from explain_unexpected(result, state.workspace)


def explanation_rows(explanation: Explanation, number: int, width: int, key_of_edit: str = "t ") -> Iterator[Row]:
    """Which flow, each clause that turned it away or is open to all, and the edits that would change the answer.

    ``key_of_edit`` stands before each edit: the key that applies it, where there is one.
    """
    flow, config, ran = explanation.flow, explanation.config, explanation.matched
    telling = [clause for clause in explanation.clauses if (clause.open if ran else not clause.ok)]
    key = telling[0].clause if telling else "event"
    mark = ("✓ ", "success") if ran else ("? ", "warning") if explanation.depends_on else ("✗ ", "error")

    def said(spans: Line, indent: int, where: str = key) -> Iterator[Row]:
        return rows_of(Row(spans, number, MISSED, flow.id, where), width, indent)

    yield from said(line("  ", mark, (flow.name, "")), 4)
    for clause in telling:
        name, words = clause_words(clause, flow, config)
        yield from said(line("    ", (f"{name}: ", "accent"), (words, "muted")), 6, clause.clause)
    if explanation.depends_on:
        for state in (f"would run if {explanation.runs_if}", f"would not run if {explanation.not_if}"):
            yield from said(line("    ", (visible(state, WORDS), "muted")), 6)
    if reason := explanation.no_edit:
        yield from said(line("    ", (f"no edit can make it run: {visible(reason.spoken, WORDS)}", "muted")), 6)
    for edit in explanation.edits:
        yield from _edit_rows(explanation, edit, number, width, key, key_of_edit)


def _edit_rows(
    explanation: Explanation, edit: SuggestedEdit, number: int, width: int, key: str, key_of_edit: str
) -> Iterator[Row]:
    spans = line(
        "    ",
        (key_of_edit, "accent"),
        ("to keep it off: " if explanation.matched else "", "muted"),
        (edit.spoken, ""),
        (f" ({consequences(edit, explanation.config, False, _condition)})", "muted"),
    )
    row = Row(spans, number, MISSED, edit.flow.id, key, edit=edit.flow, says=edit.spoken)
    yield from rows_of(row, width, 6)


def _condition(key: str) -> str:
    """What the form calls a condition."""
    return f"“{FORMS[key].label}”"


def _silent_rows(flow: Flow, reason: str, number: int, width: int) -> Iterator[Row]:
    """That the open flow did not run because the event starts no flow, whatever its clauses say."""
    words = line("  ", ("✗ ", "error"), (f"{flow.name} did not run: ", "muted"), (reason, "accent"))
    yield from rows_of(Row(words, number, MISSED, flow.id), width, 4)


def _short_row(explanation: Explanation, number: int) -> Row:
    """In one line which clauses turned the open flow away; at earlier events that is enough until ``w`` asks.

    The clauses come first, as they are what would be cut off behind a long name.
    """
    clauses = ", ".join(dict.fromkeys(clause_label(clause) for clause in explanation.failed))
    spans = line("  ", ("✗ ", "error"), (clauses, "accent"), (f" · {explanation.flow.name}", "muted"))
    return Row(spans, number, MISSED, explanation.flow.id, explanation.failed[0])
