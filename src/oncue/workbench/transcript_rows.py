"""The rows of the simulator: a replay as lines to read, fold and choose from.

Under each event are the flows that ran and what their steps did, what differs from what was expected and from the
saved flows, and why; and why the open flow did not run. On request every flow is explained, those that ran included.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice

from oncue.domain.steps import SendMessage
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS
from oncue.domain.wording import actor
from oncue.simulation.results import EventResult, in_turn
from oncue.simulation.timeline import Replay
from oncue.simulation.trace import Trace
from oncue.simulation.transcript import GLYPHS, LineKind, transcript
from oncue.simulation.transcript import Line as TranscriptLine
from oncue.simulation.transcript_diff import DiffLine, transcript_diff
from oncue.text import counted, visible
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.explanation_words import refusal_in_app
from oncue.workbench.memo import Memo
from oncue.workbench.miss_rows import missed_rows
from oncue.workbench.rows import Row, broken, rows_of
from oncue.workbench.scenario_standings import differences_by_name
from oncue.workbench.spans import Span, line, width_of
from oncue.workbench.state import State

LINES = 300
"""Lines of one event and all that it caused which are ever shown."""

WORDS = 600
"""Characters of one line of the transcript which are shown."""

VERDICT = -2
"""The line of an event that the rows about what was expected belong to."""

WIDE = 60
"""Cells from which on a level is indented by two."""

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
                make = partial(missed_rows, state, result, self.width, *key[1:])
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
    return [*_event_rows(state, result, old, width, folded), *_verdict_rows(state, result, width)]


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
    indent = (1 if width < WIDE else 2) * min(spoken.depth, DEEPEST)
    at = spoken.trace.at
    outermost = spoken.kind in ("event", "timer") and not spoken.depth
    clock = f"{at:%H:%M} " if at is not None and outermost else ""
    before = (" " * indent, "")
    if mark:
        indent = max(indent, 2)
        before = (f"{mark} ".ljust(indent), "success" if mark == "+" else "error")
    gone = mark == "-"
    fault = result.event.delivery
    kind = (
        f"  {DELIVERIES[fault].label.lower()}"
        if outermost and spoken.kind == "event" and fault not in (None, "once")
        else ""
    )
    words, written = _parts(spoken)
    lead = line(before, (clock, "muted"), (f"{glyph} ", "muted" if gone else glyph_role))
    after = line((kind, "warning"), (f"  ▸ {counted(inside, 'line')}" if inside else "", "accent"))
    said = (visible(words, WORDS), "muted" if gone else role)
    row = Row((), result.number, index, spoken.flow_id or "")
    if not written:
        yield from rows_of(replace(row, spans=(*lead, said, *after)), width, indent + 2)
        return
    bubble = (f" {visible(written, WORDS)} ", "muted" if gone else "bubble")
    inline = (*lead, said, (" ", ""), bubble, *after)
    if width_of(inline) <= width:
        yield replace(row, spans=inline)
        return
    yield from rows_of(replace(row, spans=(*lead, said, *after)), width, indent + 2)
    yield from _bubble_rows(row, bubble, indent + 2, width)


def _bubble_rows(row: Row, bubble: Span, indent: int, width: int) -> Iterator[Row]:
    """What was written, as a block on a ground of its own."""
    text, role = bubble
    lines = broken(line((text.strip(), role)), width - indent - 2)
    cells = max(map(width_of, lines))
    for spans in lines:
        padded = f" {''.join(part for part, _ in spans)} " + " " * (cells - width_of(spans))
        yield replace(row, spans=line(" " * indent, (padded, role)), continues=True)


def _parts(spoken: TranscriptLine) -> tuple[str, str]:
    """What a line says, with the names of flows and without their ids, and what was written, if anything was."""
    words, message = spoken.words, spoken.trace.event.message
    if spoken.kind in ("flow", "timer") and spoken.flow_id is not None:
        name = spoken.name or spoken.flow_id
        return (f"{name} continues" if spoken.kind == "timer" else name), ""
    if spoken.kind == "event" and message is not None:
        text = message.text or ""
        author = actor(spoken.trace.event)
        head = words.removesuffix(f': "{text}"') if text else words
        return f"{author}{head.removeprefix(f'{author} wrote')}", text
    if spoken.kind == "step" and isinstance(spoken.step, SendMessage) and words.startswith('sent "'):
        return "sent", words[6:].removesuffix('"')
    return words, ""


def _refused_rows(result: EventResult, width: int) -> Iterator[Row]:
    happened = f"{actor(result.event.as_event)}: {EVENT_KINDS[result.event.event].label}"
    yield from rows_of(Row(line(("⊘ ", "error"), (happened, "muted")), result.number), width, 2)
    yield from rows_of(Row(line("  ", (refusal_in_app(result.refusal or ""), "error")), result.number, 1), width, 4)


def _verdict_rows(state: State, result: EventResult, width: int) -> Iterator[Row]:
    """Whether what was expected came; nothing where nothing was."""
    if result.waits and result.checked:
        words = f"{counted(result.waits, 'flow')} {'waits' if result.waits == 1 else 'wait'}; checked when all is done"
        yield from rows_of(Row(line("  ", (f"{GLYPHS['timer']} {words}", "muted")), result.number, VERDICT), width, 4)
        return
    if result.checked and result.ok:
        yield Row(line("  ", ("✓ as expected", "success")), result.number, VERDICT)
    for difference in differences_by_name(result, state.workspace.flows) if result.trace is not None else ():
        spans = line("  ", ("✗ ", "error"), (visible(difference, WORDS), "error"))
        yield from rows_of(Row(spans, result.number, VERDICT), width, 4)
