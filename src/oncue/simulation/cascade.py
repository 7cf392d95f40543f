"""A cascade: an event, the flows that it starts, the events that their steps cause, and so on until nothing is left.

Loops are cut here, in `_Cascade.trace`. No platform documents what it does with a flow that starts itself. The
assumption is that a flow is not started again on an event key on which it is already running further up in the same
chain of causes while the conversation stands as it did when that run began: key and conversation decide what a flow
does, so what happened once would happen again. A chain in which something changes is left to end by itself.

Flows run in order of id, steps in order, and depth first: what a step causes is dealt with completely before the
next step, so that a transcript reads in the order in which things happened. Time stands still in a cascade:
caused events have the time of the first one. Everything is a function of the arguments, which are not changed.

A cascade always ends. Loops are cut, and after ``max_events_per_cascade`` events the next one is the last: it
happens, but starts nothing, and no further flow or step runs. A chain of causes may be as long as that limit,
which is far deeper than Python recurses. So each event is a generator that yields the generators of the events
that it causes, and `_run` keeps them on a stack of its own.
"""

from collections.abc import Generator, Hashable
from functools import partial

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.matching.occasions import Known
from oncue.simulation.effects import Run, effect_of
from oncue.simulation.intake import Accepted
from oncue.simulation.trace import Cause, FlowRun, Limit, Loop, StepRun, Trace

_Task = Generator["_Task", Trace, Trace]
"""Makes the trace of one event. It yields the tasks of the events that this one causes, and is sent their traces."""


def deliver(
    accepted: Accepted, conversation: Conversation, workspace: Workspace, matcher: Matcher, note: str = ""
) -> Trace:
    """Deliver an accepted event to the flows, with everything that it causes.

    ``conversation`` is as it is by now, which is later than ``accepted.conversation`` if the delivery is late.
    ``matcher`` is the one of ``workspace``. ``note`` says what is special about this delivery.
    """
    cascade = _Cascade(conversation, workspace, matcher)
    notes = "; ".join(filter(None, (note, accepted.note)))
    return _run(cascade.trace(accepted.event, None, accepted._replace(note=notes)))


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
    """

    __slots__ = ("conversation", "handled", "limit", "matcher", "running", "stopped", "workspace")

    def __init__(self, conversation: Conversation, workspace: Workspace, matcher: Matcher) -> None:
        self.conversation, self.workspace, self.matcher = conversation, workspace, matcher
        self.limit = workspace.config.simulation.max_events_per_cascade
        self.handled = 0
        self.stopped = False
        self.running: dict[tuple[str, EventKey], dict[Hashable, int]] = {}

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
            runs.append((yield from self.flow(self.workspace.flows[flow_id], event, cause)))
            del began[standing]
        self.conversation = self.conversation.having_run([run.flow_id for run in runs])
        return Trace(event, matched, tuple(runs), self.conversation, joined, cause, tuple(loops), note, fires, before)

    def decided(self, event: Event, fires: bool) -> tuple[str, ...]:
        """The flows that ``event`` starts in the conversation as it is before the first one of them runs."""
        if not fires:
            return ()
        return self.matcher.decide(event, partial(Known.of, self.conversation, event)).runs

    def flow(self, flow: Flow, event: Event, cause: Cause | None) -> Generator[_Task, Trace, FlowRun]:
        """Take the steps of ``flow``, each with everything that it causes, until the cascade is stopped."""
        if flow.when is not None and flow.when.looks_at_past:
            self.conversation = self.conversation.with_start(flow.id, event)
        run = Run(flow, event, self.workspace.config)
        depth = cause.depth + 1 if cause else 1
        steps: list[StepRun] = []
        for number, step in enumerate(flow.steps, 1):
            if self.stopped:
                break
            effect = effect_of(step, run, self.conversation)
            self.conversation = effect.conversation
            caused: list[Trace] = []
            for each in effect.events:
                if not self.stopped:
                    caused.append((yield self.trace(each, Cause(flow.id, event, number, cause, depth))))
            steps.append(StepRun(step, effect.words, tuple(caused), effect.done, effect.text))
        return FlowRun(flow.id, tuple(steps), len(flow.steps) - len(steps))
