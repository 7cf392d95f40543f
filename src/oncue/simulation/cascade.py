"""The simulator: state in, event in, turn out. Nothing is read but the arguments, and nothing is changed.

An event starts flows, in order of id; a flow takes its steps in order; what a step causes is dealt with
completely before the next step (depth first), so that the transcript reads in the order in which things
happened. Time stands still in a cascade: caused events happen when the first one did.

It always ends. A flow is not started on an event key on which it is at work already within its own chain (a
loop), and when a cascade has dealt with ``max_events_per_cascade`` events, the next one is the last: it
happens, starts nothing, and no further flow or step runs. A chain may be as long as that limit, so the
cascade does not recurse: each turn is a generator that yields the turns it waits for, and `_play` keeps them
on a list.
"""

from collections.abc import Generator
from datetime import datetime

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Instance, Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.effects import Run, effect_of
from oncue.simulation.intake import Accepted, accept
from oncue.simulation.trace import Cause, FlowRun, Limit, Loop, StepRun, Trace

__all__ = ["Trace", "deliver", "new_conversation", "step"]

_Playing = Generator["_Playing", Trace, Trace]


def new_conversation(conversation_id: str, instance: Instance) -> Conversation:
    """A conversation on ``instance`` that has not started yet."""
    return Conversation(conversation_id, instance.channel, instance.id)


def step(conversation: Conversation, event: Event, workspace: Workspace, matcher: Matcher, at: datetime) -> Trace:
    """Let ``event`` happen in ``conversation``, with everything that it causes.

    ``matcher`` is the one of ``workspace``; ``at`` is the time of an event that states none. Raises
    `ImpossibleEvent` with the reason for an event that cannot happen.
    """
    accepted = accept(event, conversation, workspace.config, at)
    return deliver(accepted, accepted.conversation, workspace, matcher)


def deliver(
    accepted: Accepted, conversation: Conversation, workspace: Workspace, matcher: Matcher, note: str = ""
) -> Trace:
    """Let flows hear of what has happened, in ``conversation`` as it is by now; ``note`` says what is special."""
    cascade = _Cascade(conversation, workspace, matcher)
    notes = "; ".join(filter(None, (note, accepted.note)))
    return _play(cascade.trace(accepted.event, None, accepted.join, accepted.fires, notes))


def _play(first: _Playing) -> Trace:
    """Play turns until the first one is over; a turn that waits for another lies under it on the list."""
    waiting = [first]
    over: Trace | None = None
    while True:
        try:
            called = next(waiting[-1]) if over is None else waiting[-1].send(over)
        except StopIteration as finished:
            over = finished.value
            waiting.pop()
            if not waiting:
                assert over is not None
                return over
        else:
            waiting.append(called)
            over = None


class _Cascade:
    """One cascade under way: the conversation as it is now, which flows are at work on what, and since which depth."""

    __slots__ = ("at_work", "conversation", "handled", "limit", "matcher", "stopped", "workspace")

    def __init__(self, conversation: Conversation, workspace: Workspace, matcher: Matcher) -> None:
        self.conversation, self.workspace, self.matcher = conversation, workspace, matcher
        self.limit = workspace.config.simulation.max_events_per_cascade
        self.handled = 0
        self.stopped = False
        self.at_work: dict[tuple[str, EventKey], int] = {}

    def trace(
        self, event: Event, cause: Cause | None, join: Event | None = None, fires: bool = True, note: str = ""
    ) -> _Playing:
        """Everything that comes of ``event``, which has happened in the conversation already."""
        matched = self.matcher.match(event) if fires else ()
        if self.handled >= self.limit:
            self.stopped = True
            return Trace(event, matched, (), self.conversation, (), cause, (Limit(self.limit),), note)
        self.handled += 1
        joined = () if join is None else ((yield self.trace(join, cause)),)
        runs: list[FlowRun] = []
        loops: list[Loop] = []
        for flow_id in matched:
            if self.stopped:
                break
            work = (flow_id, event.key)
            if cause is not None and work in self.at_work:
                loops.append(Loop(flow_id, event, cause, cause.depth - self.at_work[work]))
                continue
            self.at_work[work] = cause.depth if cause else 0
            runs.append((yield from self.flow(self.workspace.flows[flow_id], event, cause)))
            del self.at_work[work]
        return Trace(event, matched, tuple(runs), self.conversation, joined, cause, tuple(loops), note)

    def flow(self, flow: Flow, event: Event, cause: Cause | None) -> Generator[_Playing, Trace, FlowRun]:
        """All steps of ``flow``, each with what it causes, until the cascade is stopped."""
        run = Run(flow, event, self.workspace.config)
        depth = cause.depth + 1 if cause else 1
        steps: list[StepRun] = []
        for number, each in enumerate(flow.steps, 1):
            if self.stopped:
                break
            effect = effect_of(each, run, self.conversation)
            self.conversation = effect.conversation
            caused: list[Trace] = []
            for follows in effect.events:
                if not self.stopped:
                    caused.append((yield self.trace(follows, Cause(flow.id, event, number, cause, depth))))
            steps.append(StepRun(each, effect.words, tuple(caused), effect.done, effect.text))
        return FlowRun(flow.id, tuple(steps), len(flow.steps) - len(steps))
