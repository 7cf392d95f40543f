"""A conversation that is played by hand: which events were sent, and which are still ahead.

A timeline holds events only; `replay` finds out what comes of them. So the same timeline shows at once what an
edited flow would have done. Stepping back moves the last event ahead, where stepping forward finds it. A scenario
that was just opened has all its events ahead.

That time passes is a step of a timeline like an event (`Pass`), and has a number as events do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.durations import LONGEST, duration_of, spelt
from oncue.domain.events import Event
from oncue.domain.scenarios import NOBODY, ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.clock import BEGIN, PACE
from oncue.simulation.intake import new_conversation
from oncue.simulation.random_events import random_event
from oncue.simulation.results import EventResult, updated
from oncue.simulation.simulation import Simulation

KEPT = 50
"""Steps back for which replays are kept; before that, all events are replayed."""


class Pass(NamedTuple):
    """Time that passes without an event: so long (`oncue.domain.durations`), or until the next flow goes on."""

    duration: str | None = None


Played = ScenarioEvent | Pass
"""A step of a timeline."""


@dataclass(frozen=True)
class Timeline:
    """The events that were sent, and those that are ahead, the next one first, with the time that passes between.

    ``instance`` is the id of the instance on which the next event by hand happens. ``scenario`` is the id of the
    scenario that was opened, if one was, and ``delivery`` its default. ``seed`` is that of random events.
    """

    instance: str
    events: tuple[Played, ...] = ()
    ahead: tuple[Played, ...] = ()
    scenario: str | None = None
    delivery: Delivery = "once"
    seed: int = 1

    @classmethod
    def of(cls, scenario: Scenario, instance: str) -> "Timeline":
        """The timeline at the beginning of ``scenario``, on ``instance`` if the scenario has no events."""
        first = scenario.events[0].instance if scenario.events else instance
        return cls(first, ahead=scenario.events, scenario=scenario.id, delivery=scenario.delivery)

    def append(self, event: Event) -> "Timeline":
        """Send one more event, in the conversation of the last event on the same instance.

        Events that were stepped back over are dropped, as redo is after an edit; those of a scenario stay ahead.
        """
        last = self.last_on(self.instance)
        sent = ScenarioEvent(
            event=event.event,
            instance=self.instance,
            conversation=last.conversation if last else None,
            participant=event.participant,
            message=event.message,
        )
        return self._sending(sent)

    def pass_time(self, duration: str | None = None) -> "Timeline":
        """Let so much time pass, or as much as until the next flow goes on that waits."""
        return self._sending(Pass(duration))

    @property
    def happened(self) -> int:
        """How many events were sent."""
        return sum(isinstance(each, ScenarioEvent) for each in self.events)

    def back(self) -> "Timeline":
        """Step back one event, if there is one."""
        if not self.events:
            return self
        return self._at(self.events[:-1], (self.events[-1], *self.ahead))

    def restart(self) -> "Timeline":
        """Go back to the beginning: a scenario has all its events ahead, any other timeline becomes empty."""
        if self.scenario is not None:
            return self._at((), (*self.events, *self.ahead))
        return Timeline(self.instance, seed=self.seed + 1)

    def forward(self, events: int = 1) -> "Timeline":
        """Step forward so many events, or to the end."""
        return self._at((*self.events, *self.ahead[:events]), self.ahead[events:])

    def with_delivery(self, number: int, delivery: Delivery) -> "Timeline":
        """Change the delivery of event ``number`` (from 1)."""
        events, event = list(self.events), self.events[number - 1]
        assert isinstance(event, ScenarioEvent)
        events[number - 1] = replaced(event, delivery=delivery)
        return replace(self, events=tuple(events))

    def expecting(self, events: Iterable[ScenarioEvent]) -> "Timeline":
        """The same with the events of its scenario as they are now; others that were sent in between stay."""
        own, known = [*self.events, *self.ahead], list(events)
        if [_bare(each) for each in own if isinstance(each, ScenarioEvent)] != [_bare(each) for each in known]:
            return self
        rest = iter(known)
        now = [next(rest) if isinstance(each, ScenarioEvent) else each for each in own]
        return replace(self, events=tuple(now[: len(self.events)]), ahead=tuple(now[len(self.events) :]))

    def random(self, replayed: "Replay") -> Event:
        """A random event that is possible after ``replayed``, the same one for the same seed and timeline."""
        return random_event(Random(f"{self.seed}/{len(self.events)}"), replayed.conversation)

    def last_on(self, instance: str) -> ScenarioEvent | None:
        """The last event that was sent on ``instance``, if there was one."""
        return next((each for each in self._backwards() if each.instance == instance), None)

    def _backwards(self) -> Iterator[ScenarioEvent]:
        return (each for each in reversed(self.events) if isinstance(each, ScenarioEvent))

    def _sending(self, step: Played) -> "Timeline":
        ahead = self.ahead if self.scenario is not None else ()
        return replace(self, events=(*self.events, step), ahead=ahead)

    def _at(self, events: tuple[Played, ...], ahead: tuple[Played, ...]) -> "Timeline":
        moved = replace(self, events=events, ahead=ahead)
        last = next(moved._backwards(), None)
        return replace(moved, instance=last.instance) if last else moved


@dataclass(frozen=True, eq=False)
class Replay:
    """A timeline after its events were simulated: the results of those delivered so far, in order of delivery.

    ``conversation`` is the one in which the next event by hand happens. ``earlier`` is the replay without the last
    event, if it is kept, so that stepping back is free.
    """

    delivered: tuple[EventResult, ...]
    simulation: Simulation
    conversation: Conversation
    earlier: "Replay | None" = None

    @property
    def results(self) -> tuple[EventResult, ...]:
        """The results of all events so far, as if none followed: late ones are delivered after the others."""
        return (*self.delivered, *self.simulation.copy().flush()) if self.simulation.waiting else self.delivered

    @property
    def complete(self) -> tuple[EventResult, ...]:
        """The results of all events if none followed and all flows went on that wait."""
        return updated(self.delivered, self.simulation.copy().finish())


def replay(timeline: Timeline, workspace: Workspace, matcher: Matcher) -> Replay:
    """Simulate all events of ``timeline``. Raises ``KeyError`` if its instance is not installed."""
    simulation = Simulation(
        workspace,
        matcher,
        (each.conversation for each in (*timeline.events, *timeline.ahead) if isinstance(each, ScenarioEvent)),
        timeline.delivery,
    )
    first = max(len(timeline.events) - KEPT, 0)
    start = replace(timeline, events=timeline.events[:first])
    results: dict[int, EventResult] = {}
    for step in start.events:
        results |= {result.number: result for result in _play(simulation, step)}
    state = Replay(tuple(results.values()), simulation, _conversation(start, simulation))
    for number in range(first + 1, len(timeline.events) + 1):
        state = advance(state, replace(timeline, events=timeline.events[:number]))
    return replace(state, conversation=_conversation(timeline, state.simulation))


def advance(state: Replay, timeline: Timeline) -> Replay:
    """The replay of ``timeline``, from ``state``, which is the replay of all its events but the last."""
    simulation = state.simulation.copy()
    delivered = updated(state.delivered, _play(simulation, timeline.events[-1]))
    return Replay(delivered, simulation, _conversation(timeline, simulation), state)


def _play(simulation: Simulation, step: Played) -> list[EventResult]:
    if isinstance(step, ScenarioEvent):
        return simulation.send(step)
    return simulation.pass_time(None if step.duration is None else duration_of(step.duration))


def retreat(state: Replay, timeline: Timeline) -> Replay | None:
    """The replay of ``timeline``, from ``state``, which has one more event; ``None`` if it is not kept."""
    earlier = state.earlier
    return earlier and replace(earlier, conversation=_conversation(timeline, earlier.simulation))


def _conversation(timeline: Timeline, simulation: Simulation) -> Conversation:
    last = timeline.last_on(timeline.instance)
    named = last.conversation if last else None
    found = simulation.conversation_named(named) if named is not None else simulation.conversation_on(timeline.instance)
    return found or new_conversation(named or "c-1", simulation.workspace.config.by_id[timeline.instance])


def _bare(event: ScenarioEvent) -> ScenarioEvent:
    """``event`` without what is expected of it."""
    return replaced(event, expect=None, expect_effects=None, expect_refusal=None)


def accepted(scenario: Scenario, results: Iterable[EventResult]) -> Scenario:
    """``scenario`` expecting what came of its events, where that is not what it expects; otherwise as it is."""
    events = list(scenario.events)
    for result in results:
        if not result.ok:
            after = _as_expected(result)
            if result.event.expect is None and result.refusal is None and not result.event.expect_refusal:
                after = replaced(after, expect=None)  # which flows start was not checked, and still is not
            events[result.number - 1] = after
    return replaced(scenario, events=tuple(events))


def as_scenario(timeline: Timeline, replayed: Replay, scenario_id: str, name: str) -> Scenario:
    """The timeline as a scenario that expects the flows that started, and the loops.

    Impossible events are left out, unless they have to be. Each happens when it happened here.
    """
    kept = [each for each in replayed.complete if each.trace is not None or each.event.expect_refusal]
    kept.sort(key=lambda each: each.number)
    before = [None, *(each.at for each in kept)]
    events = (_timed(_as_expected(each), each.at, then) for each, then in zip(kept, before, strict=False))
    return Scenario(id=scenario_id, name=name, delivery=timeline.delivery, events=tuple(events))


def _timed(event: ScenarioEvent, at: datetime | None, before: datetime | None) -> ScenarioEvent:
    """``event``, happening ``at`` that time if the event ``before`` it happens when it did; said only if need be."""
    if at is None or event.at is not None:
        return event
    passed = at - (BEGIN if before is None else before)
    usual = timedelta() if before is None else PACE
    if passed == (usual if event.after is None else duration_of(event.after)):
        return event
    if passed == usual:
        return replaced(event, after=None)
    if timedelta() <= passed <= LONGEST and not passed % timedelta(seconds=1):
        return replaced(event, after=spelt(passed))
    return replaced(event, after=None, at=at)


def _as_expected(result: EventResult) -> ScenarioEvent:
    """The event of ``result``, expecting what came of it."""
    if result.refusal is not None:
        return replaced(result.event, expect=None, expect_effects=None, expect_refusal=True)
    found = result.effects
    effects = ExpectedEffects(loops=found.loops or None, stopped=found.stopped or None)
    if result.event.expect_effects is not None:
        effects = replaced(
            effects,
            messages=found.messages,
            notes=found.notes,
            assignee=found.assignee or NOBODY,
            labels=found.labels,
            closed=found.closed,
        )
    return replaced(
        result.event,
        expect=result.fired,
        expect_effects=None if effects == ExpectedEffects() else effects,
        expect_refusal=None,
    )
