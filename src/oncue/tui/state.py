"""All that the app shows, as one value: the session, and what follows from it.

What follows (the compiled matcher, the problems of each flow, the simulated conversation) is kept up to date by
what changed, so that an edit costs the same in a workspace of any size.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_

from oncue.domain.checks import check_flow, check_scenario
from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.editing.session import Session
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation.play import Play, Replay, advance, replay


@dataclass(frozen=True)
class State:
    """The session and what follows from it. ``flow_problems`` has only flows that have some."""

    session: Session
    matcher: Matcher
    flow_problems: Mapping[str, tuple[Problem, ...]]
    play: Play | None = None
    replay: Replay | None = None

    @classmethod
    def start(cls, session: Session, play: Play | None = None) -> "State":
        """The state of a session that was just started; ``play`` goes on if its instance is there."""
        workspace = session.workspace
        state = cls(session, compile_matcher(workspace), _problems_of(workspace, workspace.flows))
        return state.playing(play)

    def after(self, session: Session) -> "State":
        """The state after the session went on to ``session``."""
        old, new = self.session.workspace, session.workspace
        if old is new:
            moved = with_(self, session=session)
            return moved.playing(None) if self._moves_on(session) else moved
        if old.config is not new.config:
            return State.start(session, self.play)
        # All flows are compared, by identity and so in no time, because a reload changes flows that nobody edited.
        changed = {flow_id for flow_id, flow in new.flows.items() if old.flows.get(flow_id) is not flow}
        changed |= old.flows.keys() - new.flows.keys()
        problems = {flow_id: found for flow_id, found in self.flow_problems.items() if flow_id not in changed}
        problems |= _problems_of(new, (flow_id for flow_id in changed if flow_id in new.flows))
        after = State(session, self.matcher.updated(old.flows, new.flows, changed), problems)
        return after.playing(None if self._moves_on(session) else self.play)

    def _moves_on(self, session: Session) -> bool:
        """Whether a simulator in which nothing happened yet goes along to where the open flow listens now."""
        if self.play is None or self.play.events:
            return False
        before, now = self.flow, session.flow
        places = [flow and (flow.id, flow.trigger.channel, flow.trigger.instance) for flow in (before, now)]
        return places[0] != places[1]

    def playing(self, play: Play | None) -> "State":
        """The state with another conversation in the simulator, or the same replayed with the flows as they are."""
        installed = self.workspace.config.by_id
        if play is None or play.instance not in installed:
            usable = self._likely_instance()
            play = Play(usable) if usable is not None else None
        return with_(self, play=play, replay=replay(play, self.workspace, self.matcher) if play else None)

    def _likely_instance(self) -> str | None:
        """Where to try the open flow: on its instance, or the first of its channel; else on any."""
        config, flow = self.workspace.config, self.flow
        if flow is not None and flow.trigger.instance in config.by_id:
            return flow.trigger.instance
        own = config.instances_of(flow.trigger.channel) if flow is not None else ()
        return own[0].id if own else next(iter(config.by_id), None)

    def sent(self, event: Event) -> "State":
        """The state after one more event in the simulator."""
        if self.play is None or self.replay is None:
            return self
        after = advance(self.replay, event, self.workspace, self.matcher)
        return with_(self, play=self.play.and_then(event), replay=after)

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is edited."""
        return self.session.workspace

    @property
    def flow(self) -> Flow | None:
        """The open flow."""
        return self.session.flow

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: files that cannot be read, then flows, then scenarios."""
        flows = [problem for flow_id in sorted(self.flow_problems) for problem in self.flow_problems[flow_id]]
        scenarios = [
            problem
            for scenario in self.workspace.scenarios.values()
            for problem in check_scenario(scenario, self.workspace)
        ]
        return (*self.workspace.problems, *flows, *scenarios)


def _problems_of(workspace: Workspace, flow_ids: Iterable[str]) -> dict[str, tuple[Problem, ...]]:
    checked = ((flow_id, check_flow(workspace.flows[flow_id], workspace.config)) for flow_id in flow_ids)
    return {flow_id: problems for flow_id, problems in checked if problems}
