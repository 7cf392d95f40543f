"""What rules look at: a workspace, and what follows from it. Each part is computed when a rule asks for it first."""

from collections.abc import Mapping
from functools import cached_property

from oncue.analysis.causes import Causes, Loop
from oncue.analysis.decisions import Decided, decide
from oncue.analysis.grid import Grid
from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import solve
from oncue.analysis.states import State
from oncue.domain.checks import check_flow
from oncue.domain.flows import Flow
from oncue.domain.paths import is_of_flows
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.linting.loop_playing import Played, rounds
from oncue.matching.matcher import Matcher, compile_matcher


class Context:
    """A workspace that is looked at."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._states: dict[tuple[str, Setting], State | None] = {}

    @property
    def config(self) -> WorkspaceConfig:
        """What is installed."""
        return self.workspace.config

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows that are switched on, in order of id."""
        return tuple(flow for _, flow in sorted(self.workspace.flows.items()) if flow.enabled)

    @cached_property
    def complete(self) -> bool:
        """Whether all flows could be read, so that what is missing is really missing."""
        return not any(is_of_flows(problem.file) for problem in self.workspace.problems)

    @cached_property
    def of_single_flows(self) -> Mapping[str, tuple[Problem, ...]]:
        """What is wrong with each flow by itself."""
        return {flow.id: check_flow(flow, self.config) for flow in self.workspace.flows.values()}

    @cached_property
    def decided(self) -> Mapping[str, Decided]:
        """For which participants each flow starts."""
        return {flow.id: decide(flow, self.config) for flow in self.workspace.flows.values()}

    @cached_property
    def grid(self) -> Grid:
        """The event space."""
        return Grid(self.config)

    @cached_property
    def matcher(self) -> Matcher:
        """The compiled matcher."""
        return compile_matcher(self.workspace)

    def state_of(self, flow: Flow, setting: Setting) -> State | None:
        """A state in which the conditions of ``flow`` hold in ``setting``, as several rules show it."""
        key = (flow.id if flow.when is not None else "", setting)
        if key not in self._states:
            self._states[key] = solve(setting, [Conditions.of(flow, self.config)]).state
        return self._states[key]

    @cached_property
    def causes(self) -> Causes:
        """Which flow starts which."""
        return Causes(self.workspace, self.decided, self.matcher)

    @cached_property
    def loops(self) -> tuple[tuple[Loop, Played], ...]:
        """Each loop that was played, with a round of it."""
        found = ((loop, rounds(loop, self.causes, self.workspace, self.matcher)) for loop in self.causes.loops())
        return tuple((loop, played) for loop, each in found for played in each)
