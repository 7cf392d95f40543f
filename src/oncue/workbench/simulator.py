"""The conversations in the simulator as one value: which there are, which one is seen, and their replays.

The conversation that is seen is replayed when somebody asks, because a long one takes longer than a key may, and it
may not be on the screen. While something is unsaved it can also be replayed with the flows as they are saved, to show
what the edits change.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.vocabulary import DELIVERIES
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ImpossibleEvent
from oncue.simulation.results import EventResult
from oncue.simulation.timeline import Replay, Timeline, advance, retreat
from oncue.simulation.timeline import replay as replay_of
from oncue.workbench.analysis import Compiled

Replays = tuple[Replay | None, Replay | None]
"""A replay with the flows as they are edited, and one with the flows as they are saved."""


@dataclass(frozen=True, eq=False)
class Simulator:
    """Conversations, of which there is always one where an instance is installed.

    ``edited`` and ``saved``: the flows that they are played against; ``saved`` is ``None`` while nothing is unsaved.
    ``home``: the instance of a conversation that nobody asked for. ``at``: the index of the timeline that is seen.
    ``known``: replays of it that were made already.
    """

    edited: Compiled
    saved: Compiled | None = None
    home: str | None = None
    timelines: tuple[Timeline, ...] = ()
    at: int = 0
    known: Replays = (None, None)

    @classmethod
    def start(
        cls,
        edited: Compiled,
        saved: Compiled | None = None,
        home: str | None = None,
        timelines: tuple[Timeline, ...] = (),
        at: int = 0,
    ) -> "Simulator":
        """A simulator with those of ``timelines`` whose instance is installed."""
        return cls(edited, saved, home)._with_timelines(timelines, at)

    def against(self, edited: Compiled, saved: Compiled | None, home: str | None) -> "Simulator":
        """The same conversations, played against other flows."""
        if edited is self.edited and saved is self.saved:
            if home == self.home:
                return self
            made = (self.__dict__.get("replay", self.known[0]), self.__dict__.get("before", self.known[1]))
            return replace(self, home=home, known=made)
        return Simulator.start(edited, saved, home, self.timelines, self.at)

    def at_home(self) -> "Simulator":
        """The simulator at its home, unless something happened in it or there is a choice of conversations."""
        timeline = self.timeline
        if timeline is None or len(self.timelines) > 1 or timeline.events or timeline.ahead:
            return self
        return self._with_timelines((), 0)

    # The conversation that is seen

    @property
    def timeline(self) -> Timeline | None:
        """The conversation that is seen; ``None`` where nothing is installed."""
        return self.timelines[self.at] if self.timelines else None

    @cached_property
    def replay(self) -> Replay | None:
        """The conversation that is seen, played with the flows as they are edited."""
        if self.timeline is None:
            return None
        return self.known[0] or replay_of(self.timeline, *self.edited)

    @cached_property
    def before(self) -> Replay | None:
        """The same with the flows as they are saved; ``None`` if nothing is unsaved."""
        timeline, saved = self.timeline, self.saved
        if timeline is None or saved is None or timeline.instance not in saved.workspace.config.by_id:
            return None
        return self.known[1] or replay_of(timeline, *saved)

    @property
    def results(self) -> tuple[EventResult, ...]:
        """What came of the events of the conversation that is seen."""
        return self.replay.results if self.replay else ()

    @property
    def waits(self) -> bool:
        """Whether a flow waits in the conversation that is seen."""
        return self.replay is not None and bool(self.replay.simulation.waiting_flows)

    def with_timeline(self, timeline: Timeline) -> "Simulator":
        """The simulator with ``timeline`` in place of the conversation that is seen."""
        timelines = list(self.timelines)
        timelines[self.at : self.at + 1] = [timeline]
        return self._with_timelines(tuple(timelines), self.at)

    def sent(self, event: Event | None = None) -> "Simulator":
        """The simulator after one more event; without one, after a random one that is possible.

        Raises `ImpossibleEvent` if it cannot happen.
        """
        if self.timeline is None or self.replay is None:
            raise ImpossibleEvent("nothing can happen: no channel instance is installed")
        timeline = self.timeline.append(event or self.timeline.random(self.replay))
        after = self._advanced(timeline)
        refused = [each for each in after.results if each.number == len(timeline.events) and each.refusal is not None]
        if refused:
            raise ImpossibleEvent(str(refused[0].refusal))
        return after

    def delivering_next(self, event: ScenarioEvent, number: int) -> "Simulator":
        """The simulator with ``event``, which is the one of this ``number``, delivered in the next way there is.

        Raises `ImpossibleEvent` if another event has that number by now, or none.
        """
        timeline = self.timeline
        now = timeline.events[number - 1 : number] if timeline else ()
        there = next((each for each in now if isinstance(each, ScenarioEvent)), None)
        if timeline is None or there is None or replaced(there, delivery=event.delivery) != event:
            raise ImpossibleEvent("that event is not in the conversation any more")
        ways = list(DELIVERIES)
        at = ways.index(there.delivery or timeline.delivery)
        return self.with_timeline(timeline.with_delivery(number, ways[(at + 1) % len(ways)]))

    def passing(self, duration: str | None) -> "Simulator":
        """The simulator after so much time has passed, or as much as until the next flow goes on.

        Raises `ImpossibleEvent` if none waits.
        """
        if self.timeline is None or self.replay is None:
            return self
        if duration is None and not self.replay.simulation.waiting_flows:
            raise ImpossibleEvent("no flow waits")
        return self._advanced(self.timeline.pass_time(duration))

    def stepping(self) -> "Simulator":
        """The simulator after the next event of those that are ahead."""
        return self if self.timeline is None or not self.timeline.ahead else self._advanced(self.timeline.forward())

    def stepping_back(self) -> "Simulator":
        """The simulator before the last event, which is ahead again."""
        if self.timeline is None or self.replay is None:
            return self
        timeline = self.timeline.back()
        return self._showing(timeline, (retreat(self.replay, timeline), self.before and retreat(self.before, timeline)))

    # All conversations

    def opening(self, timeline: Timeline) -> "Simulator":
        """The simulator with one more conversation, which is seen; those in which nothing happened make room."""
        kept = tuple(each for each in self.timelines if each.events or each.ahead)
        return self._with_timelines((*kept, timeline), len(kept))

    def opening_scenario(self, scenario: Scenario) -> "Simulator":
        """The simulator with ``scenario`` about to be played."""
        return self.opening(Timeline.of(scenario, self.timeline.instance if self.timeline else ""))

    def closing(self) -> "Simulator":
        """The simulator without the conversation that is seen."""
        return self._with_timelines(self.timelines[: self.at] + self.timelines[self.at + 1 :], max(self.at - 1, 0))

    def turning(self, at: int) -> "Simulator":
        """The simulator in which another conversation is seen."""
        return self._with_timelines(self.timelines, at % max(len(self.timelines), 1))

    def turning_to(self, timeline: Timeline) -> "Simulator":
        """The simulator in which ``timeline`` is seen. Raises `ImpossibleEvent` if it is not there any more."""
        found = [at for at, each in enumerate(self.timelines) if each is timeline]
        if not found:
            raise ImpossibleEvent("that conversation has gone on meanwhile; choose again")
        return self.turning(found[0])

    @property
    def lists_timelines(self) -> bool:
        """Whether there is something to choose: more than one conversation, or one that is a scenario."""
        return len(self.timelines) > 1 or (self.timeline is not None and self.timeline.scenario is not None)

    def name_of(self, timeline: Timeline) -> str:
        """What a conversation is called: as the scenario that it is, or as the instance that it is on."""
        workspace = self.edited.workspace
        if timeline.scenario is not None:
            scenario = workspace.scenarios.get(timeline.scenario)
            return scenario.name if scenario else timeline.scenario
        return workspace.config.by_id[timeline.instance].name

    def _advanced(self, timeline: Timeline) -> "Simulator":
        """The simulator with ``timeline``, which is the one that is seen with an event more."""
        assert self.replay is not None
        return self._showing(timeline, (advance(self.replay, timeline), self.before and advance(self.before, timeline)))

    def _showing(self, timeline: Timeline, known: Replays) -> "Simulator":
        timelines = (*self.timelines[: self.at], timeline, *self.timelines[self.at + 1 :])
        return replace(self, timelines=timelines, known=known)

    def _with_timelines(self, timelines: tuple[Timeline, ...], at: int) -> "Simulator":
        """The simulator with those of ``timelines`` that can be played; if there are none, with an empty one."""
        installed = self.edited.workspace.config.by_id
        usable = tuple(timeline for timeline in timelines if timeline.instance in installed)
        if not usable and self.home is not None:
            usable = (Timeline(self.home),)
        return replace(self, timelines=usable, at=min(at, max(len(usable) - 1, 0)), known=(None, None))


def home_of(flow: Flow | None, config: WorkspaceConfig) -> str | None:
    """Where to try ``flow``: on its instance, or the first of its channel; else on any."""
    if flow is not None and flow.trigger.instance in config.by_id:
        return flow.trigger.instance
    own = config.instances_of(flow.trigger.channel) if flow is not None else ()
    return own[0].id if own else next(iter(config.by_id), None)
