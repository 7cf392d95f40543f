"""What came of an event: a tree of turns, flow runs and step runs.

An event starts flows, a flow takes steps, a step causes events, and each of those is a turn again. The tree
can be as deep as ``max_events_per_cascade`` allows, which is far deeper than Python recurses. So nothing here
recurses: turns are equal by identity and have no deep repr (compare their transcripts), `every_trace` walks
with a stack, and the causes of a turn are a linked list that all turns of a cascade share.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.steps import Step

_SHOWN = 12
"""Flows of one chain that are ever named in words."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cause:
    """A flow that ran on ``event`` and whose step number ``step`` (from 1) caused what this is the cause of.

    ``depth`` counts the causes up to this one.
    """

    flow_id: str
    event: Event
    step: int
    earlier: "Cause | None" = None
    depth: int = 1


def chain_of(cause: Cause | None, most: int | None = None) -> tuple[Cause, ...]:
    """``cause`` and what led to it, the earliest first; of long chains the ``most`` recent causes."""
    causes: list[Cause] = []
    while cause is not None and len(causes) != most:
        causes.append(cause)
        cause = cause.earlier
    return tuple(reversed(causes))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Loop:
    """``flow_id`` was not run, because it is at work on the same event key ``length`` causes earlier in its chain."""

    flow_id: str
    event: Event
    cause: Cause
    length: int

    @property
    def ring(self) -> tuple[str, ...]:
        """The flows that go round: from the first run of the flow to its repetition, which was stopped."""
        return (*(each.flow_id for each in chain_of(self.cause, self.length)), self.flow_id)

    @property
    def words(self) -> str:
        """``loop stopped: a → b → a``."""
        if self.length <= _SHOWN:
            return f"loop stopped: {' → '.join(self.ring)}"
        last = (each.flow_id for each in chain_of(self.cause, _SHOWN - 1))
        return f"loop stopped: {self.flow_id} → … {self.length - _SHOWN:,} more … → {' → '.join(last)} → {self.flow_id}"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Limit:
    """The cascade had dealt with ``events`` events, as many as the workspace allows, and was stopped here."""

    events: int

    @property
    def words(self) -> str:
        """Why it was stopped and where to change that."""
        return f"stopped after {self.events:,} events: simulation.max_events_per_cascade = {self.events}"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StepRun:
    """One step: what it did, in words with its placeholders filled, and the events that it caused.

    ``done`` is false where it had no effect, such as a message into a closed conversation; ``effect`` says why.
    ``text`` is what was sent or noted.
    """

    step: Step
    effect: str
    caused: "tuple[Trace, ...]" = ()
    done: bool = True
    text: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowRun:
    """One flow's run. ``skipped`` counts the steps that were not taken because the cascade had been stopped."""

    flow_id: str
    steps: tuple[StepRun, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Trace:
    """An event and all that came of it.

    ``event``: completed with what the conversation knows. ``matched``: ids of the flows that it starts, in
    order. ``runs``: those of them that ran; the others are named by ``stopped``. ``conversation``: as it is
    after everything. ``joined``: joins that came with the event, dealt with before its own flows.
    ``cause``: the step that caused it; ``None`` for an event from outside. ``note``: what is special about it.
    """

    event: Event
    matched: tuple[str, ...]
    runs: tuple[FlowRun, ...]
    conversation: Conversation
    joined: "tuple[Trace, ...]" = ()
    cause: Cause | None = None
    stopped: tuple[Loop | Limit, ...] = field(default=())
    note: str = ""

    @property
    def chain(self) -> tuple[Cause, ...]:
        """What led to this event, the first cause first; empty for an event from outside."""
        return chain_of(self.cause)

    @property
    def loops(self) -> tuple[Loop, ...]:
        """The loops that were cut here."""
        return tuple(stop for stop in self.stopped if isinstance(stop, Loop))

    @property
    def not_run(self) -> tuple[str, ...]:
        """Flows that it starts and that did not run because the cascade had been stopped."""
        met = {run.flow_id for run in self.runs} | {loop.flow_id for loop in self.loops}
        return tuple(flow_id for flow_id in self.matched if flow_id not in met)

    @property
    def children(self) -> "list[Trace]":
        """The turns directly under this one, in order."""
        return [*self.joined, *(trace for run in self.runs for step in run.steps for trace in step.caused)]


def every_trace(trace: Trace) -> Iterator[Trace]:
    """``trace`` and all turns under it, in the order in which they happened."""
    waiting = [trace]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.children))


def stops_in(trace: Trace) -> tuple[Loop | Limit, ...]:
    """Every loop and limit at which something under ``trace`` was stopped."""
    return tuple(stop for each in every_trace(trace) for stop in each.stopped)
