"""Playing a scenario: every event with what it started, what it should have started, or why it cannot happen.

An event that cannot happen is reported and leaves the conversation as it was; the rest of the scenario is
played all the same. A scenario may speak of several conversations. An event that names none is of the current
one of its instance: ``c-1``, ``c-2`` … in the order in which the script gets to them. *Conversation created*
starts the next one when the current one is closed.

What is compared with ``expect`` is what the event itself starts, not what follows in its cascade.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from oncue.domain.checks import check_scenario, scenario_file
from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.problems import Problem
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent, did_you_mean
from oncue.matching.matcher import Matcher
from oncue.simulation.play import BEGIN, PACE
from oncue.simulation.simulator import new_conversation, step
from oncue.simulation.turns import Turn


@dataclass(frozen=True, slots=True)
class EventResult:
    """What came of event ``number`` (from 1). Either ``turn`` or ``refusal`` is set.

    ``expected`` is ``None`` where the scenario does not check. ``conversation`` is the id of the one it was
    played in; ``event`` is as it was scripted.
    """

    number: int
    event: ScenarioEvent
    conversation: str
    turn: Turn | None = None
    refusal: str | None = None

    @property
    def expected(self) -> tuple[str, ...] | None:
        """Flows that it has to start, in order of id."""
        return None if self.event.expect is None else tuple(sorted(set(self.event.expect)))

    @property
    def fired(self) -> tuple[str, ...]:
        """Flows that it started, in order of id."""
        return self.turn.matched if self.turn else ()

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
    def ok(self) -> bool:
        """Whether it happened and started exactly what was expected."""
        return self.refusal is None and not self.missing and not self.unexpected


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What came of a scenario. ``problems``: unknown names and events that cannot happen, with their places."""

    scenario: Scenario
    events: tuple[EventResult, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether every event happened, started what was expected, and nothing is wrong with the script."""
        return not self.problems and all(each.ok for each in self.events)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of the events that happened."""
        return tuple(each.turn for each in self.events if each.turn)


def run(scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN) -> ScenarioResult:
    """Play the whole of ``scenario``. ``matcher`` is the one of ``workspace``."""
    events = tuple(play(scenario, workspace, matcher, start))
    unknown = check_scenario(scenario, workspace)
    file, installed = scenario_file(scenario.id), workspace.config.by_id
    refused = (
        Problem(file, each.refusal, f"events[{each.number}]")
        for each in events
        if each.refusal is not None and each.event.instance in installed
    )
    return ScenarioResult(scenario, events, (*unknown, *refused))


def play(scenario: Scenario, workspace: Workspace, matcher: Matcher, start: datetime = BEGIN) -> Iterator[EventResult]:
    """Play ``scenario`` event by event, for callers that show progress or stop early."""
    cast = _Conversations(scenario, workspace)
    for number, scripted in enumerate(scenario.events, 1):
        at = start + (number - 1) * PACE
        try:
            conversation = cast.of(scripted)
        except ImpossibleEvent as error:
            yield EventResult(number, scripted, scripted.conversation or "", refusal=str(error))
            continue
        try:
            turn = step(conversation, _event(scripted), workspace, matcher, at)
        except ImpossibleEvent as error:
            yield EventResult(number, scripted, conversation.id, refusal=str(error))
        else:
            cast.by_id[conversation.id] = turn.conversation
            yield EventResult(number, scripted, conversation.id, turn)


class _Conversations:
    """The conversations of a scenario that is being played."""

    def __init__(self, scenario: Scenario, workspace: Workspace) -> None:
        self.instances = workspace.config.by_id
        self.by_id: dict[str, Conversation] = {}
        self.current: dict[str, str] = {}
        named = {event.conversation for event in scenario.events}
        self.free = (name for name in map("c-{}".format, count(1)) if name not in named)

    def of(self, scripted: ScenarioEvent) -> Conversation:
        """The conversation that ``scripted`` is of, begun if need be."""
        instance = self.instances.get(scripted.instance)
        if instance is None:
            hint = did_you_mean(scripted.instance, self.instances)
            raise ImpossibleEvent(f"no instance {scripted.instance!r}; {hint}")
        name = scripted.conversation or self._current(scripted)
        return self.by_id.setdefault(name, new_conversation(name, instance))

    def _current(self, scripted: ScenarioEvent) -> str:
        name = self.current.get(scripted.instance)
        again = scripted.event == "conversation_created" and name in self.by_id and self.by_id[name].closed
        if name is None or again:
            name = next(self.free)
            self.current[scripted.instance] = name
        return name


def _event(scripted: ScenarioEvent) -> Event:
    return Event(
        event=scripted.event,
        instance=scripted.instance,
        participant=scripted.participant,
        message=scripted.message,
    )
