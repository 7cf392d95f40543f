"""The rows of the simulator: a replay as lines to read, fold and choose from.

Under each event are the flows that ran and what their steps did, what differs from what was expected and from the
saved flows, and why; and why the open flow did not run. On request every flow is explained, those that ran included.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice

from oncue.domain.flows import Flow
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS
from oncue.domain.wording import actor
from oncue.matching.explain import Explanation, explain, nearest_first
from oncue.matching.suggested_edits import SuggestedEdit
from oncue.simulation.results import EventResult, in_turn
from oncue.simulation.timeline import Replay
from oncue.simulation.trace import Trace
from oncue.simulation.transcript import GLYPHS, LineKind, transcript
from oncue.simulation.transcript import Line as TranscriptLine
from oncue.simulation.transcript_diff import DiffLine, transcript_diff
from oncue.text import counted, visible
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.expectations import explain_missing, explain_unexpected
from oncue.workbench.explanation_words import actual_words, consequences, expected_words
from oncue.workbench.memo import Memo
from oncue.workbench.spans import Line, line, wrapped
from oncue.workbench.state import State

EXPLAINED = 200
"""Flows that are explained at most: those that ran, then those that did not, the nearest first."""

NEAR = 2
"""Clauses that may turn the open flow away for this to be said at length; else its turn is far off."""

LINES = 300
"""Lines of one event and all that it caused which are ever shown."""

WORDS = 600
"""Characters of one line of the transcript which are shown."""

DEEPEST = 6
"""Levels that are indented; a narrow pane has no room for more."""

_ROLES: Mapping[LineKind, tuple[str, str]] = {
    "event": ("accent", "strong"),
    "timer": ("accent", "strong"),
    "note": ("muted", "muted"),
    "flow": ("success", ""),
    "step": ("muted", "muted"),
    "idle": ("warning", "muted"),
    "loop": ("error", "error"),
    "limit": ("error", "error"),
    "skipped": ("muted", "muted"),
}
"""The roles of the glyph and of the words of each kind of line."""

Folds = Mapping[int, frozenset[int]]
"""By the number of an event: its lines under which nothing is shown. Line 0 is the event itself."""


_wrapped = lru_cache(4_096)(wrapped)
"""After an edit most lines say what they said before, and to break them costs more than all else here."""


@dataclass(frozen=True)
class Row:
    """A line of the screen: the event (its number) and the line of it that it belongs to, and where it leads.

    ``flow_id`` and ``key``: the place in a flow that it speaks of.
    ``more``: it counts what can be shown on request. ``edit``: the flow after the edit that the row suggests.
    """

    spans: Line
    number: int
    line: int = 0
    flow_id: str = ""
    key: str = ""
    more: bool = False
    edit: Flow | None = None


class TranscriptRows:
    """Makes the rows for one width, and keeps those of each event until something changes in it.

    Between two steps all results but one are the same objects, so that a step makes few rows in a long conversation.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self._happened: Memo[list[Row]] = Memo()
        self._missed: Memo[list[Row]] = Memo()

    def rows(self, state: State, explained: int | None, folds: Folds) -> list[Row]:
        """The rows of the conversation that is seen; of event ``explained`` why all other flows did not run."""
        replayed = state.replay
        if replayed is None:
            return []
        results = replayed.results
        old = _by_number(state.before)
        rows: list[Row] = []
        instances = replayed.simulation.workspace.config.by_id
        opened, flows = state.flow, state.workspace.flows
        several = len({result.conversation for result in results}) > 1
        conversation = None
        day = None
        for result, later in in_turn(results):
            now = result.at if later is None else later.at
            if now is not None and now.date() != day:
                if day is not None:
                    rows.append(Row(line((f"─ {now:%Y-%m-%d} ".ljust(self.width, "─"), "muted")), result.number))
                day = now.date()
            if several and result.conversation != conversation:
                conversation = result.conversation
                instance = instances.get(result.event.instance)
                heading = f"─ {conversation} · {instance.name if instance else ''} ".ljust(self.width, "─")
                rows.append(Row(line((heading, "muted")), result.number))
            folded = folds.get(result.number, frozenset())
            was = old.get(result.number)
            if later is not None:
                place = [each.trace for each in result.later].index(later)
                make = partial(_later_rows, state, result, was, place, self.width, folded)
                rows += self._happened.get((result.number, place, folded), (later, was), make)
                continue
            make = partial(_happened_rows, state, result, was, self.width, folded)
            rows += self._happened.get((result.number, -1, folded), (result, was), make)
            if 0 not in folded:
                key = (result.number, explained == result.number, result is results[-1])
                make = partial(_missed_rows, state, result, self.width, *key[1:])
                rows += self._missed.get(key, (result, opened, flows), make)
        return rows


def _by_number(replayed: Replay | None) -> dict[int, EventResult]:
    return {result.number: result for result in replayed.results} if replayed else {}


def _lines(traces: Iterable[Trace], state: State) -> list[TranscriptLine]:
    every = (each for trace in traces for each in transcript(trace, state.workspace))
    return list(islice((each for each in every if not _said_already(each)), LINES + 1))


def _said_already(entry: TranscriptLine) -> bool:
    """Whether it is an event that a step caused and that started nothing: the line of the step has said it."""
    trace = entry.trace
    return entry.kind == "event" and trace.cause is not None and not (trace.children or trace.matched or trace.note)


def _happened_rows(
    state: State, result: EventResult, old: EventResult | None, width: int, folded: frozenset[int]
) -> list[Row]:
    """What came of an event, and whether that was expected."""
    return [*_event_rows(state, result, old, width, folded), *_verdict_rows(result, width)]


def _event_rows(
    state: State, result: EventResult, old: EventResult | None, width: int, folded: frozenset[int]
) -> Iterator[Row]:
    """What came of an event; with what the saved flows would have done, where that is otherwise."""
    if result.trace is None:
        yield from _refused_rows(result, width)
    else:
        was = _lines(old.deliveries, state) if old is not None and old.trace is not None else None
        yield from _transcript_rows(result, transcript_diff(was, _lines(result.deliveries, state)), width, folded)
        for place in range(len(result.later), len(old.later) if old is not None else 0):
            gone = transcript_diff(_later_lines(old, place, state), ())
            yield from _transcript_rows(result, gone, width, folded, _first_line(place))


def _later_rows(
    state: State, result: EventResult, old: EventResult | None, place: int, width: int, folded: frozenset[int]
) -> list[Row]:
    """What a flow did when it went on after a wait; ``place`` is which of those of the event."""
    was = _later_lines(old, place, state)
    entries = transcript_diff(was, _later_lines(result, place, state) or ())
    first = _first_line(place)
    return list(_transcript_rows(result, entries, width, folded | {first} if 0 in folded else folded, first))


def _later_lines(result: EventResult | None, place: int, state: State) -> list[TranscriptLine] | None:
    """The lines of a flow of ``result`` that went on; ``None`` without a result, and none if it did not go on."""
    return None if result is None else _lines((each.trace for each in result.later[place : place + 1]), state)


def _first_line(place: int) -> int:
    """The number of the first line of a flow that went on, behind all that the event itself may have."""
    return (place + 1) * 10 * LINES


def _transcript_rows(
    result: EventResult, entries: list[DiffLine], width: int, folded: frozenset[int], first: int = 0
) -> Iterator[Row]:
    hidden_below: int | None = None
    for index, entry in enumerate(entries[:LINES]):
        depth = entry.line.depth
        if hidden_below is not None and depth > hidden_below:
            continue
        hidden_below = None
        inside = 0
        if first + index in folded:
            behind = (number for number in range(index + 1, len(entries)) if entries[number].line.depth <= depth)
            inside = next(behind, len(entries)) - index - 1
            if index == 0:  # the whole event is folded, with its second delivery
                inside, depth = len(entries) - 1, -1
            hidden_below = depth
        yield from _line_rows(result, entry, first + index, inside, width)
    if len(entries) > LINES and hidden_below is None:
        yield Row(line("  ", ("… and more; only the first are shown", "muted")), result.number)


def _line_rows(result: EventResult, entry: DiffLine, index: int, inside: int, width: int) -> Iterator[Row]:
    spoken, mark = entry.line, entry.mark
    glyph, (glyph_role, role) = GLYPHS[spoken.kind], _ROLES[spoken.kind]
    if spoken.kind == "event":
        glyph, glyph_role = EVENT_LOOKS[spoken.trace.event.event].mark
    indent = "  " * min(spoken.depth, DEEPEST)
    at = spoken.trace.at
    outermost = spoken.kind in ("event", "timer") and not spoken.depth
    clock = f"{at:%H:%M} " if at is not None and outermost else ""
    before = (f"{mark} ", "success" if mark == "+" else "error") if mark else (indent, "")
    if mark:
        indent = max(indent, "  ")
        before = (before[0] + indent[2:], before[1])
    gone = mark == "-"
    fault = result.event.delivery
    kind = (
        f"  {DELIVERIES[fault].label.lower()}"
        if outermost and spoken.kind == "event" and fault not in (None, "once")
        else ""
    )
    spans = line(
        before,
        (clock, "muted"),
        (f"{glyph} ", "muted" if gone else glyph_role),
        (visible(spoken.words, WORDS), "muted" if gone else role),
        (kind, "warning"),
        (f"  ▸ {counted(inside, 'line')}" if inside else "", "accent"),
    )
    for each in _wrapped(spans, width, len(indent) + 2):
        yield Row(each, result.number, index, spoken.flow_id or "")


def _refused_rows(result: EventResult, width: int) -> Iterator[Row]:
    happened = f"{actor(result.event.as_event)}: {EVENT_KINDS[result.event.event].label}"
    yield from _rows(result.number, line(("⊘ ", "error"), (happened, "muted")), width, 2)
    yield from _rows(result.number, line("  ", (result.refusal or "", "error")), width, 4)


def _verdict_rows(result: EventResult, width: int) -> Iterator[Row]:
    """Whether what was expected came; nothing where nothing was."""
    if result.waits and result.checked:
        words = f"{counted(result.waits, 'flow')} {'waits' if result.waits == 1 else 'wait'}; checked when all is done"
        yield from _rows(result.number, line("  ", (f"{GLYPHS['timer']} {words}", "muted")), width, 4)
        return
    if result.checked and result.ok:
        yield Row(line("  ", ("✓ as expected", "success")), result.number)
    for difference in result.differences if result.trace is not None else ():
        yield from _rows(result.number, line("  ", ("✗ ", "error"), (visible(difference, WORDS), "error")), width, 4)


def _missed_rows(state: State, result: EventResult, width: int, explained: bool, last: bool) -> list[Row]:
    """Which flows did not run on an event, and why."""
    return list(_missed(state, result, width, explained, last))


def _missed(state: State, result: EventResult, width: int, explained: bool, last: bool) -> Iterator[Row]:
    trace, number = result.trace, result.number
    if trace is None:
        return
    opened = state.flow
    ran = set(trace.matched)
    if explained and not trace.fires:
        yield from _rows(
            number, line("  ", ("✗ ", "error"), ("no flow can run: ", "muted"), (trace.note, "")), width, 4
        )
        return
    if explained:
        yield from _all_explained(state, trace, number, width)
        return
    told: set[str] = set()
    for explanation in _unlike_expected(state, result):
        told.add(explanation.flow.id)
        yield from _explanation_rows(explanation, number, width)
    others_count = len(state.workspace.flows) - len(ran)
    if opened is not None and opened.id not in ran | told:
        explanation = explain(opened, trace.event, state.workspace.config, trace.known)
        if not trace.fires:
            yield from _silent_rows(opened, trace.note, number, width)
        elif last and len(explanation.failed) <= NEAR:
            yield from _explanation_rows(explanation, number, width)
        else:
            yield _failed_row(explanation, number)
        told.add(opened.id)
    others_count -= len(told - ran)
    if others_count:
        which = "others" if told - ran else "flows"
        words = f"{others_count:,} {which if others_count > 1 else which[:-1]} did not run"
        yield Row(
            line("  ", ("✗ ", "muted"), (words, "muted"), (" · w", "accent"), (" why", "muted")), number, more=True
        )


def _all_explained(state: State, trace: Trace, number: int, width: int) -> Iterator[Row]:
    """Why each flow ran or did not."""
    flows, config, ran = state.workspace.flows, state.workspace.config, frozenset(trace.matched)
    known = trace.known
    found = [explain(flows[flow_id], trace.event, config, known) for flow_id in trace.matched if flow_id in flows]
    others = (flow for flow in flows.values() if flow.id not in ran)
    found += nearest_first(explain(flow, trace.event, config, known) for flow in others)
    for explanation in found[:EXPLAINED]:
        yield from _explanation_rows(explanation, number, width, titled=False)
    if len(found) > EXPLAINED:
        yield Row(line(("    … ", "muted"), (f"{len(found) - EXPLAINED:,} more", "muted")), number)


def _unlike_expected(state: State, result: EventResult) -> Iterator[Explanation]:
    """The flows that ran and should not, and those that should and did not, where their clauses say why."""
    for missing in explain_missing(result, state.workspace):
        if missing.explanation is not None and missing.reason is None:
            yield missing.explanation
    yield from explain_unexpected(result, state.workspace)


def _rows(number: int, spans: Line, width: int, indent: int, flow_id: str = "", key: str = "") -> Iterator[Row]:
    for each in _wrapped(spans, width, indent):
        yield Row(each, number, 0, flow_id, key)


def _explanation_rows(explanation: Explanation, number: int, width: int, titled: bool = True) -> Iterator[Row]:
    """Which flow, each clause that turned it away or is open to all, and the edits that would change the answer."""
    flow, config, ran = explanation.flow, explanation.config, explanation.matched
    telling = [clause for clause in explanation.clauses if (clause.open if ran else not clause.ok)]
    key = telling[0].clause if telling else "event"
    outcome = f" {'ran' if ran else 'did not run'}" if titled else ""
    mark = ("✓ ", "success") if ran else ("✗ ", "error")
    yield from _rows(number, line("  ", mark, (f"{flow.name}{outcome}", "")), width, 4, flow.id, key)
    for clause in telling:
        wants = f"{'open to' if clause.open else 'expects'} {expected_words(clause, config)}"
        words = (f": {wants}, got {actual_words(clause, config)}", "muted")
        spans = line("    ", (clause.clause.replace("_", " "), "accent"), words)
        yield from _rows(number, spans, width, 6, flow.id, clause.clause)
    if explanation.depends_on:
        for state in (f"would run if {explanation.runs_if}", f"would not run if {explanation.not_if}"):
            yield from _rows(number, line("    ", (visible(state, WORDS), "muted")), width, 6, flow.id, key)
    if reason := explanation.no_edit:
        yield from _rows(number, line("    ", (f"no edit can make it run: {reason}", "muted")), width, 6, flow.id, key)
    for edit in explanation.edits:
        yield from _edit_rows(explanation, edit, number, width, key)


def _edit_rows(explanation: Explanation, edit: SuggestedEdit, number: int, width: int, key: str) -> Iterator[Row]:
    words = line(
        "    ",
        ("to keep it off: " if explanation.matched else "to make it run: ", "success"),
        (edit.spoken, ""),
        (f" ({consequences(edit, explanation.config, examples=False)})", "muted"),
        (" · t", "accent"),
        (" takes it", "muted"),
    )
    for row in _rows(number, words, width, 6, edit.flow.id, key):
        yield replace(row, edit=edit.flow)


def _silent_rows(flow: Flow, reason: str, number: int, width: int) -> Iterator[Row]:
    """That the open flow did not run because the event starts no flow, whatever its clauses say."""
    words = line("  ", ("✗ ", "error"), (f"{flow.name} did not run: ", "muted"), (reason, "accent"))
    yield from _rows(number, words, width, 4, flow.id)


def _failed_row(explanation: Explanation, number: int) -> Row:
    """In one line which clauses turned the open flow away; at earlier events that is enough until ``w`` asks."""
    clauses = ", ".join(clause.replace("_", " ") for clause in explanation.failed)
    words = (f"{explanation.flow.name} did not run: ", "muted")
    spans = line("  ", ("✗ ", "error"), words, (clauses, "accent"))
    return Row(spans, number, 0, explanation.flow.id, explanation.failed[0])
