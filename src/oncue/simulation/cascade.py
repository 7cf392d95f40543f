"""A cascade: an event, the flows that it starts, the events that their steps cause, and so on until nothing is left.

Loops are cut here, in `_Cascade.trace`. No platform documents what it does with a flow that starts itself. The
assumption is that a flow is not started again on an event key on which it is already running further up in the same
chain of causes while the conversation stands as it did when that run began: key and conversation decide what a flow
does, so what happened once would happen again. A chain in which something changes is left to end by itself.

Flows run in order of id, steps in order, and depth first: what a step causes is dealt with completely before the
next step, so that a transcript reads in the order in which things happened. Time stands still in a cascade:
caused events have the time of the first one. Everything is a function of the arguments, which are not changed.

A step that waits ends its run for now. The trace says which flows wait, and `resume` takes the rest of their steps
when the caller's clock has come so far. That is a cascade again, which goes on counting where the first one ended and
remembers which runs it is part of: a flow that starts itself through a wait is a loop like any other.

A cascade always ends. Loops are cut, and after ``max_events_per_cascade`` events the next one is the last: it
happens, but starts nothing, and no further flow or step runs. A chain of causes may be as long as that limit,
which is far deeper than Python recurses. So each event is a generator that yields the generators of the events
that it causes, and `_run` keeps them on a stack of its own.
"""

from collections.abc import Generator, Hashable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, EventKey
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.matching.occasions import Known
from oncue.simulation.effects import Effect, Run, effect_of
from oncue.simulation.intake import Accepted
from oncue.simulation.trace import Began, Cause, FlowRun, Limit, Loop, Paused, StepRun, Trace

LAST_STEP = "does not wait: no step comes after it"
NO_SUCH_TIME = "does not wait: the calendar ends with the year 9999"

_Task = Generator["_Task", Trace, Trace]
"""Makes the trace of one event. It yields the tasks of the events that this one causes, and is sent their traces."""


def deliver(
    accepted: Accepted,
    conversation: Conversation,
    workspace: Workspace,
    matcher: Matcher,
    note: str = "",
    now: datetime | None = None,
) -> Trace:
    """Deliver an accepted event to the flows, with everything that it causes.

    ``conversation`` is as it is by now, which is later than ``accepted.conversation`` if the delivery is late.
    ``matcher`` is the one of ``workspace``. ``note`` says what is special about this delivery. ``now`` is when it is
    delivered, if that is later than the event; flows that wait, wait from then on.
    """
    now = now or accepted.event.at
    assert now is not None, "an accepted event has a time"
    cascade = _Cascade(conversation, workspace, matcher, now)
    notes = "; ".join(filter(None, (note, accepted.note)))
    trace = _run(cascade.trace(accepted.event, None, accepted._replace(note=notes)))
    return replace(trace, paused=tuple(cascade.paused)) if cascade.paused else trace


def resume(
    paused: Paused, handled: int, stopped: bool, conversation: Conversation, workspace: Workspace, matcher: Matcher
) -> Trace:
    """Take the rest of the steps of a flow that has waited, with everything that they cause.

    ``handled`` counts the events that came of the same event so far, all of which share one limit. If the limit was
    reached, which is ``stopped``, the flow does not go on.
    """
    cascade = _Cascade(conversation, workspace, matcher, paused.due, handled, paused.running)
    cascade.stopped = stopped
    trace = _run(cascade.continuation(paused))
    return replace(trace, paused=tuple(cascade.paused)) if cascade.paused else trace


def _run(first: _Task) -> Trace:
    """Run ``first`` to its end. A task that waits for another one lies below it on the stack."""
    stack = [first]
    result: Trace | None = None
    while True:
        try:
            called = next(stack[-1]) if result is None else stack[-1].send(result)
        except StopIteration as finished:
            result = finished.value
            stack.pop()
            if not stack:
                assert result is not None
                return result
        else:
            stack.append(called)
            result = None


class _Cascade:
    """A cascade under way.

    ``conversation`` is as it is now. ``running`` holds the flows that have not finished yet, each with the key of the
    event that started it: how the conversation stood when they began, and at which depth of the chain that was.
    ``paused`` are the flows that wait.
    """

    __slots__ = ("conversation", "handled", "limit", "matcher", "now", "paused", "running", "stopped", "workspace")

    def __init__(
        self,
        conversation: Conversation,
        workspace: Workspace,
        matcher: Matcher,
        now: datetime,
        handled: int = 0,
        running: Iterable[Began] = (),
    ) -> None:
        self.conversation, self.workspace, self.matcher, self.now = conversation, workspace, matcher, now
        self.limit = workspace.config.simulation.max_events_per_cascade
        self.handled = handled
        self.stopped = False
        self.paused: list[Paused] = []
        self.running: dict[tuple[str, EventKey], dict[Hashable, int]] = {}
        for began in running:
            self.running.setdefault((began.flow_id, began.key), {})[began.standing] = began.depth

    def trace(self, event: Event, cause: Cause | None, outside: Accepted | None = None) -> _Task:
        """Everything that comes of ``event``, which has been applied to the conversation already.

        ``outside``: what is special about it if it is not caused by a step.
        """
        fires, note = (True, "") if outside is None else (outside.fires, outside.note)
        if self.handled >= self.limit:
            self.stopped = True
            matched, limit = self.decided(event, fires), (Limit(self.limit),)
            return Trace(event, matched, (), self.conversation, (), cause, limit, note, fires, self.conversation)
        self.handled += 1
        # Whoever writes without having joined is present before the message is delivered.
        first = None if outside is None else outside.first
        joined = () if first is None else ((yield self.trace(first.event, cause, first)),)
        before, matched = self.conversation, self.decided(event, fires)
        runs: list[FlowRun] = []
        loops: list[Loop] = []
        for flow_id in matched:
            if self.stopped:
                break
            began = self.running.setdefault((flow_id, event.key), {})
            standing = self.conversation.standing
            if cause is not None and standing in began:
                loops.append(Loop(flow_id, event, cause, cause.depth - began[standing]))
                continue
            began[standing] = cause.depth if cause else 0
            flow = self.workspace.flows[flow_id]
            if flow.when is not None and flow.when.looks_at_past:
                self.conversation = self.conversation.with_start(flow_id, event)
            run = Run(flow, event, self.workspace.config)
            runs.append((yield from self.steps(run, cause)))
            del began[standing]
        self.conversation = self.conversation.having_run([run.flow_id for run in runs])
        return Trace(event, matched, tuple(runs), self.conversation, joined, cause, tuple(loops), note, fires, before)

    def decided(self, event: Event, fires: bool) -> tuple[str, ...]:
        """The flows that ``event`` starts in the conversation as it is before the first one of them runs."""
        if not fires:
            return ()
        return self.matcher.decide(event, partial(Known.of, self.conversation, event)).runs

    def continuation(self, paused: Paused) -> _Task:
        """What comes of a flow that goes on after it has waited."""
        event, cause = paused.event, paused.cause
        limit = (Limit(self.limit),) if self.stopped else ()
        run = Run(paused.flow, event, self.workspace.config, paused.due)
        rest = yield from self.steps(run, cause, paused.steps)
        return Trace(event, (), (rest,), self.conversation, cause=cause, stopped=limit, fires=False, resumed=paused)

    def steps(self, run: Run, cause: Cause | None, taken: int = 0) -> Generator[_Task, Trace, FlowRun]:
        """Take the steps of a run behind those that were ``taken``, each with everything that it causes.

        They end where the cascade is stopped, or at a step that waits.
        """
        flow, event = run.flow, run.event
        depth = cause.depth + 1 if cause else 1
        steps: list[StepRun] = []
        for number, step in enumerate(flow.steps[taken:], taken + 1):
            if self.stopped:
                break
            effect = effect_of(step, run, self.conversation)
            if effect.wait is not None:
                effect = self.pause(effect, run, cause, number)
            self.conversation = effect.conversation
            caused: list[Trace] = []
            for each in effect.events:
                if not self.stopped:
                    caused.append((yield self.trace(each, Cause(flow.id, event, number, cause, depth))))
            steps.append(StepRun(step, effect.words, tuple(caused), effect.done, effect.text))
            if effect.wait is not None:
                return FlowRun(flow.id, tuple(steps))
        return FlowRun(flow.id, tuple(steps), len(flow.steps) - taken - len(steps))

    def pause(self, effect: Effect, run: Run, cause: Cause | None, number: int) -> Effect:
        """Let a run wait at its step ``number``, of which this is the effect, or say why it does not."""
        assert effect.wait is not None
        if number == len(run.flow.steps):
            return effect._replace(words=LAST_STEP, done=False, wait=None)
        try:
            due = self.now + effect.wait
        except OverflowError:
            return effect._replace(words=NO_SUCH_TIME, done=False, wait=None)
        running = (
            Began(*key, standing, depth) for key, began in self.running.items() for standing, depth in began.items()
        )
        self.paused.append(Paused(run.flow, run.event, cause, number, due, tuple(running)))
        return effect
