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
from oncue.domain.values import changed
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.random_events import random_event
from oncue.simulation.results import EventResult
from oncue.simulation.simulator import new_conversation
from oncue.simulation.stage import Stage

KEPT = 50
"""Steps back for which the replays are kept; further back, everything is played again."""


@dataclass(frozen=True)
class Play:
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
    def of(cls, scenario: Scenario, instance: str) -> "Play":
        """A scenario that is about to be played; ``instance`` is used if it has no events."""
        first = scenario.events[0].instance if scenario.events else instance
        return cls(first, ahead=scenario.events, scenario=scenario.id, delivery=scenario.delivery)

    def and_then(self, event: Event) -> "Play":
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

    def back(self) -> "Play":
        """This play one event earlier; itself at its beginning."""
        if not self.events:
            return self
        return self._at(self.events[:-1], (self.events[-1], *self.ahead))

    def anew(self) -> "Play":
        """This play at its beginning: a scenario with all its events ahead, any other without events."""
        if self.scenario is not None:
            return self._at((), (*self.events, *self.ahead))
        return Play(self.instance, seed=self.seed + 1)

    def forth(self, events: int = 1) -> "Play":
        """This play so many events later, or at its end."""
        return self._at((*self.events, *self.ahead[:events]), self.ahead[events:])

    def delivered(self, number: int, delivery: Delivery) -> "Play":
        """This play with another delivery of event ``number`` (from 1)."""
        events = list(self.events)
        events[number - 1] = changed(events[number - 1], delivery=delivery)
        return replace(self, events=tuple(events))

    def random(self, replayed: "Replay") -> Event:
        """The next random event, possible after ``replayed`` and always the same for the same seed and play."""
        return random_event(Random(f"{self.seed}/{len(self.events)}"), replayed.conversation)

    def _at(self, events: tuple[ScenarioEvent, ...], ahead: tuple[ScenarioEvent, ...]) -> "Play":
        return replace(self, events=events, ahead=ahead, instance=events[-1].instance if events else self.instance)


@dataclass(frozen=True, eq=False)
class Replay:
    """What became of a play: what came of its events, in the order in which flows heard of them.

    ``conversation`` is the one in which the next event by hand happens. ``earlier`` is the replay without the
    last event, as far as it is kept, so that stepping back costs nothing.
    """

    delivered: tuple[EventResult, ...]
    stage: Stage
    conversation: Conversation
    earlier: "Replay | None" = None

    @property
    def results(self) -> tuple[EventResult, ...]:
        """What came of all events so far, as if nothing followed: what is late is delivered behind the others."""
        return (*self.delivered, *self.stage.copy().finish()) if self.stage.waiting else self.delivered


def replay(play: Play, workspace: Workspace, matcher: Matcher) -> Replay:
    """Play all events against ``workspace``; ``KeyError`` if the instance is not installed."""
    stage = Stage(workspace, matcher, (each.conversation for each in (*play.events, *play.ahead)), play.delivery)
    first = max(len(play.events) - KEPT, 0)
    begun = replace(play, events=play.events[:first])
    results = tuple(result for event in begun.events for result in stage.play(event))
    state = Replay(results, stage, _conversation(begun, stage))
    for number in range(first + 1, len(play.events) + 1):
        state = advance(state, replace(play, events=play.events[:number]))
    return replace(state, conversation=_conversation(play, state.stage))


def advance(state: Replay, play: Play) -> Replay:
    """``state``, which is the replay of all events of ``play`` but the last, after that one too."""
    stage = state.stage.copy()
    delivered = (*state.delivered, *stage.play(play.events[-1]))
    return Replay(delivered, stage, _conversation(play, stage), state)


def retreat(state: Replay, play: Play) -> Replay | None:
    """The replay of ``play``, of which ``state`` is an event more; ``None`` if it is not kept."""
    earlier = state.earlier
    return earlier and replace(earlier, conversation=_conversation(play, earlier.stage))


def _conversation(play: Play, stage: Stage) -> Conversation:
    named = next((each.conversation for each in reversed(play.events) if each.instance == play.instance), None)
    found = stage.conversations.get(named) if named is not None else stage.conversation_on(play.instance)
    return found or new_conversation(named or "c-1", stage.workspace.config.by_id[play.instance])


def as_scenario(play: Play, outcome: Replay, scenario_id: str, name: str) -> Scenario:
    """The play as a scenario that expects what fired. Events that became impossible are left out."""
    happened = sorted((each for each in outcome.results if each.turn is not None), key=lambda each: each.number)
    events = [
        changed(each.event, expect=each.fired, expect_effects=_effects(each) if each.event.expect_effects else None)
        for each in happened
    ]
    return Scenario(id=scenario_id, name=name, delivery=play.delivery, events=tuple(events))


def _effects(result: EventResult) -> ExpectedEffects:
    found = result.effects
    return ExpectedEffects(
        messages=found.messages, notes=found.notes, assignee=found.assignee or NOBODY, closed=found.closed
    )
