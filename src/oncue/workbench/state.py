"""Everything that a front end shows, as one value: what follows from the session, and what the simulator has.

The two halves (`Analysis` and `Simulator`) know their own rules; here is what ties them together: the simulator plays
against the flows as they are edited, and starts where the open flow listens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from oncue.domain.flows import Flow
from oncue.domain.problems import Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import Workspace
from oncue.editing.session import Session
from oncue.simulation.results import EventResult
from oncue.simulation.timeline import Replay, Timeline
from oncue.workbench.analysis import Analysis, Compiled, Problems
from oncue.workbench.findings import Findings
from oncue.workbench.problem_list import ProblemList
from oncue.workbench.scenario_standings import Standings
from oncue.workbench.simulator import Simulator, home_of
from oncue.workbench.unfinished import Slot, Texts, Unfinished, key_of, places_after, unfinished


@dataclass(frozen=True, eq=False)
class State:
    """The session with its analysis, and the simulator; the properties are what is shown of both."""

    analysis: Analysis
    simulator: Simulator
    texts: Texts = field(default_factory=dict)
    """What was typed, where that may be no value yet."""
    standings: Standings = field(default_factory=Standings)
    """How the scenarios stood when they were replayed last."""
    findings: Findings = field(default_factory=Findings)
    """What the linter found when it was asked last."""

    @classmethod
    def start(cls, session: Session, timelines: tuple[Timeline, ...] = (), at: int = 0) -> "State":
        """The state of a session that was just started; of ``timelines`` those are kept whose instance is there."""
        analysis = Analysis.start(session)
        home = home_of(session.flow, session.workspace.config)
        return cls(analysis, Simulator.start(analysis.edited, analysis.saved, home, timelines, at))

    def after(self, session: Session) -> "State":
        """The state after the session became ``session``; itself if nothing changed."""
        analysis = self.analysis.after(session)
        if analysis is self.analysis:
            return self
        home = home_of(session.flow, session.workspace.config)
        simulator = self.simulator.against(analysis.edited, analysis.saved, home)
        # A simulator in which nothing happened yet goes along to where the open flow listens now.
        moves = _place(self.flow) != _place(session.flow)
        return replace(self, analysis=analysis, simulator=simulator.at_home() if moves else simulator)

    def reloaded(self, fresh: Workspace, drop: str | None = None) -> "State":
        """The state after the folder was read again, as `Session.reloaded`; what is no value yet stays as well."""
        session, moved, kept = self.session, dict[tuple[str, Slot], str](), set[str]()
        for flow_id in {each.flow_id for each in self.unfinished} - session.dirty - {drop}:
            flow, found = self.workspace.flows[flow_id], [each for each in self.unfinished if each.flow_id == flow_id]
            if fresh.flows.get(flow_id) == flow:
                continue
            places = places_after(found, flow, fresh.flows.get(flow_id))
            if places is None:
                kept.add(flow_id)
            else:
                moved |= {(flow_id, at): each.text for at, each in zip(places, found, strict=True)}
        return self.after(session.reloaded(fresh, drop, kept)).with_texts(moved)

    def with_texts(self, texts: Mapping[tuple[str, Slot], str]) -> "State":
        """The state with the texts of some steps and conditions, each by its flow, and its index or key."""
        state = self
        for (flow_id, at), text in texts.items():
            state = state.with_text(flow_id, at, text)
        return state

    def with_text(self, flow_id: str, at: Slot, text: str) -> "State":
        """The state after ``text`` was typed for a step or condition; itself if nothing changed."""
        key = key_of(self.session, flow_id, at)
        if key is None or self.texts.get(key) == text:
            return self
        return replace(self, texts={**self.texts, key: text})

    def simulating(self, change: Callable[[Simulator], Simulator]) -> "State":
        """The state after ``change`` in the simulator; itself if nothing changed."""
        simulator = change(self.simulator)
        return self if simulator is self.simulator else replace(self, simulator=simulator)

    # The workspace

    @property
    def session(self) -> Session:
        """The editing session."""
        return self.analysis.session

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is edited."""
        return self.session.workspace

    @property
    def flow(self) -> Flow | None:
        """The open flow."""
        return self.session.flow

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios that can be played."""
        return self.workspace.scenarios

    @property
    def standings_behind(self) -> bool:
        """Whether the scenarios have to be replayed, as something was edited since."""
        return self.standings.played is not self.analysis.edited

    @property
    def flow_problems(self) -> Problems:
        """The problems of each flow that has some."""
        return self.analysis.flow_problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong."""
        return self.listed.problems

    @cached_property
    def listed(self) -> ProblemList:
        """Everything that is wrong, with how much that is of each flow."""
        return ProblemList(self.findings, self.analysis, tuple(each.problem for each in self.unfinished))

    @cached_property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """The texts that are no values yet."""
        return unfinished(self.session, self.texts)

    @cached_property
    def unsaved(self) -> frozenset[str]:
        """The ids of the flows of which something is not on disk, be it an edit or a text that is no value yet."""
        return self.session.dirty | {each.flow_id for each in self.unfinished}

    @property
    def unsaved_count(self) -> int:
        """How many flows that are. One that was renamed is one, although two files change."""
        return len(self.unsaved) - len(self.session.renames)

    # The simulator

    @property
    def saved(self) -> Compiled | None:
        """The flows as they are saved; ``None`` while nothing is unsaved."""
        return self.analysis.saved

    @property
    def timelines(self) -> tuple[Timeline, ...]:
        """The conversations in the simulator."""
        return self.simulator.timelines

    @property
    def at(self) -> int:
        """The index of the conversation that is seen."""
        return self.simulator.at

    @property
    def timeline(self) -> Timeline | None:
        """The conversation that is seen in the simulator; ``None`` where nothing is installed."""
        return self.simulator.timeline

    @property
    def replay(self) -> Replay | None:
        """The conversation that is seen, played with the flows as they are edited."""
        return self.simulator.replay

    @property
    def before(self) -> Replay | None:
        """The same with the flows as they are saved; ``None`` if nothing is unsaved."""
        return self.simulator.before

    @property
    def results(self) -> tuple[EventResult, ...]:
        """What came of the events of the conversation that is seen."""
        return self.simulator.results

    def name_of(self, timeline: Timeline) -> str:
        """What a conversation is called."""
        return self.simulator.name_of(timeline)


def _place(flow: Flow | None) -> tuple[str, str, str | None] | None:
    """Which flow is open, and where it listens."""
    return None if flow is None else (flow.id, flow.trigger.channel, flow.trigger.instance)
