"""The results of a scenario: what its events started and caused, and how that differs from what was expected.

``expect`` is about the flows that the event itself starts. ``expect_effects`` is about everything that came of it,
caused events and what flows did after a wait included, because that is what the people in the conversation see. So
a result is complete when none of its flows waits any more; until then there are earlier versions of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.problems import Problem
from oncue.domain.scenarios import NOBODY, ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, SendMessage
from oncue.simulation.trace import Limit, Loop, Trace, every_step, every_trace
from oncue.text import listed


class Effects(NamedTuple):
    """What flows sent and noted because of an event, in order, and the state of the conversation afterwards.

    ``loops``: the flows that loops would have started again, in order of id. ``stopped``: whether the cascade came to
    its limit.
    """

    messages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assignee: str | None = None
    labels: tuple[str, ...] = ()
    closed: bool = False
    loops: tuple[str, ...] = ()
    stopped: bool = False


class Later(NamedTuple):
    """What a flow did when it went on after a wait. ``turn`` is its place among all that was delivered."""

    turn: int
    trace: Trace


@dataclass(frozen=True, slots=True, eq=False)
class EventResult:
    """The result of event ``number`` (from 1) of a scenario: its ``trace``, or the reason for its ``refusal``.

    ``event`` is as the scenario states it, ``conversation`` the id of the conversation it belongs to. ``again`` is
    the trace of its second delivery, if it had one. ``at`` is when it happened, ``turn`` its place among all that was
    delivered. ``later``: what its flows did after they had waited; ``waits``: how many of them wait now.
    """

    number: int
    event: ScenarioEvent
    conversation: str
    trace: Trace | None = None
    refusal: str | None = None
    again: Trace | None = None
    at: datetime | None = None
    turn: int = 0
    later: tuple[Later, ...] = ()
    waits: int = 0

    @property
    def deliveries(self) -> tuple[Trace, ...]:
        """The trace of each of its deliveries."""
        return tuple(trace for trace in (self.trace, self.again) if trace is not None)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """The trace of each of its deliveries, and of each flow that went on later."""
        return (*self.deliveries, *(each.trace for each in self.later)) if self.later else self.deliveries

    @property
    def expected(self) -> tuple[str, ...] | None:
        """Flows that it has to start, in order of id; ``None`` if the scenario does not check them."""
        return None if self.event.expect is None else tuple(sorted(set(self.event.expect)))

    @property
    def fired(self) -> tuple[str, ...]:
        """Flows that any of its deliveries started, in order of id; not those that a stopped cascade left out."""
        if self.again is None:
            return self.trace.started if self.trace else ()
        return tuple(sorted({flow_id for delivered in self.traces for flow_id in delivered.started}))

    @property
    def missing(self) -> tuple[str, ...]:
        """Flows that were expected and did not start."""
        return tuple(flow_id for flow_id in self.expected or () if flow_id not in self.fired)

    @property
    def unexpected(self) -> tuple[str, ...]:
        """Flows that started and were not expected."""
        expected = self.expected
        return () if expected is None else tuple(flow_id for flow_id in self.fired if flow_id not in expected)

    @property
    def effects(self) -> Effects:
        """The effects of all its deliveries, with everything that they caused."""
        if self.trace is None:
            return Effects()
        texts = [
            (step.step, step.text)
            for delivered in self.traces
            for step in every_step(delivered)
            if step.text is not None
        ]
        after = self.traces[-1].conversation
        return Effects(
            tuple(text for step, text in texts if isinstance(step, SendMessage)),
            tuple(text for step, text in texts if isinstance(step, AddNote)),
            after.assignee,
            after.labels,
            after.closed,
            tuple(sorted({stop.flow_id for stop in self.stops if isinstance(stop, Loop)})),
            any(isinstance(stop, Limit) for stop in self.stops),
        )

    @property
    def stops(self) -> tuple[Loop | Limit, ...]:
        """Where something was stopped in it: each loop that was cut, and the limit."""
        return tuple(stop for delivered in self.traces for each in every_trace(delivered) for stop in each.stopped)

    @property
    def checked(self) -> bool:
        """Whether the scenario expects anything of it."""
        return self.event.checked

    @property
    def differences(self) -> tuple[str, ...]:
        """Each expectation that is not met, or why the event cannot happen, as sentences; empty if it passed."""
        if self.refusal is not None:
            return () if self.event.expect_refusal else (f"cannot happen: {self.refusal}",)
        if self.event.expect_refusal:
            return ("expected to be refused, and it happened",)
        flows = [f"{flow_id} was expected and did not start" for flow_id in self.missing]
        flows += (f"{flow_id} started and was not expected" for flow_id in self.unexpected)
        return (*flows, *self._effect_differences())

    @property
    def ok(self) -> bool:
        """Whether it happened, or had to be refused, and every expectation is met."""
        return not self.differences

    def _effect_differences(self) -> list[str]:
        # Most events expect nothing of their effects and stop nowhere, which is all that there is to know.
        if self.event.expect_effects is None and not self.stops:
            return []
        expected, found = self.event.expect_effects or ExpectedEffects(), self.effects
        differences = [*self._stop_differences(expected, found)]
        if expected.messages is not None and expected.messages != found.messages:
            differences.append(f"expected to send {_texts(expected.messages)}, sent {_texts(found.messages)}")
        if expected.notes is not None and expected.notes != found.notes:
            differences.append(f"expected to note {_texts(expected.notes)}, noted {_texts(found.notes)}")
        if expected.assignee is not None and expected.assignee != (found.assignee or NOBODY):
            differences.append(
                f"expected {expected.assignee or 'nobody'} to be responsible, not {found.assignee or 'nobody'}"
            )
        if expected.labels is not None and set(expected.labels) != set(found.labels):
            differences.append(f"expected the labels {_names(expected.labels)}, not {_names(found.labels)}")
        if expected.closed is not None and expected.closed != found.closed:
            states = ("open", "closed")
            differences.append(
                f"expected the conversation to be {states[expected.closed]}, it is {states[found.closed]}"
            )
        return differences

    def _stop_differences(self, expected: ExpectedEffects, found: Effects) -> Iterator[str]:
        loops, stopped = set(expected.loops or ()), expected.stopped or False
        rings = {stop.flow_id: stop.words for stop in reversed(self.stops) if isinstance(stop, Loop)}
        yield from (f"{rings[flow_id]}; it was not expected" for flow_id in found.loops if flow_id not in loops)
        yield from (f"expected a loop of {flow_id}, there is none" for flow_id in sorted(loops.difference(found.loops)))
        if stopped and not found.stopped:
            yield "expected the cascade to be stopped at its limit, it ended by itself"
        if found.stopped and not stopped:
            limit = next(stop for stop in self.stops if isinstance(stop, Limit))
            yield f"{limit.words}; it was not expected"


def in_turn(results: Iterable[EventResult]) -> list[tuple[EventResult, Trace | None]]:
    """What happened, in this order: each result, or the trace of one of its flows that went on after a wait."""
    turns: list[tuple[int, EventResult, Trace | None]] = []
    for result in results:
        turns.append((result.turn, result, None))
        turns += ((each.turn, result, each.trace) for each in result.later)
    turns.sort(key=itemgetter(0))
    return [(result, later) for _, result, later in turns]


def updated(results: tuple[EventResult, ...], newer: Iterable[EventResult]) -> tuple[EventResult, ...]:
    """``results`` with ``newer`` ones behind them, or in the place of an earlier version of the same."""
    by_number = {result.number: result for result in newer}
    if by_number and any(result.number in by_number for result in results if result.waits):
        results = tuple(by_number.pop(result.number, result) for result in results)
    return (*results, *by_number.values())


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioResult:
    """The results of a scenario's events, in the order in which they were delivered.

    ``problems``: unknown names and events that cannot happen, with their places. ``conversations``: as they are
    at the end, in the order in which they first occur.
    """

    scenario: Scenario
    events: tuple[EventResult, ...]
    problems: tuple[Problem, ...]
    conversations: tuple[Conversation, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it passed: every event happened, every expectation is met, and every name is known."""
        return not self.problems and all(each.ok for each in self.events)

    @property
    def checked(self) -> bool:
        """Whether the scenario expects anything of any event."""
        return any(each.checked for each in self.events)

    @property
    def failed(self) -> list[EventResult]:
        """The events that did not have the expected result, in order of their number."""
        return sorted((each for each in self.events if not each.ok), key=lambda each: each.number)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """The traces of all that was delivered and of the flows that went on later, in this order."""
        turns = in_turn(self.events)
        return tuple(trace for each, later in turns for trace in ((later,) if later else each.deliveries))


def _names(labels: tuple[str, ...]) -> str:
    return listed(sorted(set(labels))) if labels else "none"


def _texts(texts: tuple[str, ...]) -> str:
    return listed([f'"{text}"' for text in texts]) if texts else "nothing"
