"""A conversation as it is played by hand: which events were sent, and which of a script are still to come.

Only what was sent is kept; what came of it is found by replaying. So the same play shows at once what an edited
flow would have done. Stepping back puts the last event ahead again, where stepping forth finds it; a scenario
that is opened has all its events ahead.
"""

from dataclasses import dataclass, replace
from random import Random

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.scenarios import NOBODY, ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import new_conversation
from oncue.simulation.random_events import random_event
from oncue.simulation.results import EventResult
from oncue.simulation.simulation import Simulation

KEPT = 50
"""Steps back for which the replays are kept; further back, everything is played again."""


@dataclass(frozen=True)
class Timeline:
    """The events of a play: those sent, and those ahead, the next one first.

    ``instance`` is the id of where the next event by hand happens. ``scenario`` is the id of the scenario that
    was opened, if one was; ``delivery`` its default. Random events come from ``seed``.
    """

    instance: str
    events: tuple[ScenarioEvent, ...] = ()
    ahead: tuple[ScenarioEvent, ...] = ()
    scenario: str | None = None
    delivery: Delivery = "once"
    seed: int = 1

    @classmethod
    def of(cls, scenario: Scenario, instance: str) -> "Timeline":
        """A scenario that is about to be played; ``instance`` is used if it has no events."""
        first = scenario.events[0].instance if scenario.events else instance
        return cls(first, ahead=scenario.events, scenario=scenario.id, delivery=scenario.delivery)

    def append(self, event: Event) -> "Timeline":
        """This play with one more event, in the conversation of the last event on the same instance.

        What was taken back by hand is then gone, as redo is after an edit; what a scenario has ahead stays.
        """
        last = next((each for each in reversed(self.events) if each.instance == self.instance), None)
        scripted = ScenarioEvent(
            event=event.event,
            instance=self.instance,
            conversation=last.conversation if last else None,
            participant=event.participant,
            message=event.message,
        )
        ahead = self.ahead if self.scenario is not None else ()
        return replace(self, events=(*self.events, scripted), ahead=ahead)

    def back(self) -> "Timeline":
        """This play one event earlier; itself at its beginning."""
        if not self.events:
            return self
        return self._at(self.events[:-1], (self.events[-1], *self.ahead))

    def restart(self) -> "Timeline":
        """This play at its beginning: a scenario with all its events ahead, any other without events."""
        if self.scenario is not None:
            return self._at((), (*self.events, *self.ahead))
        return Timeline(self.instance, seed=self.seed + 1)

    def forward(self, events: int = 1) -> "Timeline":
        """This play so many events later, or at its end."""
        return self._at((*self.events, *self.ahead[:events]), self.ahead[events:])

    def with_delivery(self, number: int, delivery: Delivery) -> "Timeline":
        """This play with another delivery of event ``number`` (from 1)."""
        events = list(self.events)
        events[number - 1] = replaced(events[number - 1], delivery=delivery)
        return replace(self, events=tuple(events))

    def random(self, replayed: "Replay") -> Event:
        """The next random event, possible after ``replayed`` and always the same for the same seed and play."""
        return random_event(Random(f"{self.seed}/{len(self.events)}"), replayed.conversation)

    def _at(self, events: tuple[ScenarioEvent, ...], ahead: tuple[ScenarioEvent, ...]) -> "Timeline":
        return replace(self, events=events, ahead=ahead, instance=events[-1].instance if events else self.instance)


@dataclass(frozen=True, eq=False)
class Replay:
    """What became of a play: what came of its events, in the order in which flows heard of them.

    ``conversation`` is the one in which the next event by hand happens. ``earlier`` is the replay without the
    last event, as far as it is kept, so that stepping back costs nothing.
    """

    delivered: tuple[EventResult, ...]
    simulation: Simulation
    conversation: Conversation
    earlier: "Replay | None" = None

    @property
    def results(self) -> tuple[EventResult, ...]:
        """What came of all events so far, as if nothing followed: what is late is delivered behind the others."""
        return (*self.delivered, *self.simulation.copy().flush()) if self.simulation.waiting else self.delivered


def replay(timeline: Timeline, workspace: Workspace, matcher: Matcher) -> Replay:
    """Play all events against ``workspace``; ``KeyError`` if the instance is not installed."""
    simulation = Simulation(
        workspace, matcher, (each.conversation for each in (*timeline.events, *timeline.ahead)), timeline.delivery
    )
    first = max(len(timeline.events) - KEPT, 0)
    begun = replace(timeline, events=timeline.events[:first])
    results = tuple(result for event in begun.events for result in simulation.send(event))
    state = Replay(results, simulation, _conversation(begun, simulation))
    for number in range(first + 1, len(timeline.events) + 1):
        state = advance(state, replace(timeline, events=timeline.events[:number]))
    return replace(state, conversation=_conversation(timeline, state.simulation))


def advance(state: Replay, timeline: Timeline) -> Replay:
    """``state``, which is the replay of all events of ``timeline`` but the last, after that one too."""
    simulation = state.simulation.copy()
    delivered = (*state.delivered, *simulation.send(timeline.events[-1]))
    return Replay(delivered, simulation, _conversation(timeline, simulation), state)


def retreat(state: Replay, timeline: Timeline) -> Replay | None:
    """The replay of ``timeline``, of which ``state`` is an event more; ``None`` if it is not kept."""
    earlier = state.earlier
    return earlier and replace(earlier, conversation=_conversation(timeline, earlier.simulation))


def _conversation(timeline: Timeline, simulation: Simulation) -> Conversation:
    named = next((each.conversation for each in reversed(timeline.events) if each.instance == timeline.instance), None)
    found = simulation.conversations.get(named) if named is not None else simulation.conversation_on(timeline.instance)
    return found or new_conversation(named or "c-1", simulation.workspace.config.by_id[timeline.instance])


def as_scenario(timeline: Timeline, outcome: Replay, scenario_id: str, name: str) -> Scenario:
    """The play as a scenario that expects what fired. Events that became impossible are left out."""
    happened = sorted((each for each in outcome.results if each.trace is not None), key=lambda each: each.number)
    events = [
        replaced(each.event, expect=each.fired, expect_effects=_effects(each) if each.event.expect_effects else None)
        for each in happened
    ]
    return Scenario(id=scenario_id, name=name, delivery=timeline.delivery, events=tuple(events))


def _effects(result: EventResult) -> ExpectedEffects:
    found = result.effects
    return ExpectedEffects(
        messages=found.messages, notes=found.notes, assignee=found.assignee or NOBODY, closed=found.closed
    )
