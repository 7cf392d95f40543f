"""The events of a capture as rows of a list, and what is said of one of them: what it was, and why flows ran or not.

Flows are explained in the words of the simulator (`oncue.workbench.miss_rows`).
"""

from collections.abc import Iterator

from oncue.domain.workspace import Workspace
from oncue.matching.explain import explain, findings_about, nearest_first
from oncue.workbench.captured_events import DEPENDS, NOTHING, CapturedEvent, what, where, who
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.miss_rows import explanation_rows
from oncue.workbench.rows import MISSED, Row, rows_of
from oncue.workbench.spans import Line, fitted, line, width_of

_WIDE = 96
"""Cells from which on a row has the date, too, and more room for names."""
_NARROW = 66
"""Cells below which a row says less."""
_GAP = 2
"""Blank cells at least before the flows."""
_LEAST_TEXT = 8
"""Cells below which nothing is said of what was written."""
EXPLAINED = 40
"""Flows that are explained at most."""
_SHOWN = 4_000
"""Characters of a message that are shown."""


def event_row(captured: CapturedEvent, workspace: Workspace, marked: bool, width: int) -> Line:
    """When, what and by whom, where, what was written; at the right which flows it starts.

    Narrow rows have neither seconds nor where it was, and what was written only if more than a word has room.
    """
    event = captured.stated
    at = "" if event.at is None else event.at.isoformat(" ")
    look = EVENT_LOOKS[event.event]
    if width >= _WIDE:
        when, name, place, starts = (at[5:19], 15), 20, 18, 32
    elif width >= _NARROW:
        when, name, place, starts = (at[11:19], 9), 14, 11, 17
    else:
        when, name, place, starts = (at[11:16], 6), 14, 0, 17
    left: Line = (
        ("▌" if marked else " ", "accent"),
        *_column(*when, "muted"),
        look.mark,
        (" ", ""),
        *_column(who(event.participant), name),
        *_column(where(event, workspace.config), place, "muted"),
    )
    right = fitted(starts_line(captured, workspace), starts)
    room = width - width_of(right) - _GAP - 1
    text = what(event)[:_SHOWN] if room - width_of(left) >= _LEAST_TEXT else ""
    shown = fitted(line(*left, (text, "")), room)
    return (*shown, (" " * (room + _GAP - width_of(shown)), ""), *right, (" ", ""))


def _column(text: str, width: int, role: str = "") -> Line:
    if not width:
        return ()
    shown = fitted(line((text, role)), width - 1)
    return (*shown, (" " * (width - width_of(shown)), ""))


def starts_line(captured: CapturedEvent, workspace: Workspace) -> Line:
    """The names of the flows that it starts, or that it may start."""
    flows = workspace.flows
    runs = ", ".join(flows[flow_id].name for flow_id in captured.runs)
    depends = ", ".join(flows[flow_id].name for flow_id in captured.depends)
    if not runs and not depends:
        return line((NOTHING, "muted"))
    parts = [(f"→ {runs}", "success")] if runs else []
    parts += [("  " if runs else "", ""), (f"? {DEPENDS}: {depends}", "warning")] if depends else []
    return tuple(parts)


def detail_rows(captured: CapturedEvent, workspace: Workspace, width: int) -> list[Row]:
    """Everything that is known of an event, and why each flow ran or did not: those that ran first."""
    return list(_details(captured, workspace, width))


def _details(captured: CapturedEvent, workspace: Workspace, width: int) -> Iterator[Row]:
    stated, event, config, number = captured.stated, captured.event, workspace.config, captured.number
    look, message = EVENT_LOOKS[event.event], event.message

    def said(spans: Line, indent: int = 2) -> Iterator[Row]:
        return rows_of(Row(spans, number, MISSED), width, indent)

    at = "" if event.at is None else event.at.isoformat(" ")
    by = stated.participant
    facts = (
        who(by),
        "" if by is None or by.id is None or by.id in who(by) else by.id,
        where(stated, config),
        "" if event.conversation is None else f"conversation {event.conversation}",
        at,
        "" if event.id is None else event.id,
    )
    yield from said(
        line(look.mark, (f" {look.word} ", "strong"), (" · ".join(part for part in facts if part), "muted"))
    )
    if message is not None:
        yield from said(line("  ", (what(stated)[:_SHOWN], "strong")))
    for finding in findings_about(event, config):
        yield from said(line("  ", (finding.words, "warning")))
    flows, known = workspace.flows, captured.known
    first = [*captured.runs, *captured.depends]
    found = [explain(flows[flow_id], event, config, known) for flow_id in first]
    told = frozenset(first)
    found += nearest_first(explain(flow, event, config, known) for flow in flows.values() if flow.id not in told)
    for explanation in found[:EXPLAINED]:
        yield from explanation_rows(explanation, number, width, "→ ")
    if len(found) > EXPLAINED:
        yield from said(line(("    … ", "muted"), (f"{len(found) - EXPLAINED:,} more", "muted")))
