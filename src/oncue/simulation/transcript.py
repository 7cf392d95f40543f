"""The transcript of a trace: lines that the command line and the app show, each in its own way.

A line has a depth, a kind and words, and knows the trace, flow and step that it is about. Words contain names and
texts as they are in files and events; pass them through `oncue.text.visible` before showing them. Times are not
part of the words; they are at ``line.trace.event.at``.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from oncue.domain.events import Event
from oncue.domain.steps import Step
from oncue.domain.vocabulary import MESSAGE_TYPES
from oncue.domain.wording import actor, event_sentence
from oncue.domain.workspace import Workspace
from oncue.simulation.trace import FlowRun, Limit, Loop, Paused, StepRun, Trace
from oncue.text import counted, visible

LineKind = Literal["event", "timer", "note", "flow", "step", "idle", "loop", "limit", "skipped"]
"""What a line is about.

``timer``: a flow that goes on after it has waited; ``idle``: a step without effect; ``skipped``: what a stopped cascade
did not do.
"""

GLYPHS: Mapping[LineKind, str] = {
    "event": "●",
    "timer": "◷",
    "note": "i",
    "flow": "▶",
    "step": "·",
    "idle": "○",
    "loop": "↺",
    "limit": "■",
    "skipped": "…",
}
"""The glyph of each kind of line, wherever a transcript is shown."""

_DEEPEST = 24
"""Levels that are indented in plain text; deeper lines begin with the number of their level."""


class Line(NamedTuple):
    """A line of a transcript. ``flow_id`` and ``step`` are the flow and the step that it is about, if any.

    ``name`` is what people call that flow, in a line that is about the flow as a whole.
    """

    depth: int
    kind: LineKind
    words: str
    trace: Trace
    flow_id: str | None = None
    step: Step | None = None
    name: str = ""


class _Rest(NamedTuple):
    """What a stopped cascade did not do, in words."""

    words: str


_Part = Trace | FlowRun | StepRun | Loop | Limit | _Rest
_Waiting = list[tuple[int, _Part, Trace, str | None]]


def transcript(trace: Trace, workspace: Workspace) -> Iterator[Line]:
    """The lines about ``trace`` and all traces below it, in the order in which the events happened."""
    waiting: _Waiting = [(0, trace, trace, None)]
    while waiting:
        depth, part, owner, flow_id = waiting.pop()
        kind, words = _describe(part, workspace)
        if isinstance(part, Trace) and part.resumed is not None:
            flow_id = part.resumed.flow.id
        step = part.step if isinstance(part, StepRun) else None
        yield Line(depth, kind, words, owner, flow_id, step, _name_of(part, workspace))
        if isinstance(part, Trace) and part.note:
            yield Line(depth + 1, "note", part.note, part)
        waiting.extend(reversed([(depth + 1, *under) for under in _parts_of(part, owner, flow_id)]))


def as_row(line: Line) -> str:
    """``line`` as plain text, indented and safe to print."""
    shown = visible(line.words)
    if line.depth <= _DEEPEST:
        return f"{'  ' * line.depth}{GLYPHS[line.kind]} {shown}"
    return f"{'  ' * _DEEPEST}[{line.depth}] {GLYPHS[line.kind]} {shown}"


def event_words(event: Event, workspace: Workspace) -> str:
    """What happened, as in a chat window: ``Contact Jane wrote: "hi"``."""
    if event.event == "conversation_created":
        return event_sentence(event, workspace.config)
    if event.event != "message_created":
        return f"{actor(event)} {'joined' if event.event == 'participant_added' else 'left'}"
    message = event.message
    kind = message.type if message else None
    label = "" if kind == "text" else f" ({MESSAGE_TYPES[kind].label if kind else 'type unknown'})"
    text = f': "{message.text}"' if message and message.text else ""
    return f"{actor(event)} wrote{label}{text}"


def _describe(part: _Part, workspace: Workspace) -> tuple[LineKind, str]:
    match part:
        case Trace(resumed=Paused(flow=waited)):
            return "timer", f"{waited.id} ({waited.name}) continues"
        case Trace():
            return "event", event_words(part.event, workspace)
        case FlowRun():
            flow = workspace.flows.get(part.flow_id)
            return "flow", f"{part.flow_id} ({flow.name})" if flow else part.flow_id
        case StepRun():
            return "step" if part.done else "idle", part.effect
        case Loop():
            return "loop", part.words
        case Limit():
            return "limit", part.words
        case _Rest():
            return "skipped", part.words


def _name_of(part: _Part, workspace: Workspace) -> str:
    """What people call the flow that ``part`` is about as a whole; empty if it is about none that is there."""
    match part:
        case Trace(resumed=Paused(flow=waited)):
            return waited.name
        case FlowRun() if part.flow_id in workspace.flows:
            return workspace.flows[part.flow_id].name
    return ""


def _parts_of(part: _Part, owner: Trace, flow_id: str | None) -> "Iterator[tuple[_Part, Trace, str | None]]":
    """What is directly below ``part``, with the trace and the flow that it belongs to."""
    match part:
        case Trace(resumed=Paused(flow=waited)):
            for run in part.runs:
                yield from _parts_of(run, part, waited.id)
            yield from ((stop, part, None) for stop in part.stopped)
        case Trace():
            yield from ((join, join, None) for join in part.joined)
            flows: list[FlowRun | Loop] = sorted([*part.runs, *part.loops], key=lambda each: each.flow_id)
            yield from ((each, part, each.flow_id) for each in flows)
            yield from ((stop, part, None) for stop in part.stopped if isinstance(stop, Limit))
            if part.not_run:
                yield _Rest(f"{counted(len(part.not_run), 'flow')} not run"), part, None
        case FlowRun():
            yield from ((each, owner, flow_id) for each in part.steps)
            if part.skipped:
                yield _Rest(f"{counted(part.skipped, 'step')} not taken"), owner, flow_id
        case StepRun():
            yield from ((trace, trace, None) for trace in part.caused)
