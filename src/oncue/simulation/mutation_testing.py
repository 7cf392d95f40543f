"""Mutation testing: which mutants of the flows do the scenarios kill, and which survive?

Hardly anything is replayed, unless a flow has conditions, which look at more than keys. Triggers decide by the event
key alone, so a scenario goes as before up to the first event on whose key flow and mutant decide differently. Without
such an event the scenario cannot kill the mutant. If some scenario says what that event starts, it kills the mutant
right there. Only if in all of them flows caused the event, or nothing is expected of it, scenarios are run again, with
a matcher in which a single bucket is rebuilt: those first that expect effects of that event, and no more than `REPLAYS`
of them. A mutant that a thousand scenarios come across would otherwise cost a thousand runs, and the next one is no
likelier to kill it than the ten before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple

from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.wording import event_clause
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher
from oncue.matching.semantics import matches
from oncue.simulation.mutants import Clause, Mutant, distinguishing_event, mutants_of
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import first_failure
from oncue.simulation.trace import Limit, Trace, every_trace
from oncue.text import counted

REPLAYS = 10
"""Scenarios that are run again for one mutant before it is given up."""


class Killed(NamedTuple):
    """The id of the scenario that fails with a mutant, and the number (from 1) of its first event that does."""

    scenario: str
    event: int


@dataclass(frozen=True, slots=True)
class MutantResult:
    """Whether a mutant was killed, and by which scenario.

    ``distinguishing_event`` is a likely event on which flow and mutant decide differently. ``covered_by`` are the
    ids of scenarios that have such an event, were run with the mutant, and do not kill it. ``untried``: how many
    others have such an event and were not run.
    """

    mutant: Mutant
    distinguishing_event: Event
    killed: Killed | None = None
    covered_by: tuple[str, ...] = ()
    untried: int = 0

    @property
    def reason(self) -> str:
        """Which scenario killed it, or why it survived."""
        if self.killed is not None:
            return f"killed by {self.killed.scenario}, event {self.killed.event}"
        if not self.covered_by:
            return "no scenario has an event that could kill it"
        if len(self.covered_by) == 1:
            return f"{self.covered_by[0]} has an event that could kill it, but expects nothing that differs"
        others = counted(len(self.covered_by) - 1, "other scenario")
        more = f"; {self.untried:,} more were not tried" if self.untried else ""
        return (
            f"{self.covered_by[0]} and {others} have an event that could kill it, but expect nothing that differs{more}"
        )

    def suggestion(self, matcher: Matcher) -> ScenarioEvent:
        """The distinguishing event for a scenario, expecting what it starts now; ``matcher`` is that of the flows."""
        event = self.distinguishing_event
        return ScenarioEvent(
            event=event.event,
            instance=event.instance or "",
            participant=event.participant,
            message=event.message,
            expect=matcher.match(event),
        )

    def advice(self, config: WorkspaceConfig) -> str:
        """The suggestion in words: ``a bot sends an image on WhatsApp · Shop; expect no support-reply``."""
        flow = self.mutant.flow
        happened = event_clause(self.distinguishing_event, config)
        if (change := self.mutant.change) is not None:
            return f"{happened}, {change.occasion}; expect {'' if change.starts else 'no '}{flow.id}"
        no = "" if matches(flow, self.distinguishing_event.key, config) else "no "
        return f"{happened}; expect {no}{flow.id}"


class _Occurrence(NamedTuple):
    """The first event with some key in scenario number ``scenario``, at ``position`` among all its events.

    ``fails`` is the number of the event that is sure to fail if the key is decided differently; ``None`` if none is.
    ``seen``: whether the scenario expects effects of it.
    """

    scenario: int
    position: int
    fails: int | None
    seen: bool


_Occurrences = Mapping[tuple[str, str | None], Mapping[EventKey, Sequence[_Occurrence]]]
"""By event kind and channel, which mutants do not change, and then by key."""


def check_mutants(workspace: Workspace, matcher: Matcher, results: Iterable[ScenarioResult]) -> Iterator[MutantResult]:
    """Try every mutant that is not equivalent, by flow id, on scenarios that were run; ``results`` are theirs.

    Scenarios that fail already cannot kill a mutant and are left out. ``matcher`` is the one of ``workspace``. Of
    each result only the keys are kept, so that ``results`` may be lazy and large.
    """
    passed, occurrences = _digest(results)
    for _, flow in sorted(workspace.flows.items()):
        by_key, config = occurrences.get((flow.trigger.event, flow.trigger.channel), {}), workspace.config
        survived: set[Clause | None] = set()
        for mutant in mutants_of(flow, config):
            if mutant.detail_of in survived:
                continue
            event = distinguishing_event(mutant, config)
            if event is None:
                continue
            # Sorted by scenario and then by position: until its first different event a scenario goes as before.
            different = sorted(
                chain.from_iterable(each for key, each in by_key.items() if mutant.differs_on(key, config))
            )
            killed, covered_by, untried = _killed(mutant, different, passed, workspace, matcher)
            if killed is None and mutant.detail_of is None:
                survived.add(mutant.clause)
            yield MutantResult(mutant, event, killed, covered_by, untried)


def _digest(results: Iterable[ScenarioResult]) -> tuple[list[Scenario], _Occurrences]:
    """The scenarios that passed, and where in them each key occurs first."""
    passed: list[Scenario] = []
    occurrences: defaultdict[tuple[str, str | None], defaultdict[EventKey, list[_Occurrence]]]
    occurrences = defaultdict(lambda: defaultdict(list))
    for result in results:
        if not result.ok:
            continue
        first: dict[EventKey, _Occurrence] = {}
        for position, (trace, sent, outside) in enumerate(_deciding_traces(result)):
            expected = sent.event.expect_effects is not None
            # Which flows a stopped cascade still starts depends on more than the key.
            decides = (
                outside and sent.event.expect is not None and not any(isinstance(stop, Limit) for stop in sent.stops)
            )
            fails = sent.number if decides else None
            first.setdefault(trace.event.key, _Occurrence(len(passed), position, fails, expected))
        for key, occurrence in first.items():
            occurrences[key.event, key.channel][key].append(occurrence)
        passed.append(result.scenario)
    return passed, occurrences


def _deciding_traces(result: ScenarioResult) -> Iterator[tuple[Trace, EventResult, bool]]:
    """Every trace in which triggers decide, in the order of delivery, with the event that it comes of.

    And whether it is the first delivery of that event itself. An event that starts no flow whatever the triggers say,
    such as a repeated join, or the one at which a cascade is stopped, shows nothing of a trigger.
    """
    for event in result.events:
        for delivered in event.traces:
            for trace in every_trace(delivered):
                if trace.fires and not any(isinstance(stop, Limit) for stop in trace.stopped):
                    yield trace, event, trace is event.trace


def _killed(
    mutant: Mutant,
    different: Sequence[_Occurrence],
    passed: Sequence[Scenario],
    workspace: Workspace,
    matcher: Matcher,
) -> tuple[Killed | None, tuple[str, ...], int]:
    """The one of the ``passed`` scenarios that kills the mutant, those that were run in vain, and how many were not."""
    firsts = [next(occurrences) for _, occurrences in groupby(different, key=lambda occurrence: occurrence.scenario)]
    for each in firsts:
        # Where there are conditions, they may decide alike on events whose keys differ.
        if each.fails is not None and mutant.flow.when is None:
            return Killed(passed[each.scenario].id, each.fails), (), 0
    likeliest = sorted(firsts, key=lambda occurrence: not (occurrence.seen or occurrence.fails is not None))[:REPLAYS]
    mutated = _with_flow(mutant.mutated, workspace, matcher) if likeliest else (workspace, matcher)
    covered_by: list[str] = []
    for each in likeliest:
        scenario = passed[each.scenario]
        fails = first_failure(scenario, *mutated)
        if fails is not None:
            return Killed(scenario.id, fails), tuple(covered_by), 0
        covered_by.append(scenario.id)
    return None, tuple(covered_by), len(firsts) - len(likeliest)


def _with_flow(flow: Flow, workspace: Workspace, matcher: Matcher) -> tuple[Workspace, Matcher]:
    changed = workspace.with_flow(flow)
    return changed, matcher.updated(workspace.flows, changed.flows, (flow.id,))
