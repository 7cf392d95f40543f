"""What came of the events of a scenario, and how that differs from what was expected.

``expect`` is about what the event itself starts; ``expect_effects`` about all that came of it, caused events
included, because that is what the people in the conversation see.
"""

from dataclasses import dataclass
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.problems import Problem
from oncue.domain.scenarios import NOBODY, Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, SendMessage
from oncue.simulation.trace import Trace, every_trace
from oncue.text import listed


class Effects(NamedTuple):
    """What came of an event: texts that flows sent and noted, in order, and how the conversation is afterwards."""

    messages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assignee: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class EventResult:
    """What came of event ``number`` (from 1) of a script. Either ``trace`` or ``refusal`` is set.

    ``conversation`` is the id of the one it was played in; ``event`` is as it was scripted. ``again``: what
    came of its second delivery, if it had one.
    """

    number: int
    event: ScenarioEvent
    conversation: str
    trace: Trace | None = None
    refusal: str | None = None
    again: Trace | None = None

    @property
    def traces(self) -> tuple[Trace, ...]:
        """What came of each of its deliveries."""
        return tuple(trace for trace in (self.trace, self.again) if trace is not None)

    @property
    def expected(self) -> tuple[str, ...] | None:
        """Flows that it has to start, in order of id; ``None`` where the scenario does not check."""
        return None if self.event.expect is None else tuple(sorted(set(self.event.expect)))

    @property
    def fired(self) -> tuple[str, ...]:
        """Flows that it started, in order of id."""
        return self.trace.matched if self.trace else ()

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
        """What came of all its deliveries, with everything that was caused."""
        if self.trace is None:
            return Effects()
        done = [
            step
            for delivered in self.traces
            for trace in every_trace(delivered)
            for run in trace.runs
            for step in run.steps
            if step.text is not None
        ]
        return Effects(
            tuple(step.text or "" for step in done if isinstance(step.step, SendMessage)),
            tuple(step.text or "" for step in done if isinstance(step.step, AddNote)),
            self.traces[-1].conversation.assignee,
            self.traces[-1].conversation.closed,
        )

    @property
    def checked(self) -> bool:
        """Whether anything is expected of it."""
        return self.event.expect is not None or self.event.expect_effects is not None

    @property
    def differences(self) -> tuple[str, ...]:
        """Why it cannot happen, or each expectation that does not hold, as a sentence; empty if all is well."""
        if self.refusal is not None:
            return (f"cannot happen: {self.refusal}",)
        flows = [f"{flow_id} was expected and did not start" for flow_id in self.missing]
        flows += (f"{flow_id} started and was not expected" for flow_id in self.unexpected)
        return (*flows, *self._other_effects())

    @property
    def ok(self) -> bool:
        """Whether it happened and everything came of it that was expected."""
        return not self.differences

    def _other_effects(self) -> list[str]:
        expected = self.event.expect_effects
        if expected is None:
            return []
        found, other = self.effects, []
        if expected.messages is not None and expected.messages != found.messages:
            other.append(f"expected to send {_texts(expected.messages)}, sent {_texts(found.messages)}")
        if expected.notes is not None and expected.notes != found.notes:
            other.append(f"expected to note {_texts(expected.notes)}, noted {_texts(found.notes)}")
        if expected.assignee is not None and expected.assignee != (found.assignee or NOBODY):
            other.append(
                f"expected {expected.assignee or 'nobody'} to be responsible, not {found.assignee or 'nobody'}"
            )
        if expected.closed is not None and expected.closed != found.closed:
            states = ("open", "closed")
            other.append(f"expected the conversation to be {states[expected.closed]}, it is {states[found.closed]}")
        return other


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioResult:
    """What came of a scenario, in the order in which flows heard of its events.

    ``problems``: unknown names and events that cannot happen, with their places. ``conversations``: as they are
    at the end, in the order in which the script got to them.
    """

    scenario: Scenario
    events: tuple[EventResult, ...]
    problems: tuple[Problem, ...]
    conversations: tuple[Conversation, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every event happened, everything expected came, and nothing is wrong with the script."""
        return not self.problems and all(each.ok for each in self.events)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """What came of each delivery of each event that happened."""
        return tuple(trace for each in self.events for trace in each.traces)


def _texts(texts: tuple[str, ...]) -> str:
    return listed([f'"{text}"' for text in texts]) if texts else "nothing"
