"""The trace of an event: a tree of the flows that it started, their steps, and the events that these caused.

A caused event has a trace again, so the tree can be as deep as ``max_events_per_cascade`` allows, which is far
deeper than Python recurses. So nothing here recurses: traces are equal by identity and have no deep repr (compare
their transcripts instead), `every_trace` walks with a stack, and the causes of a trace are a linked list that is
shared by all traces of a cascade.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.steps import Step
from oncue.matching.occasions import Known

_LONGEST = 12
"""Flows of a loop that are named; of a longer one, the first and the last."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cause:
    """The step of a flow that caused an event: step number ``step`` (from 1), of a flow started by ``event``.

    ``earlier`` is the cause of ``event``, and ``depth`` the number of causes up to this one.
    """

    flow_id: str
    event: Event
    step: int
    earlier: "Cause | None" = None
    depth: int = 1


def chain_of(cause: Cause | None, most: int | None = None) -> tuple[Cause, ...]:
    """``cause`` and all causes before it, the earliest first; at ``most`` so many, the most recent ones."""
    causes: list[Cause] = []
    while cause is not None and len(causes) != most:
        causes.append(cause)
        cause = cause.earlier
    return tuple(reversed(causes))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Loop:
    """A loop that was cut: ``flow_id`` was not started, as it runs on the same event key ``length`` causes earlier.

    The conversation stands as it did when that run began, so the same would happen again.
    """

    flow_id: str
    event: Event
    cause: Cause
    length: int

    @property
    def ring(self) -> tuple[str, ...]:
        """The ids of the flows of the loop, from the first start of the flow to the one that was cut."""
        return (*(each.flow_id for each in chain_of(self.cause, self.length)), self.flow_id)

    @property
    def words(self) -> str:
        """``loop stopped: a → b → a``."""
        if self.length <= _LONGEST:
            return f"loop stopped: {' → '.join(self.ring)}"
        last = (each.flow_id for each in chain_of(self.cause, _LONGEST - 1))
        return (
            f"loop stopped: {self.flow_id} → … {self.length - _LONGEST:,} more … → {' → '.join(last)} → {self.flow_id}"
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Limit:
    """The cascade was stopped here, after ``events`` events, as many as the workspace allows."""

    events: int

    @property
    def words(self) -> str:
        """Why it was stopped, and the setting that decides it."""
        return f"stopped after {self.events:,} events: simulation.max_events_per_cascade = {self.events}"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StepRun:
    """A step that was taken: its ``effect`` in words, and the traces of the events that it caused.

    ``done`` is false if it could do nothing, such as a message into a closed conversation; ``effect`` says why.
    ``text`` is what was sent or noted, with its placeholders filled.
    """

    step: Step
    effect: str
    caused: "tuple[Trace, ...]" = ()
    done: bool = True
    text: str | None = None


class Began(NamedTuple):
    """A run of a flow that has not finished: the event key that started it, how the conversation stood, and where.

    ``depth`` is the number of causes of the event.
    """

    flow_id: str
    key: EventKey
    standing: Hashable
    depth: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Paused:
    """A flow that waits until ``due``, and has taken its first ``steps`` steps, the last of which is the wait.

    ``event`` started it, ``cause`` is the cause of that. ``running`` are the runs that it is part of, itself included,
    so that a loop through a wait is one, too.
    """

    flow: Flow
    event: Event
    cause: Cause | None
    steps: int
    due: datetime
    running: tuple[Began, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FlowRun:
    """A flow that was started, or that went on after it had waited, up to its end or to a wait.

    ``skipped`` counts the steps that were not taken because the cascade was stopped.
    """

    flow_id: str
    steps: tuple[StepRun, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Trace:
    """An event and everything that came of it.

    ``event``: completed with what the conversation knows. ``matched``: ids of the flows that it matches, in order.
    ``runs``: those of them that started. ``conversation``: as it is after everything. ``joined``: what came with the
    event and was delivered before it, such as a join. ``cause``: the step that caused it; ``None`` for an event from
    outside. ``stopped``: loops that were cut here, and the limit if the cascade was stopped here. ``note``: what is
    special about it. ``fires`` is false if it starts no flow whatever the triggers say; then the note says why.
    ``before``: the conversation as it was when it was decided which flows start.
    ``paused``: on the outermost trace only, the flows of the whole cascade that wait now.

    A flow that goes on after a wait has a trace as well: of the event that once started it, which starts nothing
    again, with one run. ``resumed`` is then what waited.
    """

    event: Event
    matched: tuple[str, ...]
    runs: tuple[FlowRun, ...]
    conversation: Conversation
    joined: "tuple[Trace, ...]" = ()
    cause: Cause | None = None
    stopped: tuple[Loop | Limit, ...] = field(default=())
    note: str = ""
    fires: bool = True
    before: Conversation | None = None
    paused: tuple[Paused, ...] = ()
    resumed: Paused | None = None

    @property
    def known(self) -> Known:
        """What was known of the conversation when it was decided which flows start."""
        return Known.of(self.before or self.conversation, self.event)

    @property
    def at(self) -> datetime | None:
        """When it happened, or when the flow went on."""
        return self.event.at if self.resumed is None else self.resumed.due

    @property
    def chain(self) -> tuple[Cause, ...]:
        """The causes of this event, the earliest first; empty for an event from outside."""
        return chain_of(self.cause)

    @property
    def started(self) -> tuple[str, ...]:
        """The flows that it started, in order: those whose steps began to run."""
        return () if self.resumed is not None else tuple(run.flow_id for run in self.runs)

    @property
    def loops(self) -> tuple[Loop, ...]:
        """The loops that were cut here."""
        return tuple(stop for stop in self.stopped if isinstance(stop, Loop))

    @property
    def not_run(self) -> tuple[str, ...]:
        """Flows that it matches and that did not run because the cascade was stopped."""
        handled = {run.flow_id for run in self.runs} | {loop.flow_id for loop in self.loops}
        return tuple(flow_id for flow_id in self.matched if flow_id not in handled)

    @property
    def children(self) -> "list[Trace]":
        """The traces directly below this one, in order."""
        return [*self.joined, *(trace for run in self.runs for step in run.steps for trace in step.caused)]


def every_step(trace: Trace) -> Iterator[StepRun]:
    """Every step that was taken in ``trace`` and below it, in order: a step comes before what it caused."""
    waiting: list[Trace | StepRun] = [trace]
    while waiting:
        current = waiting.pop()
        if isinstance(current, StepRun):
            yield current
            waiting.extend(reversed(current.caused))
        else:
            waiting.extend(step for run in reversed(current.runs) for step in reversed(run.steps))
            waiting.extend(reversed(current.joined))


def every_trace(trace: Trace) -> Iterator[Trace]:
    """``trace`` and all traces below it, in the order in which the events happened."""
    waiting = [trace]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.children))
