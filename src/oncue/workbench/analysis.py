"""An editing session and what follows from it: the compiled matcher, and the problems of each flow and scenario.

All of it is updated by what changed, so that an edit costs the same in a workspace of any size. Problems of a scenario
depend on the installed instances and on which flow ids there are, so an edit that adds or removes no flow checks no
scenario again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from oncue.domain.checks import check_flow, check_scenario
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.editing.session import Session
from oncue.matching.matcher import Matcher, compile_matcher

Problems = Mapping[str, tuple[Problem, ...]]
"""Problems by the id of the flow or scenario; only those that have some."""


class Compiled(NamedTuple):
    """A workspace, and its flows ready to be matched."""

    workspace: Workspace
    matcher: Matcher


@dataclass(frozen=True, eq=False)
class Analysis:
    """A session and what follows from it. ``saved``: the flows as they are saved; ``None`` if nothing is unsaved."""

    session: Session
    edited: Compiled
    saved: Compiled | None
    flow_problems: Problems
    scenario_problems: Problems

    @classmethod
    def start(cls, session: Session) -> "Analysis":
        """The analysis of a session, from scratch."""
        workspace = session.workspace
        return cls(
            session,
            Compiled(workspace, compile_matcher(workspace)),
            Compiled(session.saved, compile_matcher(session.saved)) if session.dirty else None,
            _flow_problems(workspace, workspace.flows),
            _scenario_problems(workspace, workspace.scenarios),
        )

    def after(self, session: Session) -> "Analysis":
        """The analysis after the session became ``session``; itself if nothing changed."""
        if session is self.session:
            return self
        old, new = self.session.workspace, session.workspace
        if old is new:
            return replace(self, session=session, saved=self._saved(session))
        if old.config is not new.config:
            return Analysis.start(session)
        # All flows are compared, by identity and so in no time, because a reload changes flows that nobody edited.
        gone = old.flows.keys() - new.flows.keys()
        changed = {flow_id for flow_id, flow in new.flows.items() if old.flows.get(flow_id) is not flow} | gone
        flow_problems = _without(self.flow_problems, changed)
        flow_problems |= _flow_problems(new, (flow_id for flow_id in changed if flow_id in new.flows))
        matcher = self.edited.matcher.updated(old.flows, new.flows, changed)
        scenario_problems = self._scenario_problems(new, gone)
        return Analysis(session, Compiled(new, matcher), self._saved(session), flow_problems, scenario_problems)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: files that cannot be read, then flows, then scenarios."""
        found = list(self.session.workspace.problems)
        for problems in (self.flow_problems, self.scenario_problems):
            found += (problem for each in sorted(problems) for problem in problems[each])
        return tuple(found)

    def _scenario_problems(self, new: Workspace, gone: Collection[str]) -> Problems:
        """The problems of scenarios in ``new``, in which the flows ``gone`` are no more."""
        old = self.session.workspace
        came = new.flows.keys() - old.flows.keys()
        if old.scenarios is new.scenarios and not gone and not came:
            return self.scenario_problems
        stale = {each for each, scenario in new.scenarios.items() if old.scenarios.get(each) is not scenario}
        stale |= old.scenarios.keys() - new.scenarios.keys()
        stale.update(*(new.scenarios_expecting(flow_id) for flow_id in gone))
        if gone or came:
            stale |= self.scenario_problems.keys()  # the flow may be there now, or another id may be nearer
        return _without(self.scenario_problems, stale) | _scenario_problems(new, stale & new.scenarios.keys())

    def _saved(self, session: Session) -> Compiled | None:
        """The flows as they are saved, after the session became ``session``."""
        if not session.dirty:
            return None
        if self.saved is not None and self.session.saved is session.saved:
            return self.saved
        # Before the first edit, what is compiled is what is saved.
        same = not self.session.dirty and self.session.workspace.flows == session.saved.flows
        return Compiled(session.saved, self.edited.matcher if same else compile_matcher(session.saved))


def _flow_problems(workspace: Workspace, flow_ids: Iterable[str]) -> dict[str, tuple[Problem, ...]]:
    checked = ((flow_id, check_flow(workspace.flows[flow_id], workspace.config)) for flow_id in flow_ids)
    return {flow_id: problems for flow_id, problems in checked if problems}


def _scenario_problems(workspace: Workspace, ids: Iterable[str]) -> dict[str, tuple[Problem, ...]]:
    checked = ((each, check_scenario(workspace.scenarios[each], workspace.config, workspace.flows)) for each in ids)
    return {each: problems for each, problems in checked if problems}


def _without(problems: Problems, ids: Collection[str]) -> dict[str, tuple[Problem, ...]]:
    return {each: found for each, found in problems.items() if each not in ids}
