"""A conversation as it was played: where, and which events in which order.

Only what was sent is kept; what it started is found by replaying. So the same play shows at once what an edited
flow would have done, and stepping back is leaving out the last event. The clock is virtual: a play begins at
`BEGIN` and each event happens a minute after the one before it, so that a transcript depends on nothing else.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import Matcher
from oncue.simulation.random_events import random_event
from oncue.simulation.simulator import new_conversation, step
from oncue.simulation.turns import Turn

BEGIN = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
PACE = timedelta(minutes=1)


@dataclass(frozen=True)
class Refused:
    """An event that cannot happen any more, because an edited flow ended the conversation or removed somebody."""

    event: Event
    reason: str


@dataclass(frozen=True)
class Play:
    """The events of a conversation on the instance with the id ``instance``."""

    instance: str
    events: tuple[Event, ...] = ()
    seed: int = 1

    def and_then(self, event: Event) -> "Play":
        """This play with one more event."""
        return replace(self, events=(*self.events, event))

    def back(self) -> "Play":
        """This play without its last event."""
        return replace(self, events=self.events[:-1])

    def random(self, replay: "Replay") -> Event:
        """The next random event, possible after ``replay`` and always the same for the same seed and play."""
        return random_event(Random(f"{self.seed}/{len(self.events)}"), replay.conversation)


@dataclass(frozen=True)
class Replay:
    """What became of a play: its turns in order, and the conversation at the end."""

    turns: tuple[Turn | Refused, ...]
    conversation: Conversation


def as_scenario(played: Play, outcome: Replay, scenario_id: str, name: str) -> Scenario:
    """The play as a scenario that expects what fired. Events that became impossible are left out."""
    events = [
        ScenarioEvent(
            event=turn.event.event,
            instance=played.instance,
            participant=turn.event.participant,
            message=turn.event.message,
            expect=turn.matched,
        )
        for turn in outcome.turns
        if not isinstance(turn, Refused)
    ]
    return Scenario(id=scenario_id, name=name, events=tuple(events))


def replay(play: Play, workspace: Workspace, matcher: Matcher) -> Replay:
    """Play all events against ``workspace``; ``KeyError`` if the instance is not installed."""
    state = Replay((), new_conversation("c-1", workspace.config.by_id[play.instance]))
    for event in play.events:
        state = advance(state, event, workspace, matcher)
    return state


def advance(state: Replay, event: Event, workspace: Workspace, matcher: Matcher) -> Replay:
    """One more event. An impossible one becomes a `Refused` and changes nothing else."""
    at = BEGIN + len(state.turns) * PACE
    try:
        turn = step(state.conversation, event, workspace, matcher, at)
    except ImpossibleEvent as error:
        return Replay((*state.turns, Refused(event, str(error))), state.conversation)
    return Replay((*state.turns, turn), turn.conversation)
