"""All that the app shows, as one value: the session, the conversations in the simulator, and what follows from them.

What follows (the compiled matcher, the problems of each flow) is kept up to date by what changed, so that an edit
costs the same in a workspace of any size. The simulated conversation is played when it is asked for, as a long one
takes longer than a key may, and it may not be on the screen. While something is unsaved it can also be played with
the flows as they are saved, for showing what the edits change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_
from functools import cached_property
from typing import NamedTuple

from oncue.domain.checks import check_flow, check_scenario
from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.problems import Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.editing.session import Session
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation.results import EventResult
from oncue.simulation.timeline import Replay, Timeline, advance, replay, retreat


class Saved(NamedTuple):
    """The flows as they are saved."""

    workspace: Workspace
    matcher: Matcher


@dataclass(frozen=True, eq=False)
class State:
    """The session and what follows from it. ``flow_problems`` has only flows that have some.

    ``timelines``: the conversations in the simulator; ``at``: the one that is seen. ``saved``: the flows as they are
    saved; ``None`` while nothing is unsaved. ``known``: replays that were made already, `replay` and `before`.
    """

    session: Session
    matcher: Matcher
    flow_problems: Mapping[str, tuple[Problem, ...]]
    timelines: tuple[Timeline, ...] = ()
    at: int = 0
    saved: Saved | None = None
    known: tuple[Replay | None, Replay | None] = (None, None)

    @classmethod
    def start(cls, session: Session, timelines: tuple[Timeline, ...] = (), at: int = 0) -> "State":
        """The state of a session that was just started; of ``timelines`` those go on whose instance is there."""
        workspace = session.workspace
        state = cls(session, compile_matcher(workspace), _problems_of(workspace, workspace.flows))
        if session.dirty:
            state = with_(state, saved=Saved(session.saved, compile_matcher(session.saved)))
        return state._with_timelines(timelines, at)

    def after(self, session: Session) -> "State":
        """The state after the session went on to ``session``."""
        old, new = self.session.workspace, session.workspace
        timelines = () if len(self.timelines) == 1 and self._moves_on(session) else self.timelines
        if old is new:
            saved = self._saved(session)
            moved = with_(self, session=session, saved=saved)
            return moved if timelines and saved is self.saved else moved._with_timelines(timelines, self.at)
        if old.config is not new.config:
            return State.start(session, self.timelines, self.at)
        # All flows are compared, by identity and so in no time, because a reload changes flows that nobody edited.
        changed = {flow_id for flow_id, flow in new.flows.items() if old.flows.get(flow_id) is not flow}
        changed |= old.flows.keys() - new.flows.keys()
        problems = {flow_id: found for flow_id, found in self.flow_problems.items() if flow_id not in changed}
        problems |= _problems_of(new, (flow_id for flow_id in changed if flow_id in new.flows))
        matcher = self.matcher.updated(old.flows, new.flows, changed)
        return State(session, matcher, problems, saved=self._saved(session))._with_timelines(timelines, self.at)

    # The simulator

    @cached_property
    def replay(self) -> Replay | None:
        """The conversation that is seen, played with the flows as they are."""
        if self.timeline is None:
            return None
        return self.known[0] or replay(self.timeline, self.workspace, self.matcher)

    @cached_property
    def before(self) -> Replay | None:
        """The same with the flows as they are saved; ``None`` if they are the same flows."""
        if (
            self.timeline is None
            or self.saved is None
            or self.timeline.instance not in self.saved.workspace.config.by_id
        ):
            return None
        return self.known[1] or replay(self.timeline, *self.saved)

    @property
    def results(self) -> tuple[EventResult, ...]:
        """What came of the events of the conversation that is seen."""
        return self.replay.results if self.replay else ()

    @property
    def timeline(self) -> Timeline | None:
        """The conversation that is seen in the simulator; ``None`` where nothing is installed."""
        return self.timelines[self.at] if self.timelines else None

    def with_timeline(self, timeline: Timeline) -> "State":
        """The state with ``timeline`` instead of the conversation that is seen."""
        timelines = list(self.timelines)
        timelines[self.at : self.at + 1] = [timeline]
        return self._with_timelines(tuple(timelines), self.at)

    def opening(self, timeline: Timeline) -> "State":
        """The state with one more conversation, which is the one that is seen; an empty one makes room for it."""
        kept = tuple(each for each in self.timelines if each.events or each.ahead)
        return self._with_timelines((*kept, timeline), len(kept))

    def opening_scenario(self, scenario: Scenario) -> "State":
        """The state with ``scenario`` about to be played."""
        return self.opening(Timeline.of(scenario, self.timeline.instance if self.timeline else ""))

    def closing(self) -> "State":
        """The state without the conversation that is seen."""
        return self._with_timelines(self.timelines[: self.at] + self.timelines[self.at + 1 :], max(self.at - 1, 0))

    def turning(self, at: int) -> "State":
        """The state in which another conversation is seen."""
        return self._with_timelines(self.timelines, at % max(len(self.timelines), 1))

    def sent(self, event: Event | None = None) -> "State":
        """The state after one more event in the simulator; without one, after a random one that is possible.

        Raises `ImpossibleEvent` if it cannot happen.
        """
        if self.timeline is None or self.replay is None:
            raise ImpossibleEvent("nothing can happen: no channel instance is installed")
        timeline = self.timeline.append(event or self.timeline.random(self.replay))
        after = self._further(timeline)
        refused = [each for each in after.results if each.number == len(timeline.events) and each.refusal is not None]
        if refused:
            raise ImpossibleEvent(str(refused[0].refusal))
        return after

    def stepping(self) -> "State":
        """The state after the next event of those that are ahead."""
        return self if self.timeline is None or not self.timeline.ahead else self._further(self.timeline.forward())

    def stepping_back(self) -> "State":
        """The state before the last event, which is ahead again."""
        if self.timeline is None or self.replay is None:
            return self
        timeline = self.timeline.back()
        known = (retreat(self.replay, timeline), self.before and retreat(self.before, timeline))
        return self._at(timeline, known)

    def _further(self, timeline: Timeline) -> "State":
        """The state with ``timeline``, which is the one that is seen and an event more."""
        assert self.replay is not None
        return self._at(timeline, (advance(self.replay, timeline), self.before and advance(self.before, timeline)))

    def _at(self, timeline: Timeline, known: tuple[Replay | None, Replay | None]) -> "State":
        timelines = (*self.timelines[: self.at], timeline, *self.timelines[self.at + 1 :])
        return with_(self, timelines=timelines, known=known)

    def _with_timelines(self, timelines: tuple[Timeline, ...], at: int) -> "State":
        """The state with these conversations."""
        installed = self.workspace.config.by_id
        usable = tuple(timeline for timeline in timelines if timeline.instance in installed)
        if not usable:
            likely = self._likely_instance()
            usable = (Timeline(likely),) if likely is not None else ()
        return with_(self, timelines=usable, at=min(at, max(len(usable) - 1, 0)), known=(None, None))

    def _saved(self, session: Session) -> Saved | None:
        """The flows as they are saved, after the session went on to ``session``."""
        if not session.dirty:
            return None
        if self.saved is not None and self.session.saved is session.saved:
            return self.saved
        # Before the first edit, what is compiled is what is saved.
        same = not self.session.dirty and self.session.workspace.flows == session.saved.flows
        return Saved(session.saved, self.matcher if same else compile_matcher(session.saved))

    def _moves_on(self, session: Session) -> bool:
        """Whether a simulator in which nothing happened yet goes along to where the open flow listens now."""
        if self.timeline is None or self.timeline.events or self.timeline.ahead:
            return False
        before, now = self.flow, session.flow
        places = [flow and (flow.id, flow.trigger.channel, flow.trigger.instance) for flow in (before, now)]
        return places[0] != places[1]

    def _likely_instance(self) -> str | None:
        """Where to try the open flow: on its instance, or the first of its channel; else on any."""
        config, flow = self.workspace.config, self.flow
        if flow is not None and flow.trigger.instance in config.by_id:
            return flow.trigger.instance
        own = config.instances_of(flow.trigger.channel) if flow is not None else ()
        return own[0].id if own else next(iter(config.by_id), None)

    # The workspace

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is edited."""
        return self.session.workspace

    @property
    def flow(self) -> Flow | None:
        """The open flow."""
        return self.session.flow

    @property
    def lists_timelines(self) -> bool:
        """Whether there is something to choose: more than one conversation, or one that is a scenario."""
        return len(self.timelines) > 1 or (self.timeline is not None and self.timeline.scenario is not None)

    def name_of(self, timeline: Timeline) -> str:
        """What a conversation is called: as the scenario that it is, or as the instance that it is on."""
        if timeline.scenario is not None:
            scenario = self.scenarios.get(timeline.scenario)
            return scenario.name if scenario else timeline.scenario
        return self.workspace.config.by_id[timeline.instance].name

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """What can be played."""
        return self.workspace.scenarios

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: files that cannot be read, then flows, then scenarios."""
        flows = [problem for flow_id in sorted(self.flow_problems) for problem in self.flow_problems[flow_id]]
        scenarios = [
            problem
            for scenario in self.workspace.scenarios.values()
            for problem in check_scenario(scenario, self.workspace.config, self.workspace.flows)
        ]
        return (*self.workspace.problems, *flows, *scenarios)


def _problems_of(workspace: Workspace, flow_ids: Iterable[str]) -> dict[str, tuple[Problem, ...]]:
    checked = ((flow_id, check_flow(workspace.flows[flow_id], workspace.config)) for flow_id in flow_ids)
    return {flow_id: problems for flow_id, problems in checked if problems}
